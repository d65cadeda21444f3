"""The office's day: counted, explained, closed."""
