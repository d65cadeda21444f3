"""کارکنان: the staff of an office, what each may do and when, one-time passwords on paper."""
