"""The inspector: his day, his way, what became of each visit."""
