"""The console in a real browser, and pictures of it."""
