"""A centre's empty database on either kind, for tests of the records."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from desktop.centre.schema import upgrade_centre
from desktop.sql.engine import Place, writer


@pytest.fixture
def engine(any_url: Place, disposed: Callable[[Engine], Engine]) -> Engine:
    """The writer of a centre at the program's version."""
    engine = disposed(writer(any_url))
    upgrade_centre(engine)
    return engine


@pytest.fixture
def sqlite_engine(sqlite_path: Place, disposed: Callable[[Engine], Engine]) -> Engine:
    """The same on SQLite only, where nothing depends on the database."""
    engine = disposed(writer(sqlite_path))
    upgrade_centre(engine)
    return engine
