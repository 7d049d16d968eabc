"""Who may do what to proposals and decisions, and what stands against a candidate."""
