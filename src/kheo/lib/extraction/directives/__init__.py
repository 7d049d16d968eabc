"""Reading of directives and reports: clean text, paragraphs, findings with their spans."""
