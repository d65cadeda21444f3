"""What all the rest stands on is tried on both databases, by the quick check too."""

from __future__ import annotations

import pytest

from desktop.sql.engine import Place
from tests.conftest import empty


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> Place:
    """An empty database of either kind."""
    return empty(request)
