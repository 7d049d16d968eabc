"""Official documents that govern rounds."""
