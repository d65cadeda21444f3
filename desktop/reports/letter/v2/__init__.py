"""Layout 2 of letters, frozen: what was sealed in it is drawn so for ever (decisions/025, 103)."""
