"""Every place of the window has its page, which says of itself what it shows."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.places import OfCase, Place
from desktop.ui.registry import _PAGES, first_place, page_class


def _all() -> list[type[Place]]:
    found = [each for each in vars(places).values() if isinstance(each, type)]
    return [each for each in found if issubclass(each, Place) and each not in (Place, OfCase)]


def test_the_registry_knows_every_place_and_no_other() -> None:
    assert set(_PAGES) == set(_all())


@pytest.mark.parametrize("place", _all())
def test_a_place_with_more_than_a_name_is_told_by_its_page(place: type[Place]) -> None:
    page = page_class(place)
    assert issubclass(page, Page)
    told = get_type_hints(page).get("place")
    # A page that needs nothing of its place may leave it as it is.
    assert told is place or (told is None and not place.__dataclass_fields__)


def test_everybody_has_a_first_page() -> None:
    for role in Role:
        assert type(first_place(role)) in _PAGES
