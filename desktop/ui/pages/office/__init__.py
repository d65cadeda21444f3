"""One office of the city: its card, and what is done to it."""
