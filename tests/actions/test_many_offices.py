"""Thousands of offices with every service, published: the lists of a desk stay quick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import delegations, handing_over, intake, nearest, office_list, readiness
from desktop.actions.desk import Desk
from desktop.centre.reference import publication
from desktop.centre.shipping import published_card
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation
from desktop.domain.nearest import nearest as by_hand
from desktop.domain.office import FIRST_DAY
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Published, Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.published_values import value_text
from desktop.premises.clocks import SteppingClock
from desktop.store import published
from desktop.store.open import Session
from tests.houses import MORNING, copied_house
from tests.nearby import finder_of, nearby
from tests.sizes import size

_OFFICES, _AT_ONCE = size(1_500, 5_000), 5_000
_ACT = Act("۱", FIRST_DAY, "شورای شهر", "0" * 64)
_HERE = ("31.89", "54.36")


@pytest.mark.long
@pytest.mark.timeout(300)
def test_thousands_of_offices_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what the lists tell nothing is read or parsed again until something of it is said anew."""
    house = copied_house(tmp_path / "house", SteppingClock(MORNING.astimezone(UTC)), 30)
    ring_at_once(house)
    crew = seat_crew(house)
    desk = crew.supervisor.desk
    services = list(intake.services(crew.clerk.desk).values())
    cards = [one.card for one in finder_of(nearby(_OFFICES))]

    def facts() -> Iterator[Published]:
        for number, card in enumerate(cards):
            yield published_card(card, FIRST_DAY)
            term = StaffTerm(f"p{number}", card.own_id, "clerk", FIRST_DAY)
            yield publication(Topic.STAFF, term.staff, FIRST_DAY, value_text(term))
            for service in services:
                one = Delegation(card.own_id, service.code, FIRST_DAY, None, _ACT)
                yield publication(Topic.DELEGATION, one.key, FIRST_DAY, value_text(one))
                yield _training(term.staff, service.code, service.version)

    told = facts()
    while some := list(islice(told, _AT_ONCE)):
        say(desk, *some)

    looks: dict[str, Callable[[], Any]] = {
        "nearest": lambda: nearest.known(desk),
        "list": lambda: office_list.registry(desk),
        "handed over": lambda: delegations.on_day(desk),
        "trained": lambda: readiness.city_matrix(desk),
        "choices": lambda: handing_over.choices(desk),
    }
    first = {name: look() for name, look in looks.items()}
    assert len(first["list"].cards) == len(first["trained"].rows) == _OFFICES
    assert {len(each) for each in first["list"].trained.values()} == {len(services)}
    assert len(first["handed over"].delegations) == _OFFICES * len(services)
    # The nearest by all offices one by one, whatever the desk keeps.
    finder, code = first["nearest"], services[0].code
    found = finder.near(code, _HERE, only_open=True)
    alone = [
        near
        for office in finder.offices
        for near in by_hand([office], code, _HERE, finder.moment, finder.calendar, only_open=True)
    ]
    assert {near.card.own_id for near in found} == {n.card.own_id for n in alone}
    assert [near.metres for near in found] == sorted(
        (near.metres for near in alone), key=lambda metres: (metres is None, metres)
    )

    read: list[Topic] = []
    for name in ("in_force", "all_told"):
        monkeypatch.setattr(published, name, _noting(getattr(published, name), read))
    cards_read = [Topic.OFFICE]

    def looked() -> set[Topic]:
        read.clear()
        for look in looks.values():
            look()
        # The list tells of all days of all cards.
        return set(read) - set(cards_read)

    assert looked() == set()
    say(desk, publication(Topic.ANNOUNCEMENT, "x", FIRST_DAY, "{}"))
    assert looked() == set()
    say(desk, _training("p1", services[0].code, services[0].version, "۹ از ۹"))
    assert looked() == {Topic.TRAINING}
    house.close()


def say(desk: Desk, *told: Published) -> None:
    """As sync keeps what has come."""

    def keep(session: Session) -> None:
        published.keep(session, dict(enumerate(told, published.latest(session).pos + 1)))

    desk.store.write(keep)


def _training(staff: str, service: str, version: str, score: str = "") -> Published:
    one = Training(staff, service, version, FIRST_DAY, "م", TrainingWay.LESSON, score=score)
    return publication(Topic.TRAINING, one.key, FIRST_DAY, value_text(one))


def _noting(read: Callable[..., Any], noted: list[Topic]) -> Callable[..., Any]:
    def reading(session: Session, topic: Topic, *args: date, **more: Any) -> Any:
        noted.append(topic)
        return read(session, topic, *args, **more)

    return reading
