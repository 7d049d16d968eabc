"""Users and how they sign in; knows nothing else."""
