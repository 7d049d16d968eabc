"""Replication: how a model is done, who takes it over, what came of it."""
