"""The town where people act, and the enrolled store that what they do at a desk stands on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.conftest import store, store_path
from tests.town import Town, make_town, opened, postgres_town, properties, quick_town, small_town

__all__ = [
    "make_town", "place", "postgres_town", "properties", "quick_town", "small_town", "store",
    "store_path",
]  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("bouncer", marks=pytest.mark.long)])
def town(request: pytest.FixtureRequest, make_town: Callable[..., Town]) -> Town:
    """A town whose centre is in process, or at the farthest end: what the centre does on PostgreSQL
    is tried among its own tests."""
    return opened(request, make_town)


@pytest.fixture
def place(store_path: Path) -> Path:
    """A plain file: how it lies on the disk is tried elsewhere."""
    return store_path
