"""Questions with a name: which sets a seat sees, what stands in one."""
