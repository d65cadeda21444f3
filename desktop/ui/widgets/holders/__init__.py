"""What holds other widgets."""
