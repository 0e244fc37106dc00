"""The web server: connections in one thread, the app in others."""
