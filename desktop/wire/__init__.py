"""What travels between office and centre: canonical text, chains, signatures, payloads."""
