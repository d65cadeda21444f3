"""Lessons: the list of them, one being taken, and how it was marked."""
