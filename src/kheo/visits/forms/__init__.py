"""What is typed of teams, visits, sheets and recommendations."""
