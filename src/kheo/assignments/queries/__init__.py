"""Which tasks a seat sees, who has a part in them, and how far they have come."""
