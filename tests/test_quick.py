"""What the quick check keeps of the real database (decision 081)."""

from __future__ import annotations

from pathlib import Path

import pytest

_FIXTURES = {"postgres_server", "postgres_place", "postgres_url"}
_LEAST = 20
_FOLDERS = {Path(__file__).parent / name for name in ("centre", "domain", "sql", "store", "wire")}


def _is_quick(item: pytest.Item) -> bool:
    return not (item.get_closest_marker("slow") or item.get_closest_marker("long"))


def _on_postgresql(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    named = set(getattr(item, "fixturenames", ()))
    return bool(named & _FIXTURES) or (given is not None and "postgresql" in given.params.values())


def test_the_quick_check_keeps_twenty_tests_on_postgresql(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    if not {item.path.parent for item in items} >= _FOLDERS:
        pytest.skip("some tests alone are run")
    assert sum(map(_on_postgresql, filter(_is_quick, items))) >= _LEAST
