"""A town for what is tried on a centre."""

from tests.town import make_town, properties, small_town

__all__ = ["make_town", "properties", "small_town"]
