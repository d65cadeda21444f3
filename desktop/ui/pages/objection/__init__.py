"""Objections at the municipality: the list of a unit, one of them whole, its answer."""
