"""Desks, a centre on PostgreSQL, and all that goes wrong between them, at random for an hour."""
