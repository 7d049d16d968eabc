"""Full-text search over whatever the rooms above offer; it knows none of them."""
