"""Registration rounds: whom they ask, for what, until when, and in which forms."""
