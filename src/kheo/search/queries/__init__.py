"""What rooms offer to be found, how a question is read, and what answers it."""
