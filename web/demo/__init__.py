"""A story in the terminal, played by the real actors."""
