"""The lists that go out, as papers: letterheads, texts filled in, tables."""
