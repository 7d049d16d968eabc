"""The rules of the room: who may do what to a file when, and which scores are taken."""
