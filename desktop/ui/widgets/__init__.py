"""The kit pages are built from: each file one kind of widget, right to left, whole by keyboard."""
