"""Tags for the pages of reviews."""
