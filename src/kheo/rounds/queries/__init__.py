"""What is asked about rounds: layouts as typed specifications, visibility, who is asked."""
