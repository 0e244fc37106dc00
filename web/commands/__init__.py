"""The commands, one file each. `run.py` is their only door."""
