"""Reading papers: blocks out of files, then what the blocks say, each with its place."""
