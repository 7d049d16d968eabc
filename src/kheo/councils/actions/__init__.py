"""All deeds of the room, under one roof."""
