"""Questions with a name: which files a seat sees, what stands in one, side by side."""
