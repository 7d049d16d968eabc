"""Models and exemplars: registration, evidence, checking, history."""
