"""Translates: HTTP in, HTTP out."""
