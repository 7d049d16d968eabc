"""What may be done and what a text or figure must be."""
