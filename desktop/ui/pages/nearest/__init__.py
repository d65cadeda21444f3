"""The page of the nearest office."""
