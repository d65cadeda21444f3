"""What the program says of itself: an entry for each page and field, searched; no window."""
