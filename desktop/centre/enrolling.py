"""Devices and people come to the centre by codes that are good once; revoked, a device goes.

The first letters of a code name it, the others are its secret: so a wrong guess counts against the
one code that it was a guess at, and after a few that code is dead. A device's code is spent when
the new desk has greeted for the first time: what broke off before is begun again with the same one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.centre import devices, people
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import id_of, is_open
from desktop.centre.staff_terms import tell_terms
from desktop.centre.streams import lock_streams
from desktop.centre.tables import DeviceRow, EnrolCodeRow, OfficeRow, PersonKeyRow, PersonRow
from desktop.chance import new_id, octets
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.office import FIRST_DAY, MUNICIPALITY, ORGANISATION
from desktop.domain.people import Role, Staff
from desktop.domain.persian import clean, to_persian_digits
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import CITY, office_stream
from desktop.wire.enrolling import (
    ALPHABET,
    LENGTH,
    EnrolAnswer,
    EnrolAsk,
    EnrolPersonAnswer,
    EnrolPersonAsk,
    ReachAnswer,
    introduced,
)
from desktop.wire.link import verifies
from desktop.wire.payloads import PROTOCOL

VALID = timedelta(hours=48)
"""How long a device's code is good."""
PERSON_VALID = timedelta(hours=24)
"""How long a person's own is, which is carried to a desk of the same office."""
TRIES = 5
_NAMING = 3  # letters of a code that name it
_MOST_DESKS = 99  # two digits in a tracking code
_UNKNOWN = "مرکز کدی با این آغاز ندارد؛ آن را با برگ بسنجید یا از مرکز کد تازه بگیرید."
_DEAD = f"این کد پس از {to_persian_digits(TRIES)} بار نادرست باطل شده است؛ از مرکز کد تازه بگیرید."
EXPIRED = "مهلت این کد گذشته است؛ از مرکز کد تازه بگیرید."
SPENT = "این کد پیش‌تر در رایانهٔ دیگری به کار رفته است؛ از مرکز کد تازه بگیرید."
_USED = "این کد پیش‌تر به کار رفته است؛ کد تازه بگیرید."
_FOR_PERSON = "این کد یک کاربر را می‌آورد، نه رایانه را؛ از مرکز کد رایانه بگیرید."
_FOR_DEVICE = "این کد رایانه‌ای را می‌آورد، نه کاربر را؛ از مرکز کد کاربر بگیرید."
_TAKEN = "این رایانه پیش‌تر با کلید دیگری معرفی شده است؛ از مرکز کد تازه بگیرید."
_FULL = "این دفتر ۹۹ باجه دارد و باجهٔ دیگری نمی‌گیرد؛ از مرکز بخواهید باجه‌ای کنارگذاشته را ببندد."
_NO_OFFICE = "دفتری با این کد نیست."
_NAMELESS = "نام کسی که با این کد می‌آید خالی است."
_NO_ID = "کد ملی او را بنویسید؛ بی آن درخواست خودش از درخواست دیگران شناخته نمی‌شود."
ANOTHER = "این کد از آنِ دفتر دیگری است."
_NOT_OWN = "امضای کلید تازه درست نیست."
_KNOWN = (
    "این دفتر از پیش کسی به این نام دارد: {}. اگر همان است --again و شناسه‌اش را بنویسید، "
    "اگر کس دیگری است --another."
)
_NOT_KNOWN = "در این دفتر کسی با این نام، سمت و شناسه نیست."


_ASKED_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Code:
    """A code as it is given out, once, and the moment from which it is good for nothing."""

    text: str
    expires: datetime


@dataclass(frozen=True)
class Namesake:
    """Who is meant: where the office knows the name the person `again`, by id, or `another`.

    `national_id` is the person's own as typed; of who is new it must be told.
    """

    again: str = ""
    another: bool = False
    national_id: str = ""


_UNSAID = Namesake()


def new_code(
    session: Session,
    office: str,
    at: datetime,
    manager: str,
    role: Role | None = None,
    namesake: Namesake = _UNSAID,
    givers: Collection[str] = (),
) -> Code:
    """A code by which one device becomes a desk of the office, and `manager` gets keys there.

    Who alone has that name at the office already, in that role, or a code that still waits for its
    use, is that person, with keys of their own at the new desk too; else a new one in that role: an
    office's manager, the municipality's supervisor. `givers` are in whose hands the keys may be
    (`centre.hands`), nobody's where the centre's own machine gives it. Raises Refusal, also where
    it must be said which namesake is meant, and for who is new without a national id.
    """
    usual = Role.SUPERVISOR if office == MUNICIPALITY else Role.MANAGER
    return _code(session, office, at, manager, role or usual, namesake, givers, device=True)


