"""The loop and the actors that run on it."""
