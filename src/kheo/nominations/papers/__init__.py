"""The papers of the room."""
