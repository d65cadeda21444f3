"""The town where people act, and the enrolled store that what they do at a desk stands on."""

from tests.store.conftest import place, store, store_path
from tests.town import make_town, postgres_town, properties, quick_town, small_town, town

__all__ = [
    "make_town", "place", "postgres_town", "properties", "quick_town", "small_town", "store",
    "store_path", "town",
]  # fmt: skip
