"""What is kept beside cases: publications, closed days, papers, and the sums of the database."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import blobs
from desktop.centre.audit.chains import texts_of_kind, told_at
from desktop.centre.closing_tables import ClosedDayRow
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.sum_tables import SUMMINGS
from desktop.centre.tables import CASE_COUNTING, BlobRow
from desktop.domain.day_register import DayClosed
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.stream import CITY, Published, office_of, withdrawn_day
from desktop.sql.metadata import table_of
from desktop.wire.blobs import name_of
from desktop.wire.codec import Unreadable, decode_fact

_AT_ONCE = 500


def publications(session: Session) -> Iterator[Discrepancy]:
    """Each saying of reference data, beside the fact that said it."""
    kept = {row.pos: row for row in session.scalars(select(PublishedRow))}
    for stream, pos, canon in texts_of_kind(session, Published.kind):
        where = f"{stream} {pos}"
        told = _payload(canon)
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
    for pos, row in kept.items():
        yield Discrepancy(Wrong.PUBLISHED, f"{CITY} {pos}", f"no fact says {row.topic} {row.key}")


def closed_days(session: Session) -> Iterator[Discrepancy]:
    """Each closed day, beside the fact that closed it."""
    rows = session.scalars(select(ClosedDayRow))
    kept = {(row.office, row.day): (row.digest, row.pos, told_at(row.at)) for row in rows}
    for stream, pos, canon in texts_of_kind(session, DayClosed.kind):
        told = _payload(canon)
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


def sums(session: Session) -> Iterator[Discrepancy]:
    """Each sum added up again, where it is another than the one kept."""
    connection = session.connection()
    for summing in SUMMINGS:
        for key in summing.differing(connection):
            yield Discrepancy(Wrong.SUM, f"{summing.sums} {key}", "is not what its rows add up to")
    for key in CASE_COUNTING.differing(connection):
        yield Discrepancy(
            Wrong.SUM, f"{CASE_COUNTING.counts} {key}", "is not how many rows there are"
        )


def _payload(canon: str) -> object:
    try:
        return decode_fact(canon).payload
    except Unreadable:
        return None


def papers(session: Session) -> Iterator[Discrepancy]:
    """Every paper that came whole is what its name says."""
    blob = table_of(BlobRow)
    stored = select(blob.c.sha256, blob.c.size).where(blob.c.stored_at.is_not(None))
    last = ""
    while rows := session.execute(
        stored.where(blob.c.sha256 > last).order_by(blob.c.sha256).limit(_AT_ONCE)
    ).all():
        for row in rows:
            paper = blobs.whole(session, row.sha256)
            if name_of(paper) != row.sha256 or len(paper) != row.size:
                yield Discrepancy(Wrong.PAPER, row.sha256, f"{len(paper)} bytes of another content")
        last = rows[-1].sha256
