"""Documents and letters on screen."""
