"""What people do at a desk, one function each; no window, no thread, no thought of how it looks."""
