"""Vietnamese text: folding, alphabetical order, dates and numbers."""
