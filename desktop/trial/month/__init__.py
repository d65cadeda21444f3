"""A month of a whole city through the real centre: offices, municipality, absences, outages."""
