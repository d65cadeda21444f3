"""Letters of the municipality to its offices, at the unit and at an office."""
