"""Between the office's store and the centre: push, pull, one apply path, one round."""