def new_person_code(
    session: Session,
    office: str,
    at: datetime,
    name: str,
    role: Role,
    namesake: Namesake = _UNSAID,
    givers: Collection[str] = (),
) -> Code:
    """A code by which a person gets keys at one of the office's desks.

    Raises Refusal, also for a name that the office knows where it is not said who is meant (keys
    of one would take the place of another's), and for who is new without a national id.
    """
    return _code(session, office, at, name, role, namesake, givers, device=False)


def revoke(session: Session, device_id: str, at: datetime) -> None:
    """Take nothing more from the device, from this moment on. Raises Refusal for none.

    Whoever holds the city's stream holds this up in nothing: all are told afterwards
    (`devices.tell_revoked`).
    """
    row = session.get(DeviceRow, device_id, with_for_update=True)
    if row is None:
        raise Refusal("رایانه‌ای با این شناسه نیست.")
    row.revoked_at = row.revoked_at or at


def wrong_words(left: int) -> str:
    """What who typed a wrong code is told: how many tries that code has left."""
    return f"کد پذیرفته نشد؛ {to_persian_digits(left)} بار دیگر می‌توانید." if left else _DEAD


def drop_codes(session: Session, staff_id: str) -> int:
    """A person's own codes let nobody in any more, also at a desk that spent one; how many."""
    own = select(EnrolCodeRow).where(EnrolCodeRow.staff_id == staff_id, ~EnrolCodeRow.device)
    rows = session.scalars(own.with_for_update()).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def signing(session: Session) -> int:
    """How many there are who sign what is put into force, with who has a code and has not come."""
    roles = [role.value for role in Role if role.signs]
    came = select(PersonRow.staff_id).where(PersonRow.role.in_(roles))
    coming = select(EnrolCodeRow.staff_id).where(EnrolCodeRow.role.in_(roles))
    return len({*session.scalars(came), *session.scalars(coming)})


def waiting_codes(session: Session, at: datetime) -> dict[str, datetime]:
    """By staff id, until when the code that nobody has spent is good."""
    rows = select(EnrolCodeRow).where(EnrolCodeRow.device_id == "", EnrolCodeRow.expires_at >= at)
    return {
        row.staff_id: row.expires_at
        for row in session.scalars(rows.order_by(EnrolCodeRow.expires_at))
        if row.tries < TRIES
    }


def reach(session: Session, centre: Centre, least_client: str, at: datetime) -> ReachAnswer:
    """Who this is: told to anybody."""
    name = ORGANISATION
    if is_open(session, MUNICIPALITY):
        name = centre.reference.office(session, MUNICIPALITY).on(day_of(at)).name
    return ReachAnswer(
        city=name,
        centre=centre.identity.centre,
        epoch=centre.identity.epoch,
        time=at,
        answers_key=centre.keys.answers.public,
        protocol=PROTOCOL,
        least_client=least_client,
    )


def enrol(
    session: Session, centre: Centre, device_id: str, ask: EnrolAsk, at: datetime
) -> EnrolAnswer | Refusal:
    """The device's place; asked again by the same device, the same answer.

    A Refusal is given, not raised: the try that it counts must be kept.
    """
    row = _spendable(session, ask.code, at)
    if isinstance(row, Refusal):
        return row
    if not row.device:
        return Refusal(_FOR_PERSON, field="code")
    # Two devices of one office at once: the second waits here for its number. All are told of it
    # then: the city comes first, as where an office is published.
    lock_streams(session, [CITY])
    session.execute(select(OfficeRow).where(OfficeRow.office_id == row.office).with_for_update())
    if row.device_id not in ("", device_id) and not _make_room(session, row, at):
        return Refusal(SPENT, field="code")
    device = session.get(DeviceRow, device_id)
    if device is not None and (device.key != ask.key or row.device_id != device_id):
        return Refusal(_TAKEN, field="code")
    if device is None:
        last = select(func.max(DeviceRow.desk)).where(DeviceRow.office == row.office)
        desk = (session.scalar(last) or 0) + 1
        if desk > _MOST_DESKS:
            return Refusal(_FULL, field="code")
        people.enrol_device(session, device_id, row.office, desk, ask.key)
        device = session.get_one(DeviceRow, device_id)
        row.device_id = device_id
        devices.tell(session, devices.told_of(device), at)
        devices.changed(session, centre)
    office = centre.reference.office(session, row.office).on(day_of(at))
    return EnrolAnswer(
        device_id=device_id,
        office=office.code,
        name=office.name,
        desk=device.desk,
        home=office_stream(office.own_id),
        staff_id=row.staff_id,
        person=row.name,
        role=row.role,
        centre=centre.identity.centre,
        epoch=centre.identity.epoch,
        heads_key=centre.keys.heads.public,
        answers_key=centre.keys.answers.public,
    )


