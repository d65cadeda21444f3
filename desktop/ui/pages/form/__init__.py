"""The case form: a request typed in and registered."""
