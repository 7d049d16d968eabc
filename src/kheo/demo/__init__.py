"""Demonstration data, staged through the same actions as people use."""
