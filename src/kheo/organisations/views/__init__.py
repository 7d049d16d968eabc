"""The pages of the room: access, tree, changes, import, people."""
