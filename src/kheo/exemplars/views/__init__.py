"""Pages of registrations: the unit's part in a round, the form, reading, checking, lists."""
