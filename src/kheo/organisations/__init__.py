"""Organisations in time, people and their seats, and who may do what to whom."""
