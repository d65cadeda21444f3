"""What the window itself can do."""
