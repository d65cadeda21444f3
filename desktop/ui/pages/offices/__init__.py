"""The registry of offices: the list, new ones, a sheet of them."""
