"""The files of the journal: opened, locked, sealed, copied, checked and mended."""
