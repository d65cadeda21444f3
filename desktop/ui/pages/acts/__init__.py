"""Acts that open in place on a page, done one at a time."""
