"""Life after registration: milestones, updates, results by indicator, models stopped."""
