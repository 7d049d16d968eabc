"""What could be a library: knows no Django."""
