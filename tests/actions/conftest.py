"""The town where people act, and the enrolled store that what they do at a desk stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.conftest import store, store_path
from tests.town import make_town, postgres_town, properties, quick_town, small_town, town

__all__ = [
    "make_town", "place", "postgres_town", "properties", "quick_town", "small_town", "store",
    "store_path", "town",
]  # fmt: skip


@pytest.fixture
def place(store_path: Path) -> Path:
    """A plain file: how it lies on the disk is tried elsewhere."""
    return store_path
