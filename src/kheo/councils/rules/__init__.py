"""The room's rules: who may do what when, balance of the work, spread of scores, ranking."""
