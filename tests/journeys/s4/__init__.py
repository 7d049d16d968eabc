"""The story S4, told in chapters that follow one another in one world."""
