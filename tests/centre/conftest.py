"""The town whose municipality is tried."""

from tests.town import make_town, properties, small_town, town

__all__ = ["make_town", "properties", "small_town", "town"]
