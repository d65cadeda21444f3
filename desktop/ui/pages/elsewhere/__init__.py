"""A case of another office at this one: its state, and a copy of its letter."""
