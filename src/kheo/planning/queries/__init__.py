"""What a checked paper proposes, what was made of it, and what an amendment changes."""
