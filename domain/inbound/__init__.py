"""Whom a reply is for, and what it is about."""
