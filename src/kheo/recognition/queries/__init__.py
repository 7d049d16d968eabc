"""What the pages and papers of the room show."""
