"""Evidence: mutants."""
