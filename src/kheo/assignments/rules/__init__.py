"""When a task is due, who may do what to it, and what its bodies may do with their parts."""
