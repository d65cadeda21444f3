"""Whoever holds the city's stream, or weighs long what comes into it, holds up nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from queue import Queue
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import publishing
from desktop.centre import publishing as at_centre
from desktop.centre import weighing
from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.shares import OFFICE_AT_ONCE
from desktop.centre.tables import StreamRow
from desktop.centre.weighed import Weighed
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.domain.errors import Refusal
from desktop.domain.request import Slot
from desktop.domain.stream import CITY
from desktop.trial.counters import Counter, booking, new_counter
from desktop.wire import link
from desktop.wire.payloads import HelloAsk, PushAnswer, PushAsk
from desktop.wire.services import VersionState
from tests.publish import WHY, in_force, offered, renamed
from tests.town import Town

pytestmark = pytest.mark.slow

HELLO = HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})


@contextmanager
def held(centre: Centre) -> Iterator[None]:
    """Somebody holds the city's stream, as who publishes does, for as long as the block lasts."""
    with Session(centre.writer) as holder:
        own = select(StreamRow).where(StreamRow.name == CITY).with_for_update()
        holder.scalars(own).one()
        yield


def tomorrow(town: Town, days: int = 1) -> date:
    return town.clock.now().date() + timedelta(days)


def to_book(town: Town, counter: Counter) -> PushAsk:
    """A push of one booking alone; of a case that nobody knows, so that it is refused in words."""
    book = booking(new_id(), Slot(tomorrow(town, 3), 1, 2))
    return PushAsk(commands=counter.texts(book), cursors={})


def test_what_stands_before_a_booking_goes_up_while_the_city_is_held(postgres_town: Town) -> None:
    town, centre = postgres_town, postgres_town.house.centre
    counter = new_counter(centre, "61")
    case = counter.register(town.record(Scenario.CLEAN))
    book = booking(new_id(), Slot(tomorrow(town, 3), 1, 2))
    ask = PushAsk(commands=counter.texts(*case, book), cursors={})
    with held(centre):
        reply = counter.call("/v1/push", ask)
        assert reply.status == link.OK
        assert PushAnswer.model_validate_json(reply.body).accepted_to == len(case)
    reply = counter.call("/v1/push", ask)
    assert PushAnswer.model_validate_json(reply.body).accepted_to == len(case) + 1
    assert counted(centre)["refused"] == 1


def test_bookings_of_many_offices_that_wait_for_the_city_leave_half_of_the_threads_free(
    postgres_town: Town,
) -> None:
    town, centre = postgres_town, postgres_town.house.centre
    offices = [new_counter(centre, str(31 + number)) for number in range(2 * OFFICE_AT_ONCE + 2)]
    free = new_counter(centre, "60")
    replies: Queue[int] = Queue()

    def push(counter: Counter, ask: PushAsk) -> None:
        replies.put(counter.call("/v1/push", ask).status)

    threads = [threading.Thread(target=push, args=(each, to_book(town, each))) for each in offices]
    with held(centre):
        for thread in threads:
            thread.start()
        # While the others still wait for the city.
        for _ in range(len(offices) - OFFICE_AT_ONCE):
            assert replies.get(timeout=8) == link.BUSY
        assert replies.empty()
        assert free.call("/v1/hello", HELLO).status == link.OK
    for thread in threads:
        thread.join()


@contextmanager
def signing(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody signs another name of walling, which is weighed until the block ends; what came of
    it then stands in the list."""
    waits = publishing.prepare(town.crew.supervisor, renamed("walling", tomorrow(town, 2)))
    weighed, goes_on = threading.Event(), threading.Event()

    def weigh(*arguments: Any) -> Weighed:
        found = weighing.weigh(*arguments)
        if not weighed.is_set():
            weighed.set()
            assert goes_on.wait(20)
        return found

    monkeypatch.setattr(at_centre, "weigh", weigh)
    ended: list[str] = []

    def sign() -> None:
        try:
            ended.append(publishing.sign(town.crew.second, waits).state)
        except Refusal as no:
            ended.append(no.words)

    thread = threading.Thread(target=sign)
    thread.start()
    assert weighed.wait(10)
    try:
        yield ended
        assert not ended
    finally:
        goes_on.set()
        thread.join()


def test_a_long_weighing_of_what_is_signed_holds_up_no_booking(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = postgres_town
    counter = new_counter(town.house.centre, "31")
    with signing(town, monkeypatch) as ended:
        assert counter.call("/v1/push", to_book(town, counter)).status == link.OK
    assert ended == [VersionState.IN_FORCE]
    assert offered(town, 2) == "نام تازه"


def test_what_is_published_meanwhile_has_it_weighed_anew(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = postgres_town
    with signing(town, monkeypatch) as ended:
        in_force(town.crew, renamed("gas", tomorrow(town, 2)))
    # Both would bear one name.
    assert "نام خدمت دیگری هم هست" in ended[0]
    assert offered(town, 2) != "نام تازه"


def test_what_is_taken_back_meanwhile_is_not_published(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = postgres_town
    with signing(town, monkeypatch) as ended:
        (waits,) = publishing.waiting(town.crew.supervisor)
        publishing.decline(town.crew.supervisor, waits, WHY)
    assert "پس گرفته شده" in ended[0]
    assert offered(town, 2) != "نام تازه"
