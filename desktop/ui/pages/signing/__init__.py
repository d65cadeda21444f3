"""The second person's desk: what an expert changed, the letter that comes of it, many at once."""
