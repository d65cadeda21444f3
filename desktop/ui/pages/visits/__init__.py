"""The planner's pages: the week of all inspectors, an absence, visits that must move."""
