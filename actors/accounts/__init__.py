"""Who may come in: signing in, letting others in, shutting them out."""
