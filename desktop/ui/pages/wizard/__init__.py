"""The first start of an office's desk."""
