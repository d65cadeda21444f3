"""Offices, their desks and their staff at the centre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from desktop.centre.context import CENTRE_ACTOR
from desktop.centre.offices import take_code, term_of
from desktop.centre.publication_tables import LastSaidRow, PublishedRow
from desktop.centre.reference import changed
from desktop.centre.streams import append, lock_streams
from desktop.centre.tables import (
    DeviceRow,
    FactRow,
    OfficeRow,
    PersonKeyMadeRow,
    PersonKeyRow,
    PersonRow,
)
from desktop.domain.errors import Refusal
from desktop.domain.office import FIRST_DAY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.stream import CITY, PersonEnrolled, Published, Topic, office_stream
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.sql.missing import make_missing, put_rows
from desktop.wire.canon import GENESIS
from desktop.wire.codec import decode_fact
from desktop.wire.link import verifies

# So far a desk's clock may be ahead of ours.
_SKEW = timedelta(minutes=15)
_TAIL = 6
_OF_OFFICE = select(PersonRow).where(PersonRow.office == bindparam("office"))
_KEY, _MADE = table_of(PersonKeyRow), table_of(PersonKeyMadeRow)
_TODAYS, _FORMER = (
    select(
        keys.c.staff_id, keys.c.key, keys.c.release_key, keys.c.made_at, literal(rank).label("rank")
    ).where(keys.c.device_id == bindparam("device"))
    for rank, keys in enumerate((_KEY, _MADE))
)
_BOTH = union_all(_TODAYS, _FORMER)
_AT_ONCE = 1_000  # keys of one question
_STANDING = select(PublishedRow.key, PublishedRow.version).where(
    PublishedRow.topic == bindparam("of"),
    PublishedRow.key.in_(bindparam("named", expanding=True)),
)
_KEYS = _BOTH.order_by(_BOTH.selected_columns.rank, _BOTH.selected_columns.made_at.desc())


def staff_of(row: PersonRow, desk: int = 0) -> Staff:
    """The member of staff, at that desk."""
    return Staff(
        staff_id=row.staff_id,
        name=row.name,
        role=Role(row.role),
        office=row.office,
        key=row.key,
        desk=desk,
        title=row.title,
        release_key=row.release_key,
        national_id=row.national_id,
    )


def of_office(session: Session, office: str) -> dict[str, PersonRow]:
    """By id, the office's staff; asked once in the session's transaction."""

    def ask() -> dict[str, PersonRow]:
        rows = session.scalars(_OF_OFFICE, {"office": office})
        return {row.staff_id: row for row in rows}

    return memo.once(session, ("staff", office), ask)


def told_apart(session: Session, office: str, staff_id: str, name: str) -> str:
    """Under which name a person's doings are counted at the office: of two people who bear one, the
    second also by the end of the id that tells them apart where codes are given out.

    Two accounts of one person are one.
    """
    rows = of_office(session, office)
    own = rows.get(staff_id)
    if own is None:
        return name
    first = min((row for row in rows.values() if row.name == name), key=_by_id, default=own)
    same = own.national_id and own.national_id == first.national_id
    return name if first is own or same else f"{name} (شناسهٔ {staff_id[-_TAIL:]})"


def _by_id(row: PersonRow) -> str:
    return row.staff_id


def admitted(session: Session, rows: Iterable[PersonRow]) -> list[PersonRow]:
    """Those who have keys, or a term that two signed.

    Who is only put forward is nobody's colleague yet: a manager names whom he likes.
    """
    known = list(rows)
    unkeyed = [row.staff_id for row in known if not row.key]
    signed: set[str] = set()
    if unkeyed:
        of_these = (LastSaidRow.topic == Topic.STAFF, LastSaidRow.key.in_(unkeyed))
        signed = set(session.scalars(select(LastSaidRow.key).where(*of_these)))
    return [row for row in known if row.key or row.staff_id in signed]


def demand_admitted(session: Session, row: PersonRow | None) -> PersonRow:
    """The person, who has keys or a term that two signed. Raises Refusal for nobody, and for who
    was only put forward."""
    if row is None or not admitted(session, [row]):
        raise Refusal("این کاربر در این دفتر ثبت نشده است.")
    return row


def ids_of(session: Session, staff: Staff) -> frozenset[str]:
    """All staff ids of the person, at whatever offices: people are known by the national id.

    Where nobody told it the person is the account alone.
    """
    if not staff.national_id:
        return frozenset({staff.staff_id})

    def ask() -> frozenset[str]:
        same = select(PersonRow.staff_id).where(PersonRow.national_id == staff.national_id)
        return frozenset({staff.staff_id, *session.scalars(same)})

    return memo.once(session, ("accounts", staff.staff_id), ask)


def staff_at(session: Session, row: PersonRow, device: DeviceRow) -> Staff:
    """The member of staff at that desk, with the keys that were made there."""
    return _by_keys(session, row, device)[0].staff


def signer_at(
    session: Session,
    row: PersonRow,
    device: DeviceRow,
    signature: str,
    message: bytes,
    *,
    made_at: datetime | None,
) -> Staff | None:
    """The member of staff at that desk, with the keys there of which one signed the message.

    They may be former ones for what waited for the line, at the desk since `made_at`: that was
    signed before the new ones were made. With no such moment it is signed now. None where it is
    nobody's.
    """
    today, *former = _by_keys(session, row, device)
    before = made_at is not None and made_at - today.made_at <= _SKEW
    for each in (today, *former) if before else (today,):
        if verifies(each.staff.key, signature, message):
            return each.staff
    return None


@dataclass(frozen=True)
class _Keyed:
    """A member of staff with a pair of keys, and since when he has it."""

    staff: Staff
    made_at: datetime


def _by_keys(session: Session, row: PersonRow, device: DeviceRow) -> list[_Keyed]:
    """The member of staff with each pair of keys made at that desk, today's first."""

    def ask() -> dict[str, dict[str, tuple[str, datetime]]]:
        found: dict[str, dict[str, tuple[str, datetime]]] = {}
        for made in session.execute(_KEYS, {"device": device.device_id}):
            own = found.setdefault(made.staff_id, {})
            own.setdefault(made.key, (made.release_key, made.made_at))
        return found

    staff = staff_of(row, device.desk)
    made = memo.once(session, ("keys", device.device_id), ask).get(row.staff_id, {})
    return [
        _Keyed(replace(staff, key=key, release_key=of), at) for key, (of, at) in made.items()
    ] or [_Keyed(staff, datetime.max.replace(tzinfo=UTC))]


