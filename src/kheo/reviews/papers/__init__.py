"""Reports and plans as official papers, and the marks they are written in as text of a page."""
