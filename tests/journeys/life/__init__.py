"""The whole life of models, from their news to their replica, told in chapters in one world."""
