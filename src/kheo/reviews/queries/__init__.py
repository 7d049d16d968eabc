"""What the room can tell: reviews, reports, figures, annexes, what follows."""
