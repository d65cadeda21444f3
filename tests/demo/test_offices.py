"""The city's made-up offices: forty of them, enforced as real ones are, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from desktop.actions import agency, delegations, intake, offices, registry
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.following import Crew
from desktop.demo.offices import OFFICES, made_up_offices, open_offices
from desktop.domain.calendar import TEHRAN
from desktop.domain.conversion import ConversionStep
from desktop.domain.delegation import DelegationState
from desktop.domain.office import OfficeKind
from desktop.domain.place import place_fault
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.trial.offices_day import of_list
from tests.houses import MORNING, copied_house

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Crew]]:
    folder: Path = tmp_path_factory.mktemp("city")
    house = copied_house(folder / "house", SteppingClock(MORNING.astimezone(UTC)), 30)
    ring_at_once(house)
    crew = seat_crew(house)
    open_offices(house, crew, made_up_offices(TODAY))
    yield house, crew
    house.close()


def test_they_are_the_same_whenever_they_are_made() -> None:
    assert made_up_offices(TODAY) == made_up_offices(TODAY)
    assert len({office.card.code for office in made_up_offices(TODAY)}) == OFFICES - 1


@pytest.mark.long
def test_every_desk_knows_forty_offices_of_both_kinds(city: tuple[House, Crew]) -> None:
    house, crew = city
    for seat in (crew.clerk, crew.supervisor):
        cards = offices.offices(seat.desk)
        assert len(cards) == OFFICES
        assert {card.kind for card in cards.values()} == set(OfficeKind)
        bounds = intake.figures(seat.desk).bounds
        placed = [card for card in cards.values() if card.has_place]
        assert len(placed) == OFFICES - 1
        assert not [c for c in placed if place_fault(c.latitude, c.longitude, bounds)]
        assert not [c for c in cards.values() if c.hours is None or list(c.hours.faults)]
    assert len(registry.at_work(crew.supervisor).offices) == OFFICES


@pytest.mark.long
def test_the_desk_that_is_opened_takes_every_service(city: tuple[House, Crew]) -> None:
    _, crew = city
    assert set(intake.figures(crew.clerk.desk).enforced)
    assert not intake.barred(crew.clerk.desk, crew.clerk.staff)
    assert not intake.barred(crew.manager.desk, crew.manager.staff)


@pytest.mark.long
def test_what_is_handed_over_tomorrow_is_not_yet_today(city: tuple[House, Crew]) -> None:
    _, crew = city
    today = delegations.on_day(crew.clerk.desk).delegations
    tomorrow = delegations.on_day(crew.clerk.desk, TOMORROW).delegations
    coming = [tomorrow[key] for key in tomorrow.keys() - today.keys()]
    assert coming
    assert {one.state(TODAY) for one in coming} == {DelegationState.COMING}
    cards = offices.offices(crew.clerk.desk)
    assert {cards[one.office].kind for one in coming} == {OfficeKind.AGENCY}


@pytest.mark.slow
def test_one_is_stopped_and_one_is_on_its_way_to_another_kind(city: tuple[House, Crew]) -> None:
    _, crew = city
    cards = offices.offices(crew.supervisor.desk)
    (stopped,) = delegations.stops(crew.supervisor.desk)
    assert stopped in cards
    half = [
        agency.conversion(crew.supervisor, of)
        for of, card in cards.items()
        if card.kind is OfficeKind.AGENCY
    ]
    (begun,) = [each for each in half if each.steps]
    assert {each.step for each in begun.remaining} == {ConversionStep.STAFF, ConversionStep.TEST}


# A morning, half an hour after each opening and a little more, a noon, an evening.
_TIMES = (time(7, 59), time(8, 0, 1), time(8, 1), time(12), time(14, 5), time(16, 31), time(21))


@pytest.mark.long
def test_the_units_list_is_that_of_the_facts_at_every_hour(tmp_path: Path) -> None:
    """Working days, a Thursday, a Friday, a holiday, months on: counted by other code."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = copied_house(tmp_path / "house", clock, 30)
    ring_at_once(house)
    crew = seat_crew(house)
    open_offices(house, crew, made_up_offices(TODAY))
    met: dict[str, set[int]] = {}
    for ahead in (0, 2, 3, 29, 200):
        for at in _TIMES:
            moment = datetime.combine(TODAY + timedelta(days=ahead), at, TEHRAN)
            if moment <= MORNING:
                continue
            clock.moment = moment.astimezone(UTC)
            house.municipality.sync()
            for name, shown, by_facts in of_list(crew.supervisor, house.centre):
                assert shown == by_facts, (name, moment)
                if isinstance(shown, set):
                    met.setdefault(name, set()).add(len(shown))
    house.close()
    # Each is some offices at some hour, and not always as many.
    assert {name: len(many) > 1 for name, many in met.items()} == {
        "silent": True,
        "licence ends": True,
        "no place": False,
    }
    assert met["no place"] == {1}
