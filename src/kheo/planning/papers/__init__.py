"""Own papers drafted from a superior's: the plan and the official letter."""
