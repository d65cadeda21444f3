"""Services handed over to offices, and taken back."""
