"""The city's records: exports brought in and put into force."""