def key_at(
    session: Session,
    staff_id: str,
    device_id: str,
    key: str,
    release_key: str,
    at: datetime,
    givers: Collection[str] = (),
) -> None:
    """Keep the public halves of keys that a person got at a desk, by the code that the `givers`
    gave; those of other desks stay.

    Former ones of the same desk are the person's for good. The home stream is told of each pair:
    by it the office's desks check who released a letter.
    """
    made = {
        "staff_id": staff_id,
        "device_id": device_id,
        "key": key,
        "release_key": release_key,
        "made_at": at,
    }
    session.merge(PersonKeyRow(**made))
    if session.get(PersonKeyMadeRow, (device_id, staff_id, key)) is None:
        session.add(PersonKeyMadeRow(**made, givers=" ".join(sorted(givers))))
        row = session.get_one(PersonRow, staff_id)
        if not row.key:
            # Put forward before: these are the first ones.
            row.key, row.release_key = key, release_key
            memo.forget(session, ("staff", row.office))
            tell_person(session, staff_of(row), at, device_id, givers)
        elif row.key != key:
            staff = replace(staff_of(row), key=key, release_key=release_key)
            tell_person(session, staff, at, device_id, givers)
    session.flush()
    memo.forget(session, ("keys", device_id))


def know_keys(session: Session, told: PersonEnrolled, at: datetime) -> None:
    """Keep what came back of keys that were made at that moment; the desk knows them already."""
    made = {
        "staff_id": told.staff_id,
        "device_id": told.device_id,
        "key": told.key,
        "release_key": told.release_key,
        "made_at": at,
    }
    put_rows(session, PersonKeyRow, made)
    make_missing(session, PersonKeyMadeRow, made | {"givers": " ".join(told.givers)})
    memo.forget(session, ("keys", told.device_id))


def tell_untold(session: Session, at: datetime) -> int:
    """Tell the home streams of keys of which a program before told nothing; how many these were."""
    texts = session.scalars(select(FactRow.canon).where(FactRow.kind == PersonEnrolled.kind))
    heard = {
        (told.staff_id, told.key)
        for told in (decode_fact(text).payload for text in texts)
        if isinstance(told, PersonEnrolled)
    }
    made = session.scalars(select(PersonKeyMadeRow).order_by(PersonKeyMadeRow.made_at)).all()
    untold = [row for row in made if (row.staff_id, row.key) not in heard]
    for row in untold:
        staff = staff_of(session.get_one(PersonRow, row.staff_id))
        staff = replace(staff, key=row.key, release_key=row.release_key)
        tell_person(session, staff, at, row.device_id, row.givers.split())
    return len(untold)


