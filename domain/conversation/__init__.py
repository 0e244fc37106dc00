"""What is said with one phone and belongs to no shift."""
