"""The command line: one file per noun, one call each."""
