"""A page asks again only when something changed on which it rests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.following import pay
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.frame import Frame
from desktop.ui.page import Kind, Page
from desktop.ui.pages.home.page import Home
from desktop.ui.places import Place
from desktop.ui.work import EVERYTHING, Changed
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

NOTHING_CAME = Changed(sync=True)
CASE_CAME = Changed(frozenset({"another"}), sync=True)
PUBLISHED = Changed(published=True, sync=True)
MIDNIGHT = Changed(day=True)
COUNTER = (places.Home(), places.Queue(), places.Search("دهقان"), places.Services(), places.Till())
ONLINE = (
    places.MunicipalQueue(),
    places.CityDay(),
    places.Watch(),
    places.Consultations(),
    places.Recalls(),
    places.Records(),
    places.ServiceFiles(),
)


@pytest.fixture
def asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every job that a page gives away, the store's and the line's."""
    jobs: list[object] = []
    run = office.window.work._run

    def counted(owner: object, job: object, *rest: object) -> None:
        # The frame counts for its rail whatever page shows.
        if not isinstance(owner, Frame):
            jobs.append(job)
        run(owner, job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(office.window.work, "_run", counted)
    return jobs


def asks(office: Office, asked: list[object], change: Changed | Callable[[], object]) -> bool:
    """Whether the page that shows asks anything when that changes."""
    asked.clear()
    if isinstance(change, Changed):
        office.window.work.changed.emit(change)
    else:
        change()
    QApplication.processEvents()
    return bool(asked)


@pytest.mark.parametrize(
    ("change", "reload"),
    [
        pytest.param(NOTHING_CAME, set(), marks=pytest.mark.long),
        (CASE_CAME, {places.Home, places.Queue, places.Search, places.Till}),
        (PUBLISHED, {places.Home, places.Queue, places.Search, places.Services}),
        pytest.param(
            MIDNIGHT,
            {places.Home, places.Queue, places.Search, places.Services, places.Till},
            marks=pytest.mark.long,
        ),
        pytest.param(EVERYTHING, {type(place) for place in COUNTER}, marks=pytest.mark.long),
    ],
)
@pytest.mark.slow
def test_a_page_of_the_counter_loads_again_for_what_it_rests_on(
    office: Office, asked: list[object], change: Changed, reload: set[type[Place]]
) -> None:
    office.sit(Role.MANAGER)
    found = set()
    for place in COUNTER:
        office.go(place)
        if asks(office, asked, change):
            found.add(type(place))
    assert found == reload


@pytest.mark.slow
def test_a_page_of_a_case_hears_of_its_own_alone(office: Office, asked: list[object]) -> None:
    case = cases.unpaid(office.crew)
    office.sit(Role.CLERK)
    own = Changed(frozenset({case.case_id}), sync=True)
    for place in (places.Case(case.case_id), places.Outcome(case.case_id)):
        office.go(place)
        assert not asks(office, asked, NOTHING_CAME)
        assert not asks(office, asked, CASE_CAME)
        assert asks(office, asked, own)
        assert asks(office, asked, PUBLISHED)
        assert asks(office, asked, MIDNIGHT)


@pytest.mark.long
def test_real_rounds_say_what_they_brought(office: Office, asked: list[object]) -> None:
    case = cases.owing(office.crew)
    office.sit(Role.CLERK)
    nothing = office.house.office.bell
    for place in (places.Home(), places.Queue(), places.Case(case.case_id)):
        office.go(place)
        assert not asks(office, asked, nothing)
    assert asks(office, asked, lambda: pay(office.crew, case, office.clock.moment))


@pytest.mark.slow
def test_what_waits_is_shown_after_each_round(office: Office, asked: list[object]) -> None:
    office.sit(Role.CLERK)
    office.go(places.Outbox())
    assert asks(office, asked, NOTHING_CAME)


@pytest.mark.long
def test_whoever_asks_the_centre_asks_after_each_round(office: Office, asked: list[object]) -> None:
    case = cases.in_review(office.crew)
    office.sit(Role.SUPERVISOR)
    for place in (*ONLINE, places.MunicipalCase(case.case_id)):
        office.go(place)
        assert asks(office, asked, NOTHING_CAME), place


class OfCases(Page):
    """Rests on cases alone."""

    listens = frozenset({Kind.CASES})


def test_what_concerns_everyone_concerns_who_rests_on_cases_alone(office: Office) -> None:
    page = OfCases(office.window, places.Home())
    told = (NOTHING_CAME, PUBLISHED, MIDNIGHT, CASE_CAME, EVERYTHING)
    assert [page.concerned(change) for change in told] == [False, False, False, True, True]


@pytest.mark.slow
def test_f5_asks_for_everything(office: Office, asked: list[object]) -> None:
    office.sit(Role.CLERK)
    assert isinstance(office.page, Home)
    assert asks(office, asked, lambda: press(office.window, Qt.Key.Key_F5))


@pytest.mark.slow
def test_midnight_in_yazd_is_told_once(office: Office, asked: list[object]) -> None:
    office.sit(Role.CLERK)
    told: list[Changed] = []
    office.window.work.changed.connect(told.append)
    assert not asks(office, asked, office.window.tick)
    office.clock.moment += timedelta(hours=14)
    assert asks(office, asked, office.window.tick)
    assert not asks(office, asked, office.window.tick)
    assert told == [MIDNIGHT]


@pytest.mark.slow
def test_the_status_bar_moves_with_a_round_that_brings_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sit(Role.CLERK)
    office.house.office.bell()
    QApplication.processEvents()
    cases.Line(monkeypatch).cut = True
    before = office.window.status.sync.text()
    office.house.office.bell()
    QApplication.processEvents()
    assert office.window.status.sync.text() != before
