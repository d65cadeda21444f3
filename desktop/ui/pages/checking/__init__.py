"""Checking a letter: by its code, its file, a picture of it, its short code."""
