"""Tasks: what the papers of a body give other bodies to do, and how far each has come."""
