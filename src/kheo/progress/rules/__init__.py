"""Who may do what to the course of a model, and how its figures add up."""
