"""The questions of the room: what a seat sees, how files stand, what pages show."""
