"""Files as parts of lines, each cell with its place: Word, workbooks, PDF and plain text alike."""
