"""A desk killed while a citizen's papers travel: they arrive whole, once, at the next start."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.actions import documents
from desktop.centre.tables import BlobChunkRow, BlobRow
from desktop.demo.beginning import seat_crew
from desktop.demo.city import Scenario
from desktop.demo.house import open_house
from desktop.domain.property import PropertyRecord
from desktop.domain.request import DocumentFile
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.store import blobs, outbox
from desktop.wire.blobs import chunks
from tests.houses import CHEAP, MORNING
from tests.papers import attached, file_of
from tests.sync.dying import Dying
from tests.sync.test_house_kills import records
from tests.town import PROPERTIES, Town

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.sync.test_blob_kills"])
SEEDS = (1, 2, 3)
__all__ = ["records"]


def opened(folder: Path) -> House:
    """The house in the folder; rounds are made by hand."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    return open_house(folder, Opening(clock, cost=CHEAP), properties=PROPERTIES)


def work(folder: Path, record: PropertyRecord, slip: int, dying: Dying) -> None:
    """Register a request with a document of three pages and send it until the death."""
    house = opened(folder)
    clock = SteppingClock(MORNING.astimezone(UTC))
    town = Town(house, clock, seat_crew(house), {Scenario.CLEAN: [record]}, count(slip))
    file = file_of(attached(town.crew.clerk, *SEEDS))
    town.register(record, file=file)
    house.office.round._step = dying
    while house.office.sync().more:
        pass
    os._exit(0)


def settled(house: House) -> None:
    """Rounds until every paper is at the centre."""
    while (report := house.office.sync()).more:
        assert report.well
    assert report.well


@pytest.mark.parametrize(
    "dying",
    [
        Dying("push:acked", 1),
        Dying("blob:stored", 1),
        pytest.param(Dying("push:committed", 1), marks=pytest.mark.long),
        *(pytest.param(Dying("blob:sent", time), marks=pytest.mark.long) for time in (1, 2, 3)),
    ],
    ids=lambda dying: f"{dying._name}-{dying._time}",
)
@pytest.mark.long
def test_papers_outlive_the_desk(
    dying: Dying, tmp_path: Path, records: list[PropertyRecord]
) -> None:
    opened(tmp_path).close()
    record = records[0]
    child = _FORKS.Process(target=work, args=(tmp_path, record, 718_204, dying))
    child.start()
    child.join(120)
    assert child.exitcode == -signal.SIGKILL, "the step was never reached"
    house = opened(tmp_path)
    try:
        settled(house)
        seat = seat_crew(house).clerk
        file = file_of(attached(seat, *SEEDS))
        demand_whole(house, file)
        with seat.desk.store.reading() as session:
            (case_id,) = outbox.case_ids(session)
        assert documents.content(seat_crew(house).supervisor, case_id, file)
    finally:
        house.close()


def demand_whole(house: House, file: DocumentFile) -> None:
    """The centre has the paper once, and the desk knows it."""
    with Session(house.centre.reader) as session:
        kept = session.scalars(select(BlobRow)).one()
        assert (kept.sha256, kept.size) == (file.sha256, file.size)
        assert kept.stored_at is not None
        there = session.scalar(select(func.count()).select_from(BlobChunkRow))
        assert there == chunks(file.size)
    with house.office.desk.store.reading() as session:
        assert blobs.next_to_send(session) is None
