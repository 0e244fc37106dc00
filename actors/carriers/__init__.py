"""Who carries a message: the port, and those that stand behind it."""
