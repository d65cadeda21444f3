"""The first page of the counter."""
