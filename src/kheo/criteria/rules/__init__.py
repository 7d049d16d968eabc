"""The rules of the room: how a set is built, how it adds up, who may change it."""
