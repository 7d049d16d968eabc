"""Work made out of papers: rounds, reviews, tasks proposed from what was read; own papers."""
