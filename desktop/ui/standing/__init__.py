"""Where a case stands and what comes next, told once for every page."""
