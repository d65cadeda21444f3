"""Money at the counter: the day's book, entries, a citizen's basket, claims."""
