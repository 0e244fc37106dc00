"""Evidence: fuzz."""