def enrol_person(
    session: Session, centre: Centre, device: DeviceRow, ask: EnrolPersonAsk, at: datetime
) -> EnrolPersonAnswer | Refusal:
    """The person by the code, with these keys at this desk; other ones by the same code and desk
    replace them: whoever does not know whether an answer was lost asks again. Of whom no term was
    ever told one is, so that all who look for people of the office find him.

    A Refusal is given, not raised, as of `enrol`.
    """
    row = _spendable(session, ask.code, at)
    if isinstance(row, Refusal):
        return row
    if row.office != device.office:
        return Refusal(ANOTHER, field="code")
    if row.device_id != device.device_id and (row.device or row.device_id):
        return Refusal(_FOR_DEVICE if row.device else SPENT, field="code")
    made = session.get(PersonKeyRow, (row.staff_id, device.device_id))
    if row.device_id and made is not None and at - made.made_at > _ASKED_AGAIN:
        # Who lost the answer asks at once: later it is whoever found the slip.
        return Refusal(_USED, field="code")
    said = introduced(centre.identity.centre, device.device_id, ask.key, ask.release_key)
    if not verifies(ask.key, ask.signature, said):
        return Refusal(_NOT_OWN)
    known = session.get(PersonRow, row.staff_id)
    since = FIRST_DAY if known is not None and known.key else day_of(at)
    # Before the home stream, in the order in which streams are locked.
    tell_terms(session, [StaffTerm(row.staff_id, row.office, row.role, since)], at)
    if known is None:
        role = Role(row.role)
        staff = Staff(
            staff_id=row.staff_id,
            name=row.name,
            role=role,
            office=row.office,
            key=ask.key,
            title=role.word,
            release_key=ask.release_key,
            national_id=row.national_id,
        )
        people.enrol_person(session, staff, at, device.device_id, row.givers.split())
    else:
        # Told with the new keys.
        known.national_id = row.national_id or known.national_id
        staff = people.staff_of(known)
    made_by = row.givers.split()
    people.key_at(session, row.staff_id, device.device_id, ask.key, ask.release_key, at, made_by)
    row.device_id = device.device_id
    return EnrolPersonAnswer(
        staff_id=staff.staff_id, name=staff.name, role=staff.role.value, title=staff.title
    )


def _make_room(session: Session, row: EnrolCodeRow, at: datetime) -> bool:
    """Whether the device that spent the code never came to work: then it is gone, as if unspent."""
    device = session.get(DeviceRow, row.device_id)
    if device is None or device.revoked_at is not None:
        return False
    told = devices.told_of(device)
    if not devices.drop_unused(session, device):
        return False
    # It was told of: nobody waits for it.
    devices.tell(session, replace(told, revoked_at=at), at)
    row.device_id = ""
    return True


