"""Strokes, rings and movement that widgets share."""
