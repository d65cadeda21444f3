"""The municipality's own pages: queue, case, visits, experts, the day of all offices."""