def open_office(session: Session, card: OfficeCard, since: date = FIRST_DAY) -> None:
    """A new office of the city, as its card says from the day on. Raises Refusal for a spent code.

    A card without an id is that of an office which goes by its first code, as all once did.
    """
    take_code(session, card.code, card.own_id)
    session.add(
        OfficeRow(
            office_id=card.own_id,
            code=card.code,
            name=card.name,
            address=card.address,
            phone=card.phone,
            postal_code=card.postal_code,
            district=card.district,
            authority=card.authority,
            sample=card.sample,
        )
    )
    session.add(term_of(card, since))
    session.flush()


def enrol_device(session: Session, device_id: str, office: str, desk: int, key: str) -> None:
    """A desk of the office with the public half of its key, hex."""
    session.add(
        DeviceRow(
            device_id=device_id,
            office=office,
            desk=desk,
            key=key,
            head_seq=0,
            head_hash=GENESIS,
            revoked_at=None,
            heard_at=None,
        )
    )
    session.flush()


def enrol_person(
    session: Session,
    staff: Staff,
    at: datetime,
    device_id: str = "",
    givers: Collection[str] = (),
) -> None:
    """A member of staff, whose keys were made at that device, told in the home stream."""
    session.add(
        PersonRow(
            staff_id=staff.staff_id,
            office=staff.office,
            name=staff.name,
            role=staff.role.value,
            key=staff.key,
            title=staff.title,
            release_key=staff.release_key,
            national_id=staff.national_id,
        )
    )
    memo.forget(session, ("staff", staff.office))
    tell_person(session, staff, at, device_id, givers)


def put_forward(session: Session, staff: Staff) -> None:
    """Know somebody who has no keys yet: the home stream is told when they come with a code."""
    session.add(
        PersonRow(
            staff_id=staff.staff_id,
            office=staff.office,
            name=staff.name,
            role=staff.role.value,
            key="",
            title=staff.title,
            release_key="",
            national_id=staff.national_id,
        )
    )
    session.flush()
    memo.forget(session, ("staff", staff.office))


def tell_person(
    session: Session,
    staff: Staff,
    at: datetime,
    device_id: str = "",
    givers: Collection[str] = (),
) -> None:
    """Tell the home stream of a member of staff, with a pair of keys that it has not heard of, the
    device at which they were made and who gave the code for it; a house's own people have theirs at
    whichever they sit."""
    name = office_stream(staff.office)
    told = PersonEnrolled(
        staff.staff_id,
        staff.name,
        staff.role.value,
        staff.key,
        staff.title,
        staff.release_key,
        staff.national_id,
        device_id,
        tuple(sorted(givers)),
    )
    stream = lock_streams(session, [name])[name]
    append(session, stream, [told], case_id="", rev=0, cause="", actor=CENTRE_ACTOR, at=at)
    session.flush()


def enrolled(session: Session) -> set[str]:
    """The ids of all members of staff."""
    return set(session.scalars(select(PersonRow.staff_id)))


def publish(session: Session, published: Iterable[Published], at: datetime) -> int:
    """Tell reference data in the stream `city`; what stands there already is not told again.

    Returns how many were new.
    """
    new = unpublished(session, published)
    tell(session, new, CENTRE_ACTOR, at)
    return len(new)


def unpublished(session: Session, facts: Iterable[Published]) -> list[Published]:
    """Those whose very text does not stand in the stream `city` yet, from whatever day."""
    asked = list(facts)
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for one in asked:
        keys[one.topic].add(one.key)
    stand: set[tuple[str, str, str]] = set()
    for topic, named in keys.items():
        ordered = sorted(named)
        for at in range(0, len(ordered), _AT_ONCE):
            said = session.execute(_STANDING, {"of": topic, "named": ordered[at : at + _AT_ONCE]})
            stand.update((topic, key, version) for key, version in said)
    return [one for one in asked if (one.topic, one.key, one.version) not in stand]


def tell(session: Session, published: Iterable[Published], actor: Staff, at: datetime) -> None:
    """Tell reference data in the stream `city`, also what was said before and no longer holds."""
    said = list(published)
    stream = lock_streams(session, [CITY])[CITY]
    facts = append(session, stream, said, case_id="", rev=0, cause="", actor=actor, at=at)
    keep_said(session, {fact.pos: one for one, fact in zip(said, facts, strict=True)})


def keep_said(session: Session, said: Mapping[int, Published]) -> None:
    """Keep reference data as it is told in the stream `city`, by its place there."""
    rows = [
        {
            "topic": one.topic,
            "key": one.key,
            "version": one.version,
            "effective_from": one.effective_from,
            "pos": pos,
            "text": one.text,
        }
        for pos, one in said.items()
    ]
    put_rows(session, LastSaidRow, *rows)
    changed(session)
