"""What shows and measures the whole program: the demo city, the tour, a day, the benches."""
