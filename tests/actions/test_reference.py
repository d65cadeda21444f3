"""What a desk keeps of published texts is what its session sees, whatever sync brings meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from threading import Event, Semaphore, Thread

import pytest

from desktop.actions.reference import DeskReference
from desktop.centre.reference import publication, taken_back
from desktop.demo.people import OFFICE
from desktop.domain.errors import Refusal
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Published, Topic
from desktop.forms.published_values import published_value, value_text
from desktop.forms.rota import RoundsPart
from desktop.store import published
from desktop.store.open import Session, Store
from desktop.store.published import Item
from tests.numbered import SERVICE, Told, beginning, number_of, numbered

DAY = date(2026, 11, 24)


class _TakenBack(Exception):
    pass


def _keep(session: Session, items: Iterable[Published]) -> None:
    pos = published.latest(session).pos
    published.keep(session, dict(enumerate(items, pos + 1)))


def _look(reference: DeskReference, session: Session) -> int:
    """The one number that all of it tells."""
    told: list[Told] = [
        reference.city(session, DAY),
        reference.services(session, DAY)[SERVICE],
        reference.office(session, OFFICE.code, DAY),
    ]
    rounds = published_value(RoundsPart, reference._holding(session, Topic.ROTA, DAY)["reza"].text)
    (number,) = {rounds.visits, *map(number_of, told)}
    return number


@pytest.mark.slow
@pytest.mark.parametrize("reads", [300, pytest.param(2_000, marks=pytest.mark.long)])
def test_reads_beside_sync_see_their_own_moment(store: Store, reads: int) -> None:
    reference, end, seen = DeskReference(), Event(), set()
    asked_for, came, faults = Semaphore(0), Semaphore(0), list[AssertionError]()
    store.write(lambda session: _keep(session, beginning(DAY)))

    def sync() -> None:
        number = 1
        while not end.is_set():
            if not asked_for.acquire(timeout=0.1):
                continue
            number += 1
            try:
                with store.writing() as session:
                    _keep(session, numbered(number, DAY))
                    assert _look(reference, session) == number
                    if number % 3 == 0:
                        raise _TakenBack
            except _TakenBack:
                pass
            except AssertionError as fault:
                faults.append(fault)
            came.release()

    thread = Thread(target=sync)
    thread.start()
    try:
        for number in range(reads):
            if number % 5 == 0:
                asked_for.release()
            # However busy the machine is: something came since the last fifty.
            assert number % 50 or number == 0 or came.acquire(timeout=60)
            with store.reading() as session:
                held = reference._holding(session, Topic.ROTA, DAY)
                assert held == published.in_force(session, Topic.ROTA, DAY)
                seen.add(_look(reference, session))
    finally:
        end.set()
        thread.join()
    assert not faults
    assert len(seen) > 2, "nothing came meanwhile"


@pytest.mark.slow
def test_a_version_of_a_round_that_was_taken_back_is_not_there(store: Store) -> None:
    reference = DeskReference()
    store.write(lambda session: _keep(session, numbered(1, DAY)))
    with suppress(_TakenBack), store.writing() as session:
        _keep(session, numbered(2, DAY))
        version = reference.services(session, DAY)[SERVICE].version
        assert number_of(reference.service(session, SERVICE, version)) == 2
        raise _TakenBack
    with store.reading() as session, pytest.raises(Refusal, match="نرسیده است"):
        reference.service(session, SERVICE, version)


@pytest.mark.slow
def test_what_is_kept_has_an_end(store: Store) -> None:
    reference = DeskReference()
    store.write(lambda session: _keep(session, numbered(1, DAY)))
    with store.reading() as session:
        for days in range(1_000):
            reference._holding(session, Topic.ROTA, DAY - timedelta(days=days))
    assert len(reference._items) == 512


@pytest.mark.slow
def test_what_is_much_is_read_again_only_where_its_topic_was_said_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, asked = DeskReference(), list[Topic]()
    read = published.in_force

    def counted(session: Session, topic: Topic, *args: date, **more: int) -> dict[str, Item]:
        asked.append(topic)
        return read(session, topic, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(published, "in_force", counted)

    def look(told: Published) -> tuple[int, list[Topic]]:
        """How many holidays and terms there are once that was said too, and what was read again."""
        store.write(lambda session: _keep(session, [told]))
        asked.clear()
        with store.reading() as session:
            rota, terms = (
                len(reference._holding(session, topic, DAY)) for topic in (Topic.ROTA, Topic.STAFF)
            )
        return rota * 10 + terms, asked.copy()

    term = value_text(StaffTerm("zahra-fallah", "21", "clerk", DAY))
    first = publication(Topic.STAFF, "zahra-fallah", DAY, term)
    assert look(publication(Topic.ROTA, "reza", DAY, "{}")) == (10, [Topic.ROTA, Topic.STAFF])
    assert look(first) == (11, [Topic.STAFF])
    assert look(publication(Topic.ROTA, "ali", DAY, "{}")) == (21, [Topic.ROTA])
    assert look(publication(Topic.ANNOUNCEMENT, "x", DAY, "{}")) == (21, [])
    # What takes something back is said of its topic.
    gone = taken_back(Topic.STAFF, "zahra-fallah", first.version, DAY, f'{{"day":"{DAY}"}}')
    assert look(gone) == (20, [Topic.STAFF])
