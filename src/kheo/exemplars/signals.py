"""What rooms above may listen to."""

from django.dispatch import Signal

# the decision on registrations that replicate a model has changed and is stored;
# carries ``registrations``, their keys, and ``at``
replicas_decided = Signal()
