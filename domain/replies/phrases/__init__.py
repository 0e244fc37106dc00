"""Words and phrases that the reader knows: literals, no code."""
