"""Password hashing: argon2id at a cost that a commune's server can bear on the last afternoon."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes on one lane, the first choice of OWASP's cheat sheet."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
