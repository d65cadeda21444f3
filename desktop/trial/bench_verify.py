"""What the bench measures of an audit: a centre with a history of years, and changes planted in it,
of which each must be named."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from desktop.centre import blobs, database, devices
from desktop.centre.audit.whole import audit
from desktop.centre.context import Centre
from desktop.centre.copied import tend
from desktop.centre.heads import sign_heads
from desktop.centre.metadata import METADATA
from desktop.centre.tables import DeviceRow
from desktop.demo.sample_paper import sample_paper, sample_photos
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.stream import office_stream
from desktop.trial.figures import Goal, Line, Progress, line
from desktop.trial.long_history import LongHistory
from desktop.trial.month.running import Plan, month_at
from desktop.wire.blobs import ChunkAsk, chunk_of, chunks

_PROCESSES = 2
_MILLION_S, _LEAST_S = 300, 15
_PLAN, _SHORT_PLAN = Plan(2, 20, 40), Plan(2, 6, 20)
_LONG = 50_000


def verify_lines(folder: Path, address: str, facts: int, progress: Progress) -> Iterator[Line]:
    """Seconds for so many facts of a database that is made at the address, and which of the planted
    changes were found; those that were not are told."""
    with ExitStack() as ends:
        bench = VerifyBench(folder, database.place_of(address), facts, progress, ends)
        there = bench.facts
        seconds, found = bench.verify("nothing is planted")
        name = f"verify of {there:,} facts"
        goal = Goal(max(_LEAST_S, _MILLION_S * there / 1_000_000))
        yield line(f"{name}, {_PROCESSES} processes", seconds, "s", "none", 0, goal)
        for each in found:
            progress.step(f"found where nothing is planted: {each.words}")
        yield line(f"{name}: found before anything is planted", len(found), "", "none", 0, Goal(0))
        plants = bench.plant()
        _, found = bench.verify(f"{len(plants)} changes are planted")
        missed = [each for each in plants if not each.is_in(found)]
        for plant in plants:
            words = "NOT FOUND" if plant in missed else "found"
            progress.step(f"{words}: {plant.name} ({plant.where})")
        name = f"{name}: not found of {len(plants)} planted changes"
        yield line(name, len(missed), "", "none", 0, Goal(0))


@dataclass(frozen=True)
class Plant:
    """A change by somebody who may do anything: what an audit must say of it."""

    name: str
    statement: str
    kind: Wrong
    where: str

    def is_in(self, found: Sequence[Discrepancy]) -> bool:
        """Whether it was found, and named."""
        return any(each.kind is self.kind and self.where in each.where for each in found)


class VerifyBench:
    """A centre of this process on a database of its own, with so many facts."""

    def __init__(
        self, folder: Path, place: str, facts: int, progress: Progress, ends: ExitStack
    ) -> None:
        self._progress, self._place = progress, place
        plan = _PLAN if facts >= _LONG else _SHORT_PLAN
        words = f"{plan.offices} offices work for {plan.days} days"
        progress.step(words)
        folder.mkdir(parents=True)
        month = ends.enter_context(month_at(plan, folder, place, partial(progress.far, words)))
        self.centre: Centre = month.house.centre
        history = LongHistory(self.centre, place, month.offices, month.desk)
        again = "what happened there happens at others: facts"
        self.facts = history.lengthen(facts, lambda done: progress.far(again, done, facts))
        self._bring_papers(month.desk, month.offices)
        sign_heads(self.centre)
        with self.centre.reading() as session:
            # As the file beside the keys would tell it.
            self._noted = devices.all_told(session)
        progress.step(f"PostgreSQL looks through {self.facts:,} facts")
        tend(place)

    def verify(self, words: str) -> tuple[float, list[Discrepancy]]:
        """Seconds, and what is found that is wrong."""
        self._progress.step(f"verify: {words}")
        begun = time.perf_counter()
        found = list(
            audit(
                self.centre,
                begun=self._progress.step,
                noted=self._noted,
                processes=_PROCESSES,
            )
        )
        return time.perf_counter() - begun, [each for each in found if not each.is_remark]

    def plant(self) -> list[Plant]:
        """Change something in each of many places; what was changed, and is left so."""
        self._progress.step("somebody changes what he likes")
        with self.centre.writer.begin() as connection:
            plants = list(_plants(connection))
            for does in ("DISABLE", "ENABLE"):
                for table in METADATA.tables:
                    connection.exec_driver_sql(f'ALTER TABLE "{table}" {does} TRIGGER USER')
                for plant in plants if does == "DISABLE" else ():
                    done = connection.execute(text(plant.statement)).rowcount
                    if not done:
                        raise LookupError(f"nothing to change: {plant.name}")
        return plants

    def _bring_papers(self, desk: str, offices: Sequence[str]) -> None:
        """The papers that cases name are here."""
        at = self.centre.clock()
        with self.centre.writing() as session:
            own = session.query(DeviceRow).filter_by(office=offices[0]).first()
            senders = ((session.get_one(DeviceRow, desk), sample_photos()), (own, sample_paper()))
            for device, (file, content) in senders:
                assert device is not None
                for number in range(chunks(file.size)):
                    ask = ChunkAsk(
                        sha256=file.sha256, number=number, content=chunk_of(content, number)
                    )
                    blobs.receive(session, self.centre, device, ask, at)


def _plants(connection: Connection) -> Iterator[Plant]:
    """Each at another office, as far as there are so many."""

    def told(asked: str, **wanted: object) -> Any:
        return connection.execute(text(asked), wanted).first()

    offices = connection.execute(
        text("SELECT DISTINCT office FROM letter WHERE serial = 9 ORDER BY office")
    )
    turn = cycle(office for (office,) in offices)

    def at_next() -> tuple[str, str]:
        office = next(turn)
        return office, office_stream(office)

    def of_case(table: str, stream: str) -> str:
        # Of the few that have such a row one may be another's.
        row = told(
            f'SELECT t.case_id FROM {table} t JOIN "case" c ON c.case_id = t.case_id'
            " ORDER BY c.stream <> :stream, t.case_id LIMIT 1",
            stream=stream,
        )
        return str(row[0])

    for pos, (name, change, kind, behind) in enumerate(_OF_FACTS, start=50):
        _, stream = at_next()
        at = f"stream = '{stream}' AND pos = {pos}"
        yield Plant(name, f"{change} WHERE {at}", kind, f"{stream} {pos + behind}")
    _, stream = at_next()
    yield Plant(
        "where a stream ends",
        f"UPDATE stream SET pos = pos - 1 WHERE name = '{stream}'", Wrong.HEAD, stream,
    )  # fmt: skip
    _, stream = at_next()
    yield Plant(
        "a head that was signed",
        f"UPDATE daily_head SET hash = '{'1' * 64}' WHERE stream = '{stream}'",
        Wrong.SIGNED_HEAD, stream,
    )  # fmt: skip
    office, _ = at_next()
    year, code = told(
        "SELECT min(l.year), min(c.code) FROM letter l JOIN office_code c"
        " ON c.office_id = l.office WHERE l.office = :office",
        office=office,
    )
    yield Plant(
        "how a letter stands",
        "UPDATE letter SET state = CASE state WHEN 'voided' THEN 'handed' ELSE 'voided' END"
        f" WHERE office = '{office}' AND year = {year} AND serial = 8",
        Wrong.LETTER, f"{year}/{code}/8",
    )  # fmt: skip
    office, _ = at_next()
    yield Plant(
        "a number that is missing",
        f"DELETE FROM letter WHERE office = '{office}' AND year = {year} AND serial = 7",
        Wrong.NUMBER, f"{year}/{office}/7",
    )  # fmt: skip
    for name, change, table, kind in _OF_CASES:
        _, stream = at_next()
        case_id = of_case(table, stream)
        yield Plant(name, f"{change} WHERE case_id = '{case_id}'", kind, case_id)
    for name, change, where in _OF_SHEETS:
        office, _ = at_next()
        (series,) = told("SELECT series FROM sheet_run WHERE office = :office", office=office)
        at = f"office = '{office}' AND {where} = 1"
        yield Plant(name, f"{change} WHERE {at}", Wrong.SHEET, f"{series} 1")
    for name, change, kind in _OF_OFFICES:
        office, _ = at_next()
        (own,) = told(
            "SELECT staff_id FROM person WHERE office = :office AND role = 'manager'",
            office=office,
        )
        named = own if kind is Wrong.PERSON else office
        column = "staff_id" if kind is Wrong.PERSON else "office_id"
        yield Plant(name, f"{change} WHERE {column} = '{named}'", kind, named)
    for seq, (name, change, kind, behind) in enumerate(_OF_DESKS, start=3):
        office, _ = at_next()
        (device,) = told("SELECT device_id FROM device WHERE office = :office", office=office)
        at = f"device_id = '{device}'"
        if kind is Wrong.DEVICE:
            yield Plant(name, f"{change} WHERE {at}", kind, device)
        else:
            at = f"{at} AND device_seq = {seq}"
            yield Plant(name, f"{change} WHERE {at}", kind, f"{device} {seq + behind}")
    yield from _OF_THE_CITY


# By what it is: the change, what is found, and how far behind its place that is named.
_OF_FACTS = (
    ("a word of a fact",
     "UPDATE fact SET canon = replace(canon, 'actor_name', 'actor_nane')", Wrong.CHAIN, 0),
    ("a fact that is gone", "DELETE FROM fact", Wrong.POSITION, 1),
    ("a fact's hash", f"UPDATE fact SET hash = '{'0' * 64}'", Wrong.CHAIN, 0),
    ("what caused a fact", "UPDATE fact SET cause = 'nobody'", Wrong.ENVELOPE, 0),
)  # fmt: skip
# And in which table such a case is looked for.
_OF_CASES = (
    ("who asks", 'UPDATE "case" SET applicant = \'x\'', "letter", Wrong.CASE),
    ("a case that is gone", 'DELETE FROM "case"', "taking", Wrong.CASE),
    ("what a till took", "UPDATE taking SET amount = amount + 1", "taking", Wrong.MONEY),
    ("a slip that is free", "DELETE FROM payment_reference", "payment_reference", Wrong.MONEY),
    ("a bill that is free", "DELETE FROM settled_pair", "settled_pair", Wrong.MONEY),
    ("a letter that is weighed no more",
     "DELETE FROM standing_letter", "standing_letter", Wrong.LIST),
)  # fmt: skip
_OF_SHEETS = (
    ("a sheet that is blank again", "UPDATE stamped_sheet SET state = 'blank'", "number"),
    ("whose a bundle is", "UPDATE sheet_run SET blank = blank + 1", "first"),
)
_OF_OFFICES = (
    ("a person's key", f"UPDATE person SET release_key = '02{'ab' * 32}'", Wrong.PERSON),
    ("what an office is called", "UPDATE office_term SET name = 'x', card = ''", Wrong.OFFICE),
)
_OF_DESKS = (
    ("how an act ended", "UPDATE command SET state = 'refused'", Wrong.OUTCOME, 0),
    ("a word of an act",
     "UPDATE command SET canon = replace(canon, 'made_at', 'made_ad')", Wrong.CHAIN, 0),
    ("an act that is gone", "DELETE FROM command", Wrong.POSITION, 1),
    ("a desk's key", "UPDATE device SET key = 'ab'", Wrong.DEVICE, 0),
)  # fmt: skip
_OF_THE_CITY = (
    Plant("a rate", "UPDATE published_saying SET text = text || ' ' WHERE topic = 'figures'",
          Wrong.PUBLISHED, "city"),
    Plant("a sum", "UPDATE request_sum SET received = received + 1", Wrong.SUM, "request_sum"),
    Plant("a paper", "UPDATE blob_chunk SET content = substr(content, 2)", Wrong.PAPER, ""),
)  # fmt: skip
