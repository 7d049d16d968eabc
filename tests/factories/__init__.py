"""One factory per model, with no surprises; organisations and seats are made by the real deeds."""
