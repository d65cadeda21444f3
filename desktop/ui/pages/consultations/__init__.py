"""Questions to other bodies as the unit follows them."""
