"""Evidence: kills."""
