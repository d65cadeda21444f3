"""Lists of cases, and the office's own."""
