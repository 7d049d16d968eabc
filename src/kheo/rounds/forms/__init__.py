"""What is typed about rounds, their audiences, units, periods and layouts."""
