"""How models go, which have had no news, and what their results add up to."""
