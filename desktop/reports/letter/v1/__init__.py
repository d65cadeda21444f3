"""Layout 1 of letters: what was sealed in it is drawn the same for ever."""
