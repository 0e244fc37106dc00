"""Twilio's webhooks: what it posts to us, checked and read, and what it is told."""
