"""Every place of the window has its page, which says of itself what it shows."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from desktop.centre.queueing import SCOPES
from desktop.demo.people import STAFF
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Kind, Page
from desktop.ui.pages.municipality.case import FORMS
from desktop.ui.pages.people.term_forms import _COUNTER, _MUNICIPAL
from desktop.ui.places import OfCase, Place
from desktop.ui.registry import _BOTH, _MUNICIPALITY, _OFFICE, _PAGES, page_class
from desktop.ui.roles import DUTIES

_UI = Path(places.__file__).parent
_NAMED = re.compile(r"\bplaces\.([A-Z]\w+)")


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


@pytest.mark.parametrize("place", _all())
def test_a_page_says_for_itself_what_it_listens_to(place: type[Place]) -> None:
    page = page_class(place)
    assert "listens" in vars(page)
    assert issubclass(place, OfCase) or Kind.OWN_CASE not in page.listens
    # Who hears of nothing has nothing to do then, and the other way round.
    assert bool(page.listens) is (page.refresh is not Page.refresh)


def test_every_place_is_gone_to_from_somewhere() -> None:
    tables = {"places.py", "registry.py", "looked.py"}
    named = [
        (path, set(_NAMED.findall(path.read_text(encoding="utf-8"))))
        for path in _UI.rglob("*.py")
        if path.name not in tables
    ]

    def is_gone_to(place: type[Place]) -> bool:
        own = Path(inspect.getfile(page_class(place)))
        return any(place.__name__ in names for path, names in named if path != own)

    assert [place.__name__ for place in _all() if not is_gone_to(place)] == []


def test_a_page_is_loaded_where_it_is_opened() -> None:
    assert _OFFICE.keys().isdisjoint(_MUNICIPALITY)
    assert _BOTH.keys().isdisjoint({*_OFFICE, *_MUNICIPALITY})
    for role, duty in DUTIES.items():
        here = {*_BOTH, *(_MUNICIPALITY if role.is_municipal else _OFFICE)}
        rail = {type(each) for page in duty.pages for each in (page.place, duty.first)}
        assert rail <= here, role


_LOADED = """
import sys
from desktop.ui.registry import _MUNICIPALITY, _OFFICE, load_pages
load_pages(municipal={municipal})
elsewhere = _OFFICE if {municipal} else _MUNICIPALITY
here = set(sys.modules)
print(*sorted(here & {{load().__module__ for load in elsewhere.values()}}))
"""


@pytest.mark.parametrize("municipal", [False, True])
def test_what_the_other_side_alone_opens_takes_no_memory_here(municipal: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED.format(municipal=municipal)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr


def test_everybody_who_sits_at_a_desk_has_a_row() -> None:
    assert set(DUTIES) == set(Role) - {Role.CENTRE}
    for role, duty in DUTIES.items():
        assert {type(each.place) for each in duty.pages} | {type(duty.first)} <= set(_PAGES)
        # The municipality works from its list, and on a case in a tab of its own.
        works = role.is_municipal and role.sees_cases
        assert bool(duty.queue.title) == bool(duty.tab) == works


def test_every_role_of_the_municipality_has_its_work_on_a_case() -> None:
    municipal = {role for role in DUTIES if role.is_municipal and role.sees_cases}
    assert set(FORMS) == set(SCOPES) == municipal


def test_every_role_has_a_word_and_somebody_in_the_demo() -> None:
    assert all(role.word for role in Role)
    assert {person.role for person in STAFF} == set(DUTIES)


def test_every_role_can_be_given_to_somebody() -> None:
    assert {*_COUNTER, *_MUNICIPAL} == set(DUTIES)
