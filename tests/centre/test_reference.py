"""What is kept of published texts is what the session itself sees, whatever others publish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from threading import Event, Semaphore, Thread

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import Centre
from desktop.centre.reference import Reference, publication, read_texts
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import OfficeTermRow
from desktop.demo.people import OFFICE
from desktop.domain.stream import Topic
from desktop.forms.catalogue import Kept
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.sql.asked import asked
from desktop.sql.engine import Place
from desktop.wire.cards import card_text
from tests.numbered import SERVICE, Told, beginning, card, number_of, numbered

DAY = date(2026, 11, 24)


class _TakenBack(Exception):
    pass


@pytest.fixture
def centre(centre_url: Place) -> Iterator[Centre]:
    opened = open_centre(centre_url, CentreKeys.new(demo=True), SystemClock())
    yield opened
    opened.close()


def _publish(centre: Centre, session: Session, number: int) -> None:
    said = publication(Topic.PARCEL, "R1", DAY, f"text {number}")
    people.publish(session, [said], centre.clock())


@contextmanager
def _beside(work: Callable[[int], None]) -> Iterator[None]:
    """The work again and again in another thread, with its number, until the block ends."""
    end, faults = Event(), []

    def run() -> None:
        number = 0
        while not end.is_set():
            number += 1
            try:
                work(number)
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)
                return

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
    assert not faults


@pytest.mark.slow
@pytest.mark.parametrize("reads", [200, pytest.param(2_000, marks=pytest.mark.long)])
def test_reads_beside_publications_see_their_own_moment(centre: Centre, reads: int) -> None:
    reference, published = Reference(), Semaphore(0)

    def publish(number: int) -> None:
        with centre.writing() as session:
            _publish(centre, session, number)
            # As weighing does: looked at before it is known whether it stays.
            reference.holding(session, Topic.PARCEL, DAY)
            if number % 3 == 0:
                session.rollback()
        published.release()

    seen = set()
    with _beside(publish):
        for number in range(reads):
            # However busy the machine is: something was published since the last twenty.
            assert number % 20 or published.acquire(timeout=60)
            with centre.reading() as session:
                told = reference.holding(session, Topic.PARCEL, DAY)
                seen.add(tuple((key, text.text) for key, text in told.items()))
                if centre.reader.dialect.name == "sqlite":
                    # One moment of the database: what is kept is what stands there.
                    assert told == read_texts(session, Topic.PARCEL, DAY)
    assert len(seen) > 2, "nothing was published meanwhile"
    with centre.reading() as session:
        assert reference.holding(session, Topic.PARCEL, DAY) == read_texts(
            session, Topic.PARCEL, DAY
        )


@pytest.mark.slow
@pytest.mark.parametrize("reads", [300, pytest.param(2_000, marks=pytest.mark.long)])
def test_city_rota_office_and_service_tell_of_one_moment(centre: Centre, reads: int) -> None:
    reference, asked_for, published = Reference(), Semaphore(0), Semaphore(0)
    with centre.writing() as session:
        people.publish(session, beginning(DAY), centre.clock())
        people.open_office(session, card(1), DAY)

    def look(session: Session) -> int:
        office = reference.office(session, OFFICE.code)
        told: list[Told] = [
            reference.city(session, DAY),
            reference.rota(session, DAY),
            reference.in_force(session, SERVICE, DAY),
            office.cards[-1][1],
        ]
        (number,) = {number_of(each) for each in told}
        return number

    def publish(number: int) -> None:
        if not asked_for.acquire(timeout=0.1):
            return
        with centre.writing() as session:
            people.publish(session, numbered(number + 1, DAY), centre.clock())
            own = update(OfficeTermRow).where(OfficeTermRow.office_id == OFFICE.code)
            session.execute(own.values(card=card_text(card(number + 1))))
            # As weighing does: looked at before it is known whether it stays.
            assert look(session) == number + 1
            if number % 3 == 0:
                session.rollback()
        published.release()

    seen = set()
    with _beside(publish):
        for number in range(reads):
            if number % 5 == 0:
                asked_for.release()
            # However busy the machine is: something was published since the last fifty.
            assert number % 50 or number == 0 or published.acquire(timeout=60)
            with centre.reading() as session:
                seen.add(look(session))
    assert len(seen) > 2, "nothing was published meanwhile"


def test_what_was_read_in_a_transaction_that_is_taken_back_is_nobodys(centre: Centre) -> None:
    reference = Reference()
    with suppress(_TakenBack), centre.writing() as session:
        _publish(centre, session, 1)
        assert reference.holding(session, Topic.PARCEL, DAY)["R1"].text == "text 1"
        raise _TakenBack
    with centre.writing() as session:
        assert reference.holding(session, Topic.PARCEL, DAY) == {}
        with suppress(_TakenBack), session.begin_nested():
            _publish(centre, session, 2)
            assert reference.holding(session, Topic.PARCEL, DAY)["R1"].text == "text 2"
            raise _TakenBack
        assert reference.holding(session, Topic.PARCEL, DAY) == {}
        _publish(centre, session, 3)
        assert reference.holding(session, Topic.PARCEL, DAY)["R1"].text == "text 3"


def test_the_last_publication_is_asked_once_in_a_transaction(centre: Centre) -> None:
    reference = Reference()
    with centre.writing() as session:
        _publish(centre, session, 1)
    with asked(centre.reader) as statements, centre.reading() as session:
        for _ in range(5):
            reference.holding(session, Topic.PARCEL, DAY)
    assert len([each for each in statements if "published" in each.words]) == 2


@pytest.mark.slow
def test_what_is_kept_has_an_end(centre: Centre) -> None:
    reference = Reference()
    with centre.writing() as session:
        _publish(centre, session, 1)
    with centre.reading() as session:
        for days in range(1_000):
            reference.holding(session, Topic.PARCEL, DAY - timedelta(days=days))
    assert len(reference._texts) == 512
    kept: Kept[int, int] = Kept(3)
    for number in (1, 2, 3, 1, 4):
        assert kept.get(number, lambda number=number: number * 10) == number * 10  # type: ignore[misc]
    made = []
    for number in (1, 3, 4, 2):
        kept.get(number, lambda number=number: made.append(number) or 0)  # type: ignore[misc,func-returns-value]
    assert made == [2], "2 was used longest ago"
