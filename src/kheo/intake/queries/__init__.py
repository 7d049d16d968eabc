"""Questions about imports: units, rows, pages and words."""
