"""Files people already have: forms and lists read into rounds, and blank forms given out."""
