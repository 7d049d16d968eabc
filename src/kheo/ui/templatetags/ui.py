"""All component tags and filters; every template has them without loading anything."""

from kheo.ui.components import actions, data, navigation, states, words
from kheo.ui.components.library import register

__all__ = ["actions", "data", "navigation", "register", "states", "words"]
