"""The made-up city, its office, people, records and beginning: one kind of installation."""
