"""What the records answered, why, and the one next step."""
