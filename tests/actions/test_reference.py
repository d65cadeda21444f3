"""What a desk keeps of published texts is what its session sees, whatever sync brings meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Event, Semaphore, Thread

import pytest

from desktop.actions.reference import DeskReference
from desktop.domain.stream import Published, Topic
from desktop.store import published
from desktop.store.open import Session, Store

DAY = date(2026, 11, 24)
READS = 2_000


class _TakenBack(Exception):
    pass


def _publish(session: Session, number: int) -> None:
    item = Published(Topic.PARCEL, "R1", f"{number}", DAY, f"text {number}", f"{number:064}")
    pos = published.latest(session).pos + 1
    published.keep(session, {pos: item})


@pytest.mark.long
def test_two_thousand_reads_beside_sync_see_their_own_moment(store: Store) -> None:
    reference, end, seen = DeskReference(), Event(), set()
    came = Semaphore(0)

    def sync() -> None:
        number = 0
        while not end.is_set():
            number += 1
            try:
                with store.writing() as session:
                    _publish(session, number)
                    reference._holding(session, Topic.PARCEL, DAY)
                    if number % 3 == 0:
                        raise _TakenBack
            except _TakenBack:
                pass
            came.release()

    thread = Thread(target=sync)
    thread.start()
    try:
        for number in range(READS):
            # However busy the machine is: something came since the last hundred.
            assert number % 100 or came.acquire(timeout=60)
            with store.reading() as session:
                told = reference._holding(session, Topic.PARCEL, DAY)
                assert told == published.in_force(session, Topic.PARCEL, DAY)
                seen.add(told["R1"].text if told else "")
    finally:
        end.set()
        thread.join()
    assert len(seen) > 2, "nothing came meanwhile"


@pytest.mark.slow
def test_what_is_kept_has_an_end(store: Store) -> None:
    reference = DeskReference()
    store.write(lambda session: _publish(session, 1))
    with store.reading() as session:
        for days in range(1_000):
            reference._holding(session, Topic.PARCEL, DAY - timedelta(days=days))
    assert len(reference._items) == 512
