"""Evidence: damage."""
