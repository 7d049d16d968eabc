"""The board of a round, counting, and the lists that go out."""
