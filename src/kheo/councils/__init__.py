"""Councils: members, assignment, conflicts of interest, scores, votes, sessions and the outcome."""
