"""Filled forms and lists read back: which form it is, and each value with its place."""
