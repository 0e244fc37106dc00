"""The rules by which a reply is read."""
