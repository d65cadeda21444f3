"""Announcements: what the unit told this office, and what the unit tells offices."""
