"""A shift from its posting to its end: what is asked of it, what follows, and how it stands."""
