"""What an officer types when work or a paper is made of a document."""
