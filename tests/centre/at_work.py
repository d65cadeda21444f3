"""Offices at work at once over lines that break, and whether what they are told is what is kept."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue

from sqlalchemy import select

from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.tables import CommandRow, DeviceRow, FactRow, LetterRow, StreamRow
from desktop.domain.errors import LineDown
from desktop.domain.property import PropertyRecord
from desktop.domain.stream import office_stream
from desktop.trial.counters import Act, Counter, new_counter
from desktop.wire import link
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import decode_fact
from desktop.wire.link import Link, Reply, SignedRequest


@dataclass
class AskedAgain:
    """A line by which whoever is told nothing asks again, as one who is told that it is busy."""

    line: Link

    def call(self, request: SignedRequest) -> Reply:
        """The reply; «busy» where none came."""
        try:
            return self.line.call(request)
        except LineDown:
            return Reply(link.BUSY, b"", "", "")


@dataclass
class Office:
    """A counter and what its people will have registered."""

    counter: Counter
    cases: list[tuple[Act, ...]]
    faults: Queue[BaseException] = field(default_factory=Queue)
    ended: bool = False

    def work(self) -> None:
        """Case after case, each until the centre has it."""
        try:
            for acts in self.cases:
                if not self.ended:
                    self.counter.push(*acts)
        except BaseException as fault:
            self.faults.put(fault)
            raise


def offices_of(
    centre: Centre,
    codes: Sequence[str],
    records: Sequence[PropertyRecord],
    cases: int,
    line: Link | None = None,
) -> list[Office]:
    """So many offices, each with so many cases to register."""
    found = []
    for code in codes:
        counter = new_counter(centre, code, line=None if line is None else AskedAgain(line))
        acts = [counter.register(records[n % len(records)]) for n in range(cases)]
        found.append(Office(counter, acts))
    return found


@contextmanager
def at_work(offices: Sequence[Office]) -> Iterator[list[threading.Thread]]:
    """All of them work beside the block, which is left when they have ended well."""
    threads = [threading.Thread(target=office.work) for office in offices]
    for thread in threads:
        thread.start()
    try:
        yield threads
    except BaseException:
        for office in offices:
            office.ended = True
        raise
    for thread in threads:
        thread.join()
    assert [list(office.faults.queue) for office in offices] == [[] for _ in offices]


def demand_whole(centre: Centre, offices: Sequence[Office]) -> None:
    """What every counter was told is kept once, and nothing else; streams, chains and numbers are
    whole."""
    figures = counted(centre)
    assert (figures["gaps"], figures["held"], figures["refused"]) == (0, 0, 0)
    with centre.reading() as session:
        for office in offices:
            counter = office.counter
            own = CommandRow.device_id == counter.device_id
            query = select(CommandRow.device_seq).where(own).order_by(CommandRow.device_seq)
            assert list(session.scalars(query)) == list(range(1, counter.told + 1))
            device = session.get_one(DeviceRow, counter.device_id)
            assert device.head_seq == counter.told
            registered = Tally[str]()
            stream = session.get_one(StreamRow, office_stream(device.office))
            chain = GENESIS
            facts = select(FactRow).where(FactRow.stream == stream.name).order_by(FactRow.pos)
            for number, row in enumerate(session.scalars(facts), start=1):
                chain = link_hash(chain, row.canon)
                fact = decode_fact(row.canon)
                assert (fact.pos, row.hash) == (number, chain)
                registered[fact.case_id] += fact.kind == "registered"
            assert (stream.pos, stream.hash) == (number, chain)
            del registered[""]
            assert dict(registered) == {acts[0].case_id: 1 for acts in office.cases}
        numbers = list(session.scalars(select(LetterRow.letter_id)))
    assert len(numbers) == len(set(numbers))
