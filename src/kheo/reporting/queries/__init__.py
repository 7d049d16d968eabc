"""What is asked for the board, the figures and the lists that go out."""
