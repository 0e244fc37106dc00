"""Evidence: contested."""
