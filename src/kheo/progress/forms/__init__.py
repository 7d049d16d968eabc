"""What is typed of news, figures, reasons, indicators and filters."""
