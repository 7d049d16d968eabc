"""What a command raises when it cannot do what was asked."""


class CommandError(Exception):
    """The work cannot be done; the message says why and what to do."""
