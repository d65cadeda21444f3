"""A centre's empty database on either kind, for tests of the records."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from desktop.sql.engine import Place, writer
from tests.fresh import lay_centre


@pytest.fixture
def engine(centre_url: Place, disposed: Callable[[Engine], Engine]) -> Engine:
    """The writer of a centre at the program's version."""
    return disposed(writer(centre_url))


@pytest.fixture
def sqlite_engine(sqlite_path: Place, disposed: Callable[[Engine], Engine]) -> Engine:
    """The same on SQLite only, where nothing depends on the database."""
    lay_centre(sqlite_path)
    return disposed(writer(sqlite_path))
