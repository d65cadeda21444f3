"""What is kept beside cases: publications, closed days, papers, and the sums of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import blobs, reading_chains
from desktop.centre.audit.chains import payload_of, texts_of_kind
from desktop.centre.audit.known import Known
from desktop.centre.closing_tables import ClosedDayRow
from desktop.centre.publication_tables import LastSaidRow, PublishedRow
from desktop.centre.sum_tables import SUMMINGS
from desktop.centre.tables import CASE_COUNTING, BlobHolderRow, BlobRow, BlobUseRow, CaseRow
from desktop.domain.day_register import DayClosed
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.stream import CITY, Published, office_of, withdrawn_day
from desktop.sql.metadata import table_of
from desktop.wire.blobs import name_of
from desktop.wire.chain_check import told_at

SUMS = tuple(sorted((*(each.sums for each in SUMMINGS), CASE_COUNTING.counts)))
"""The tables of sums and counts."""
DIGITS = "0123456789abcdef"
_AT_ONCE = 500
_ON_ITS_WAY = timedelta(days=1)
_BLOB = table_of(BlobRow)
_Version = tuple[str, str, str]
_Said = tuple[int, date, str]
_SAME = BlobRow.sha256 == BlobHolderRow.sha256


def publications(session: Session) -> Iterator[Discrepancy]:
    """Each saying of reference data, beside the fact that said it."""
    kept = {row.pos: row for row in session.scalars(select(PublishedRow))}
    last: dict[_Version, _Said] = {}
    for stream, pos, canon in texts_of_kind(session, Published.kind):
        where = f"{stream} {pos}"
        told = payload_of(canon)
        row = kept.pop(pos, None) if stream == CITY else None
        if not isinstance(told, Published):
            yield Discrepancy(Wrong.PUBLISHED, where, "its text can't be read")
        elif row is None:
            yield Discrepancy(Wrong.PUBLISHED, where, f"{told.topic} {told.key} is not kept")
        else:
            back = withdrawn_day(told.topic, told.text)
            said = (told.topic, told.key, told.version, told.effective_from, told.text, back)
            held = (row.topic, row.key, row.version, row.effective_from, row.text, row.withdraws)
            if said != held:
                yield Discrepancy(
                    Wrong.PUBLISHED, where, f"{told.topic} {told.key} is kept otherwise"
                )
            last[said[:3]] = (pos, *said[3:5])
    for pos, row in kept.items():
        yield Discrepancy(Wrong.PUBLISHED, f"{CITY} {pos}", f"no fact says {row.topic} {row.key}")
    held_last: dict[_Version, _Said] = {
        (row.topic, row.key, row.version): (row.pos, row.effective_from, row.text)
        for row in session.scalars(select(LastSaidRow))
    }
    for version in sorted({*last, *held_last}):
        if last.get(version) != held_last.get(version):
            where = f"{CITY} {' '.join(version)}"
            yield Discrepancy(Wrong.PUBLISHED, where, "what was said last is kept otherwise")


def closed_days(session: Session) -> Iterator[Discrepancy]:
    """Each closed day, beside the fact that closed it."""
    rows = session.scalars(select(ClosedDayRow))
    kept = {(row.office, row.day): (row.digest, row.pos, told_at(row.at)) for row in rows}
    for stream, pos, canon in texts_of_kind(session, DayClosed.kind):
        told = payload_of(canon)
        if not isinstance(told, DayClosed):
            yield Discrepancy(Wrong.CLOSED, f"{stream} {pos}", "its text can't be read")
            continue
        register = told.register
        held = kept.pop((office_of(stream), register.day), None)
        said = (register.digest, register.pos, told_at(register.closed_at))
        if held != said:
            where = f"{stream} {register.day}"
            yield Discrepancy(Wrong.CLOSED, where, differing(held, said))
    for office, day in kept:
        yield Discrepancy(Wrong.CLOSED, f"{office} {day}", "no fact closed it")


def sums(session: Session, name: str) -> Iterator[Discrepancy]:
    """What is kept in the table of that name, added up or counted again."""
    connection = session.connection()
    if name == CASE_COUNTING.counts:
        for key in CASE_COUNTING.differing(connection):
            yield Discrepancy(Wrong.SUM, f"{name} {key}", "is not how many rows there are")
        return
    summing = next(each for each in SUMMINGS if each.sums == name)
    for key in summing.differing(connection):
        yield Discrepancy(Wrong.SUM, f"{name} {key}", "is not what its rows add up to")


def readings(session: Session) -> Iterator[Discrepancy]:
    """Who looked at what: every chain from its first line to its end."""
    for chain, seq in reading_chains.wrong_lines(session):
        yield Discrepancy(Wrong.READING, f"{chain} {seq}", "the line is not what it was, or gone")


def named(session: Session, known: Known) -> Iterator[Discrepancy]:
    """Papers that were here and are no more, and those that cases name and nobody has sent yet."""
    held = select(BlobHolderRow.sha256).join(BlobRow, _SAME, isouter=True)
    for sha256 in session.scalars(held.where(_BLOB.c.stored_at.is_(None)).distinct()):
        yield Discrepancy(Wrong.PAPER, sha256, "an office had it whole, and it is not here")
    proven = select(BlobHolderRow.sha256).where(BlobHolderRow.sha256 == BlobUseRow.sha256)
    missing = (
        select(BlobUseRow.sha256, CaseRow.stream, CaseRow.case_id)
        .join(CaseRow, CaseRow.case_id == BlobUseRow.case_id)
        .join(BlobRow, BlobRow.sha256 == BlobUseRow.sha256, isouter=True)
        .where(_BLOB.c.stored_at.is_(None), ~proven.exists())
    )
    # It may be on its way.
    for row in session.execute(missing.where(CaseRow.updated_at < known.at - _ON_ITS_WAY)):
        where = f"{row.stream} {row.case_id}"
        yield Discrepancy(Wrong.AWAITED, where, f"its paper {row.sha256} has not come yet")


def papers(session: Session, digit: str) -> Iterator[Discrepancy]:
    """Every paper that came whole, and whose name begins so, is what its name says."""
    stored = select(_BLOB.c.sha256, _BLOB.c.size).where(_BLOB.c.stored_at.is_not(None))
    # Those of no such name are looked at with the first and the last.
    after = "" if digit == DIGITS[0] else digit
    if digit != DIGITS[-1]:
        stored = stored.where(_BLOB.c.sha256 < f"{int(digit, 16) + 1:x}")
    while rows := session.execute(
        stored.where(_BLOB.c.sha256 > after).order_by(_BLOB.c.sha256).limit(_AT_ONCE)
    ).all():
        for row in rows:
            paper = blobs.whole(session, row.sha256)
            if name_of(paper) != row.sha256 or len(paper) != row.size:
                yield Discrepancy(Wrong.PAPER, row.sha256, f"{len(paper)} bytes of another content")
        after = rows[-1].sha256
