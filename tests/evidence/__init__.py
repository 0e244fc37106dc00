"""Evidence that firstyes keeps its promises, in a form that anyone can run: `make prove`."""
