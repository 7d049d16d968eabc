"""Criteria sets: versioned criteria and grade bands by which models and units are judged."""
