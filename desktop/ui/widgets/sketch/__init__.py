"""The sketch of the city with places on it."""
