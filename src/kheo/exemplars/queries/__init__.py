"""What is asked about registrations: forms, lists, one registration, a unit's part in a round."""
