"""What is typed of tasks, reports, answers and filters."""
