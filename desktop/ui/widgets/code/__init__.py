"""The text of a service file as it is written."""