def _code(
    session: Session,
    office: str,
    at: datetime,
    name: str,
    role: Role,
    namesake: Namesake,
    givers: Collection[str],
    *,
    device: bool,
) -> Code:
    office = id_of(session, office)
    if not is_open(session, office):
        raise Refusal(_NO_OFFICE, field="office")
    if not (name := clean(name)):
        raise Refusal(_NAMELESS, field="manager")
    if role.is_municipal != (office == MUNICIPALITY) or role is Role.CENTRE:
        raise Refusal(f"«{role.word}» در این دفتر نمی‌نشیند.", field="role")
    # Of two codes that are made at once for one name the second waits, and finds the first.
    session.execute(select(OfficeRow).where(OfficeRow.office_id == office).with_for_update())
    # Good for nothing any more; what they were for is told by devices and people themselves.
    session.execute(delete(EnrolCodeRow).where(EnrolCodeRow.expires_at < at))
    own_id = national_id(namesake.national_id) if namesake.national_id else ""
    known = _meant(session, office, name, role, namesake, device=device)
    if not own_id and not known:
        raise Refusal(_NO_ID, field="national_id")
    if known and not device:
        # Lost: the former one dies at once.
        drop_codes(session, known)
    naming = _letters(_NAMING)
    while session.get(EnrolCodeRow, naming) is not None:
        naming = _letters(_NAMING)
    expires = at + (VALID if device else PERSON_VALID)
    text, salt = naming + _letters(LENGTH - _NAMING), octets(16).hex()
    session.add(
        EnrolCodeRow(
            naming=naming,
            salt=salt,
            sealed=_sealed(text, salt),
            office=office,
            device=device,
            staff_id=known or new_id(),
            name=name,
            role=role.value,
            made_at=at,
            expires_at=expires,
            tries=0,
            device_id="",
            national_id=own_id or _told_id(session, known),
            givers=" ".join(sorted(givers)),
        )
    )
    session.flush()
    return Code(text, expires)


def _meant(
    session: Session, office: str, name: str, role: Role, namesake: Namesake, *, device: bool
) -> str:
    """The id of the person whom the code is for; empty for one who is new. Raises Refusal."""
    known = _known(session, office, name)
    if namesake.again:
        same = [row for row in known if (row.staff_id, row.role) == (namesake.again, role.value)]
        if not same or namesake.another:
            raise Refusal(_NOT_KNOWN, field="manager")
        return namesake.again
    if namesake.another or not known:
        return ""
    if device and [row.role for row in known] == [role.value]:
        return known[0].staff_id
    told = "؛ ".join(f"{row.name}، {Role(row.role).word}، شناسهٔ {row.staff_id}" for row in known)
    raise Refusal(_KNOWN.format(told), field="manager")


def _told_id(session: Session, staff_id: str) -> str:
    """What another code that still waits says of the person; empty for nothing."""
    own = (EnrolCodeRow.staff_id == staff_id, EnrolCodeRow.national_id != "")
    return session.scalar(select(EnrolCodeRow.national_id).where(*own).limit(1)) or ""


def _known(session: Session, office: str, name: str) -> list[PersonRow | EnrolCodeRow]:
    """Who of the office has that name, by id; also who has a code and has not come with it yet."""
    people_ = select(PersonRow).where(PersonRow.office == office, PersonRow.name == name)
    codes = select(EnrolCodeRow).where(EnrolCodeRow.office == office, EnrolCodeRow.name == name)
    found: dict[str, PersonRow | EnrolCodeRow] = {
        row.staff_id: row for row in session.scalars(codes)
    }
    found |= {row.staff_id: row for row in session.scalars(people_)}
    return [found[staff_id] for staff_id in sorted(found)]


def _spendable(session: Session, code: str, at: datetime) -> EnrolCodeRow | Refusal:
    """The code's row, locked, or why it is good for nothing; a wrong guess is counted.

    Who guesses hears how many tries are left, and of a code that is over that it is: nothing of
    its secret.
    """
    row = session.get(EnrolCodeRow, code[:_NAMING], with_for_update=True)
    if row is None:
        return Refusal(_UNKNOWN, field="code")
    if at > row.expires_at:
        return Refusal(EXPIRED, field="code")
    if row.tries < TRIES:
        if hmac.compare_digest(_sealed(code, row.salt), row.sealed):
            return row
        row.tries += 1
    return Refusal(wrong_words(TRIES - row.tries), field="code")


def _letters(number: int) -> str:
    # Bytes beyond the last whole alphabet are drawn anew: each letter is as likely as any other.
    whole = 256 - 256 % len(ALPHABET)
    drawn = ""
    while len(drawn) < number:
        byte = octets(1)[0]
        if byte < whole:
            drawn += ALPHABET[byte % len(ALPHABET)]
    return drawn


def _sealed(code: str, salt: str) -> str:
    # Dear enough that whoever reads the table does not find a code before it has expired.
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()
