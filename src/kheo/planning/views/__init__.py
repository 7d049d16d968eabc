"""The pages on which work is made out of a paper."""
