"""A case of the office: where it stands, its log and parts, what may be done with it."""
