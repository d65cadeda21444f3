"""What the centre has not settled yet."""
