"""Evidence: soak."""
