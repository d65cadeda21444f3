"""What is typed or chosen."""
