"""Wrong codes from two desks of an office at the same moment are counted one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import elsewhere, reading_chains
from desktop.centre.elsewhere import MOST_MISSES
from desktop.centre.elsewhere_tables import MissedLookRow
from desktop.centre.tables import DeviceRow
from desktop.centre.transacting import transact
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import tracking_code
from desktop.store import meta
from desktop.wire.elsewhere import ElsewhereAsk
from tests.town import Town


def test_two_desks_of_an_office_at_once_go_no_further_than_one(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre, crew = town.house.centre, town.crew
    with crew.clerk.desk.store.reading() as session:
        device_id = meta.get(session).identity.device_id
    ask = ElsewhereAsk(
        actor=crew.clerk.staff.staff_id,
        tracking=tracking_code("41", "050903", 1, 1),
        person_id="4420123456",
    )

    def miss() -> str:
        """What a desk is told that asks for no case."""

        def look(session: Session) -> str:
            device = session.get_one(DeviceRow, device_id)
            told = elsewhere.look(session, centre, device, ask, centre.clock())
            assert isinstance(told, Refusal)
            return told.words

        try:
            return transact(centre, centre.writer, look)
        except Refusal as no:
            return no.words

    usual = {miss() for _ in range(MOST_MISSES - 1)}
    both, kept = Barrier(2), reading_chains.append

    def together(*given: Any) -> None:
        """Both have counted, where nobody waits for the other."""
        with suppress(BrokenBarrierError):
            both.wait(1)
        kept(*given)

    monkeypatch.setattr(reading_chains, "append", together)
    with ThreadPoolExecutor(2) as desks:
        told = {each.result() for each in [desks.submit(miss) for _ in range(2)]}
    (stopped,) = told - usual
    assert "از ساعت" in stopped
    with centre.reading() as session:
        assert session.scalar(select(func.count()).select_from(MissedLookRow)) == MOST_MISSES
