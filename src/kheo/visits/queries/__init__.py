"""Which teams, visits, sheets and recommendations a seat sees, and what their pages show."""
