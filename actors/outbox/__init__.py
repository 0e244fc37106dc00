"""What goes out: planned, paced, handed over, settled."""
