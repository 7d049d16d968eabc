"""Khéo runs the emulation movement "Dân vận khéo": rounds, registrations, papers."""
