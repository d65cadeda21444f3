"""The supervisor at the page of the city's records, with exports of that city at hand."""

from __future__ import annotations

import pytest

from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import TODAY, Desk, Exports, write_exports


@pytest.fixture(scope="package")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """A newer city and a bad export of it: written once, never written to."""
    return write_exports(tmp_path_factory.mktemp("exports"), TODAY)


@pytest.fixture
def desk(office: Office) -> Desk:
    """At the page, opened from the rail."""
    desk = Desk(office)
    desk.open()
    return desk
