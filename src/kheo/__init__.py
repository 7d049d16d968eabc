"""Khéo runs the emulation movement "Dân vận khéo": rounds, registrations, papers."""

__version__ = "0.1.0"
