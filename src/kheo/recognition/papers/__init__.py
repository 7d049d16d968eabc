"""The papers of the room: proposal, decision with its list, certificates."""
