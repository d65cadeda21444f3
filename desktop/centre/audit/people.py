"""People's keys: each was told in its home stream, and signed what bears its person's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE, payload_of, texts_of_kind
from desktop.centre.audit.known import Known
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.tables import (
    CommandRow,
    HeldSettledRow,
    PersonKeyMadeRow,
    PersonKeyRow,
    PersonRow,
)
from desktop.centre.tick import DEVICE
from desktop.domain.discrepancy import RUBBISH, Discrepancy, Wrong, differing
from desktop.domain.signed_acts import SIGNED_BY_PERSON, SIGNED_LATER
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import PersonEnrolled, Topic, office_of
from desktop.forms.published_values import published_value
from desktop.sql.metadata import table_of
from desktop.wire.codec import acted, decode_command, unsigned
from desktop.wire.link import verifies

_Told = tuple[str, PersonEnrolled]
"""In which office's stream, and what."""


def people(session: Session) -> Iterator[Discrepancy]:
    """Every person and every pair of keys, beside what was told of them."""
    told: dict[str, list[_Told]] = {}
    for stream, _, canon in texts_of_kind(session, PersonEnrolled.kind):
        said = payload_of(canon)
        if isinstance(said, PersonEnrolled):
            told.setdefault(said.staff_id, []).append((office_of(stream), said))
    yield from _at_desks(session, told)
    terms = _terms(session)
    for row in session.scalars(select(PersonRow)):
        own = told.pop(row.staff_id, [])
        if not own and not row.key and not row.release_key:
            # Put forward, and has not come yet.
            yield from _signed(row, terms)
            continue
        if (row.key, row.release_key) not in {(said.key, said.release_key) for _, said in own}:
            yield Discrepancy(Wrong.PERSON, row.staff_id, "no fact tells of these keys")
            continue
        yield from _beside(row, own)
        yield from _made(session, row.staff_id, own)
    for staff_id in sorted(told):
        yield Discrepancy(Wrong.PERSON, staff_id, "a fact tells of it and no row has it")


def _terms(session: Session) -> Mapping[str, StaffTerm]:
    """By staff id what was signed of each last."""
    rows = select(PublishedRow.key, PublishedRow.text).where(PublishedRow.topic == Topic.STAFF)
    in_order = session.execute(rows.order_by(PublishedRow.pos))
    return {key: published_value(StaffTerm, text) for key, text in in_order}


def _signed(row: PersonRow, terms: Mapping[str, StaffTerm]) -> Iterator[Discrepancy]:
    """Of whom no fact tells yet, beside the term that two signed."""
    term = terms.get(row.staff_id)
    if term is not None and (row.office, row.role) != (term.office, term.role):
        told = differing((row.office, row.role), (term.office, term.role))
        yield Discrepancy(Wrong.PERSON, row.staff_id, told)


def _beside(row: PersonRow, own: Sequence[_Told]) -> Iterator[Discrepancy]:
    """Who somebody is was told with the first keys; the national id may be told later."""
    office, first = own[0]
    last = [said.national_id for _, said in own if said.national_id]
    again = {
        "office": office,
        "name": first.name,
        "role": first.role,
        "title": first.title,
        "national_id": last[-1] if last else row.national_id,
    }
    for name, value in again.items():
        if getattr(row, name) != value:
            told = differing(getattr(row, name), value)
            yield Discrepancy(Wrong.PERSON, row.staff_id, f"{name}: {told}")


def _made(session: Session, staff_id: str, own: Sequence[_Told]) -> Iterator[Discrepancy]:
    """The keys of which it was told at which desk they were made are kept so."""
    at_desks = {(said.device_id, said.key) for _, said in own if said.device_id}
    if not at_desks:
        return
    made = PersonKeyMadeRow
    kept = session.execute(select(made.device_id, made.key).where(made.staff_id == staff_id))
    for device_id, _ in sorted(at_desks - {(device_id, key) for device_id, key in kept}):
        where = f"{staff_id} at {device_id}"
        yield Discrepancy(Wrong.PERSON, where, "a fact tells of these keys and no row has them")


def _at_desks(session: Session, told: Mapping[str, Sequence[_Told]]) -> Iterator[Discrepancy]:
    """Keys at desks of which nobody was told, and those of a desk that are not its newest."""
    newest: dict[tuple[str, str], str] = {}
    for made in session.scalars(select(PersonKeyMadeRow).order_by(PersonKeyMadeRow.made_at)):
        newest[made.staff_id, made.device_id] = made.key
        where = f"{made.staff_id} at {made.device_id}"
        own = [said for _, said in told.get(made.staff_id, ())]
        if (made.key, made.release_key) not in {(said.key, said.release_key) for said in own}:
            yield Discrepancy(Wrong.PERSON, where, "no fact tells of these keys")
        elif made.givers not in {" ".join(said.givers) for said in own if said.key == made.key}:
            yield Discrepancy(Wrong.PERSON, where, "others gave the code of these keys")
    for row in session.scalars(select(PersonKeyRow)):
        if newest.get((row.staff_id, row.device_id)) != row.key:
            where = f"{row.staff_id} at {row.device_id}"
            yield Discrepancy(Wrong.PERSON, where, "these are not the keys made there last")


def acts(session: Session, device_id: str, known: Known) -> Iterator[Discrepancy]:
    """Every act of the desk that was done and bears its person's signature, beside the keys of that
    person.

    What an earlier program sent without one is told apart by its kind alone.
    """
    if device_id == DEVICE:
        return
    command = table_of(CommandRow)
    later = exists().where(
        HeldSettledRow.device_id == command.c.device_id,
        HeldSettledRow.command_id == command.c.command_id,
        HeldSettledRow.state == "done",
    )
    asked = select(command.c.device_seq, command.c.canon).where(
        command.c.device_id == device_id,
        command.c.kind.in_(sorted(SIGNED_BY_PERSON)),
        or_(command.c.state == "done", later),
    )
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        where = f"{device_id} {row.device_seq}"
        try:
            act, said = decode_command(row.canon), unsigned(row.canon)
        except RUBBISH:
            # The chain of its desk names it.
            continue
        if not act.person_signature and act.kind in SIGNED_LATER:
            continue
        message = acted(known.centre, said)
        own = known.acts.get(act.actor, ())
        if not any(verifies(key, act.person_signature, message) for key in own):
            yield Discrepancy(Wrong.SIGNATURE, where, f"{act.actor} did not sign it")
