"""Survey visits: teams, schedule, the sheet filled on the spot, conclusions and what followed."""
