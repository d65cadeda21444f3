"""The town whose municipality is tried."""

from tests.restored import small_loss
from tests.town import (
    bounced_town,
    make_town,
    postgres_town,
    properties,
    quick_town,
    small_town,
    town,
)

__all__ = [
    "bounced_town",
    "make_town",
    "postgres_town",
    "properties",
    "quick_town",
    "small_loss",
    "small_town",
    "town",
]
