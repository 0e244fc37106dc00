"""The coordinator's console: pages that a browser shows, made on the server."""
