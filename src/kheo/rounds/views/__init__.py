"""The pages of rounds, periods, layouts and schemes of fields."""
