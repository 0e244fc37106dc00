"""What of a journal is not kept: what is long over, and people who are to be forgotten."""
