"""Papers over a page: looked at, then printed."""
