"""Service files: written, read, published."""
