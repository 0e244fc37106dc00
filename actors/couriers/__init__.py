"""Carriers of what ends at no phone: mail and webhooks, for whoever is on call."""
