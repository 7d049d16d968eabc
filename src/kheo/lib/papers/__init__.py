"""Official papers as a tree of parts, rendered to Word, PDF, HTML and text."""
