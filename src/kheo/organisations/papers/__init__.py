"""Who issues a paper: head, place and date, symbol, signature."""
