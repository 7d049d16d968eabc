"""Files that people send: what they are, and why one is refused before it is parsed."""
