"""Papers as PDF: each a pure function of a value, the same bytes on every desk."""
