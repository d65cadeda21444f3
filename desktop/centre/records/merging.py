"""Writes what an export changes beside the records in force, and lists and counts each change."""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy import Connection, Engine, insert, select, update

from desktop.centre.records import changes, in_force
from desktop.centre.records.changes import differences
from desktop.centre.records.codec import assemble
from desktop.centre.records.columns import RowKind
from desktop.centre.records.report import ImportResult, Report
from desktop.centre.records.staging import STAGED, Staged, StagingWatch, tell_shares
from desktop.centre.records.tables import CHANGE, RECORD
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import FULL_DANG, ROUNDED_DANG
from desktop.domain.record_words import RecordWords
from desktop.sql.spool import Spool

_CHUNK = 1_000


@dataclass(frozen=True)
class Merging:
    """One import on its way beside the one in force (`base`; None for a first)."""

    engine: Engine
    export_id: int
    base: int | None
    result: ImportResult
    words: RecordWords

    def write(self, staged: Staged, spool: Spool, report: Report, watch: StagingWatch) -> None:
        """Write all that is new, changed or ended, in short transactions; count each change."""
        codes = list(staged.groups)
        doubted = {
            staged.groups[code]: staged.refused.get(code, ())
            for code in staged.doubted
            if code in staged.groups
        }
        done = 0
        # Closed before the spool is, however the writing ends.
        with closing(_bodies(spool, doubted, report)) as bodies:
            while chunk := list(islice(bodies, _CHUNK)):
                named = [(codes[group], plate, body) for group, plate, body in chunk]
                with self.engine.begin() as connection:
                    self._write(connection, named)
                done += len(chunk)
                watch.step(STAGED + (1000 - STAGED) * done // len(codes))
        if self.base is None:
            for kind, count in self.result.sheets.items():
                self.result.changes[kind].new = count.kept
        else:
            self._end(staged.groups.keys(), self.base)

    def _write(
        self, connection: Connection, chunk: list[tuple[str, list[int | None], str]]
    ) -> None:
        codes = [code for code, _, _ in chunk]
        held = {} if self.base is None else _held(connection, codes, self.base)
        rows = [
            {
                "code": code,
                "section": section,
                "main": main,
                "sub": sub,
                "body": body,
                "since": self.export_id,
            }
            for code, (section, main, sub), body in chunk
            if held.get(code) != body
        ]
        if not rows:
            return
        if self.base is not None:
            states = [(str(r["code"]), held.get(str(r["code"])), str(r["body"])) for r in rows]
            self._until(connection, [code for code, _, _ in states], self.base)
            self._list(connection, states)
        connection.execute(insert(RECORD), rows)

    def _end(self, codes: Collection[str], base: int) -> None:
        """What the export no longer holds, some codes at a time."""
        query = select(RECORD.c.code).where(in_force.holds(base)).order_by(RECORD.c.code)
        last = ""
        while True:
            with self.engine.begin() as connection:
                found = connection.scalars(query.where(RECORD.c.code > last).limit(_CHUNK)).all()
                ended = [code for code in found if code not in codes]
                if ended:
                    held = _held(connection, ended, base)
                    self._list(connection, [(code, held[code], None) for code in ended])
                    self._until(connection, ended, base)
            if not found:
                return
            last = found[-1]

    def _until(self, connection: Connection, codes: list[str], base: int) -> None:
        own = (RECORD.c.code.in_(codes), in_force.holds(base))
        connection.execute(update(RECORD).where(*own).values(until=self.export_id))

    def _list(
        self, connection: Connection, states: Sequence[tuple[str, str | None, str | None]]
    ) -> None:
        """Counts and lists what became of properties: (code, body before, body after)."""
        listing = []
        for code, before, after in states:
            for difference in differences(before, after):
                change = self.result.changes[difference.kind]
                match difference.change:
                    case changes.NEW:
                        change.new += 1
                    case changes.CHANGED:
                        change.changed += 1
                    case _:
                        change.ended += 1
                change.cleared += changes.clears(difference, self.words)
                change.sum_ended += changes.taken_off(difference, self.words)
                change.closed += changes.closes(difference, self.words)
                change.emptied.update(changes.emptied(difference, self.words))
                listing.append(
                    {
                        "export_id": self.export_id,
                        "code": code,
                        "kind": difference.kind.value,
                        "change": difference.change,
                        "before": difference.before,
                        "after": difference.after,
                    }
                )
        connection.execute(insert(CHANGE), listing)


def _held(connection: Connection, codes: list[str], base: int) -> dict[str, str]:
    query = select(RECORD.c.code, RECORD.c.body).where(
        RECORD.c.code.in_(codes), in_force.holds(base)
    )
    return {code: body for code, body in connection.execute(query)}


def _bodies(
    spool: Spool, doubted: Mapping[int, Collection[str]], report: Report
) -> Generator[tuple[int, list[int | None], str]]:
    """(group, plate, body) of each property, in the order of the groups; `doubted` are those with
    the kinds of their rows that were refused."""
    for group, rows in groupby(spool.ordered(), key=itemgetter(0)):
        texts: dict[RowKind, list[str]] = {}
        first_owner = 0
        for _, kind, place, text in rows:
            if kind == RowKind.OWNER and not first_owner:
                first_owner = place
            texts.setdefault(RowKind(kind), []).append(text)
        (own,) = texts[RowKind.PROPERTY]
        if first_owner:
            dang = sum((Decimal(json.loads(t)["dang"]) for t in texts[RowKind.OWNER]), Decimal(0))
            if abs(dang - FULL_DANG) > ROUNDED_DANG:
                tell_shares(
                    first_owner,
                    to_persian_digits(f"{dang.normalize():f}").replace(".", "٫"),
                    report,
                )
        plate = json.loads(own)["plate"] or [None, None, None]
        body = assemble(own, texts, doubted=group in doubted, refused=doubted.get(group, ()))
        yield group, plate, body
