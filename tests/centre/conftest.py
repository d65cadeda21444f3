"""The town whose municipality is tried."""

from tests.restored import small_loss
from tests.town import make_town, postgres_town, properties, quick_town, small_town, town

__all__ = [
    "make_town",
    "postgres_town",
    "properties",
    "quick_town",
    "small_loss",
    "small_town",
    "town",
]
