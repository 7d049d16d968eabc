"""Appraisal files of models and unit titles: self-score with evidence, and the superior's score."""
