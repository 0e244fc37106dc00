"""Data as people hand it in: files, rows, and what is wrong with them."""
