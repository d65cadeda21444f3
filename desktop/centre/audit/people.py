"""People's keys: each was told in its home stream, and signed what bears its person's name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE, texts_of_kind
from desktop.centre.context import Centre
from desktop.centre.tables import (
    CommandRow,
    HeldSettledRow,
    PersonKeyMadeRow,
    PersonKeyRow,
    PersonRow,
)
from desktop.centre.tick import DEVICE
from desktop.domain.discrepancy import RUBBISH, Discrepancy, Wrong
from desktop.domain.signed_acts import SIGNED_BY_PERSON, SIGNED_LATER
from desktop.domain.stream import PersonEnrolled, office_of
from desktop.sql.metadata import table_of
from desktop.wire.codec import acted, decode_command, decode_fact, unsigned
from desktop.wire.link import verifies


def keys(session: Session) -> Iterator[Discrepancy]:
    """Every person and every pair of keys, beside what was told of them."""
    told: dict[str, set[tuple[str, str]]] = {}
    givers: dict[tuple[str, str], str] = {}
    offices: dict[str, str] = {}
    for stream, _, canon in texts_of_kind(session, PersonEnrolled.kind):
        said = decode_fact(canon).payload
        if isinstance(said, PersonEnrolled):
            told.setdefault(said.staff_id, set()).add((said.key, said.release_key))
            givers[said.staff_id, said.key] = " ".join(said.givers)
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
    for row in session.scalars(select(PersonKeyMadeRow).order_by(PersonKeyMadeRow.staff_id)):
        if row.givers != givers.get((row.staff_id, row.key), row.givers):
            where = f"{row.staff_id} at {row.device_id}"
            yield Discrepancy(Wrong.PERSON, where, "others gave the code of these keys")


def acts(session: Session, centre: Centre) -> Iterator[Discrepancy]:
    """Every act that was done and bears its person's signature, beside the keys of that person.

    What an earlier program sent without one is told apart by its kind alone.
    """
    known, command = keys_of(session, "key"), table_of(CommandRow)
    later = exists().where(
        HeldSettledRow.device_id == command.c.device_id,
        HeldSettledRow.command_id == command.c.command_id,
        HeldSettledRow.state == "done",
    )
    asked = select(command.c.device_id, command.c.device_seq, command.c.canon).where(
        command.c.kind.in_(sorted(SIGNED_BY_PERSON)),
        or_(command.c.state == "done", later),
        command.c.device_id != DEVICE,
    )
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        where = f"{row.device_id} {row.device_seq}"
        try:
            act, said = decode_command(row.canon), unsigned(row.canon)
        except RUBBISH:
            # The chain of its desk names it.
            continue
        if not act.person_signature and act.kind in SIGNED_LATER:
            continue
        message = acted(centre.identity.centre, said)
        own = known.get(act.actor, ())
        if not any(verifies(key, act.person_signature, message) for key in own):
            yield Discrepancy(Wrong.SIGNATURE, where, f"{act.actor} did not sign it")


def keys_of(session: Session, column: str) -> dict[str, set[str]]:
    """By staff id all public halves that the person ever had: `key` for acts, `release_key` for
    letters."""
    found: dict[str, set[str]] = {}
    for table in map(table_of, (PersonRow, PersonKeyMadeRow, PersonKeyRow)):
        for row in session.execute(select(table.c.staff_id, table.c[column])):
            found.setdefault(row[0], set()).add(row[1])
    return found
