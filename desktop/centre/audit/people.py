"""People's keys: each was told in the home stream when it was made."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import texts_of_kind
from desktop.centre.tables import PersonKeyMadeRow, PersonKeyRow, PersonRow
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.stream import PersonEnrolled, office_of
from desktop.sql.metadata import table_of
from desktop.wire.codec import decode_fact


def keys(session: Session) -> Iterator[Discrepancy]:
    """Every person and every pair of keys, beside what was told of them."""
    told: dict[str, set[tuple[str, str]]] = {}
    offices: dict[str, str] = {}
    for stream, _, canon in texts_of_kind(session, PersonEnrolled.kind):
        said = decode_fact(canon).payload
        if isinstance(said, PersonEnrolled):
            told.setdefault(said.staff_id, set()).add((said.key, said.release_key))
            offices[said.staff_id] = office_of(stream)
    for row in session.scalars(select(PersonRow)):
        if not row.key and not row.release_key:
            # Put forward, and has not come yet.
            continue
        if (row.key, row.release_key) not in told.get(row.staff_id, set()):
            yield Discrepancy(Wrong.PERSON, row.staff_id, "no fact tells of these keys")
        elif offices[row.staff_id] != row.office:
            yield Discrepancy(
                Wrong.PERSON, row.staff_id, f"another office tells of it: {row.office}"
            )
    for table in map(table_of, (PersonKeyMadeRow, PersonKeyRow)):
        for made in session.execute(select(table)):
            if (made.key, made.release_key) not in told.get(made.staff_id, set()):
                where = f"{made.staff_id} at {made.device_id}"
                yield Discrepancy(Wrong.PERSON, where, "no fact tells of these keys")
