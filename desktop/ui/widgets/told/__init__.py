"""What the window says: words, states, progress."""
