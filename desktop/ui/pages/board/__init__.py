"""The supervisor's board: figures of the city over days, and the cases behind each of them."""
