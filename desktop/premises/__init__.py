"""An installation, opened: which kind it is, its centre, its desks, its first start."""
