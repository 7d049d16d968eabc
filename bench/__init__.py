"""Measures the speed of the product on worlds of any size; see ``python -m bench --help``."""
