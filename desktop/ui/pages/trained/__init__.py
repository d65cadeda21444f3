"""Who is trained for what: the unit's table of offices by services, and paper records."""
