"""The field in plain Python: no window, database, wire, paper, clock or file."""
