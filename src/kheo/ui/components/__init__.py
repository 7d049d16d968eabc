"""The components: functions whose misspelt or missing arguments fail when a template compiles."""
