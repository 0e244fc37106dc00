"""What people and actors read from the journal."""
