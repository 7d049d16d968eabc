"""Pages of the course of models, of their results, and of the catalogue of indicators."""
