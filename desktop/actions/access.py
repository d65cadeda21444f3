"""Who sits at the desk: the list of staff, signing in, and the password asked again."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.errors import Refusal
from desktop.domain.locking import TRIES, KeptOut, Tries
from desktop.domain.office import MUNICIPALITY, ORGANISATION, is_office_code
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.keys import (
    COST,
    Cost,
    PersonKeys,
    new_key,
    new_letter_key,
    unwrap_person,
    wrap_person,
)
from desktop.store import doorkeeping, meta, people
from desktop.store.open import Session
from desktop.store.outbox import Signer
from desktop.wire import calls
from desktop.wire.enrolling import EnrolPersonAsk, introduced, read_code
from desktop.wire.letters import Releaser
from desktop.wire.link import public_hex, sign

NO_CODE = "کد هشت رقم و حرف لاتین دارد؛ آن را دوباره بخوانید."
_log = logging.getLogger(__name__)
_NO_PASSWORD = "گذرواژهٔ خود را وارد کنید."
_WRONG = "نام کاربری یا گذرواژه درست نیست."
_LOCKED = "پس از {} بار گذرواژهٔ نادرست، ورود {} تا ساعت {} قفل است؛ {} زودتر باز می‌کند."
# Not why: the door tells it to whoever types the name.
_HELD = "ورود {} از {}، ساعت {} به دستور {} بسته است؛ با او گفت‌وگو کنید."
_NOT_HERE = "این همکار در این رایانه معرفی نشده است؛ نخست با کد معرفی وارد این رایانه شود."
_NOT_YOURS = "قفل متصدیان را مسئول دفتر باز می‌کند و قفل دیگران را راهبر سامانه."
_NAMESAKES = (
    "اینجا بیش از یک «{}» با همین گذرواژه هست؛ سمت را هم پس از نام بنویسید: «{}، {}». "
    "اگر سمت هم یکی است، یکی با کد تازه گذرواژهٔ دیگری بسازد."
)


def staff(desk: Desk) -> list[Staff]:
    """Who may sign in at this desk, by name."""
    with desk.store.reading() as session:
        keyed = people.keyed(session)
        return [person for person in people.everybody(session) if person.staff_id in keyed]


def place_of(desk: Desk) -> str:
    """Whose desk it is, and which: its office by name, by what is known of it before that came."""
    with desk.store.reading() as session:
        identity = meta.get(session).identity
        municipal = identity.office == MUNICIPALITY
        try:
            name = desk.reference.office(session, identity.office, desk.today(session)).name
        except Refusal:
            known = is_office_code(identity.office)
            named = f"دفتر {identity.office}" if known else "این دفتر"
            name = ORGANISATION if municipal else named
    seat = "میز" if municipal else "باجهٔ"
    return f"{to_persian_digits(name)}، {seat} {to_persian_digits(identity.desk)}"


def sign_in(desk: Desk, name: str, password: str) -> Seat:
    """The person's seat; slow on purpose (Argon2id). Raises Refusal: name or password is wrong.

    Of several of one name the password tells who it is, or else the role after the name; an id
    names one alone. After some wrong ones in a row nobody gets in by that name for a while.
    """
    meant = [
        person
        for person in staff(desk)
        if name in (person.name, f"{person.name}، {person.role.word}", person.staff_id)
    ]
    shut = _shut_out(desk, meant)
    free = [person for person in meant if person.staff_id not in shut]
    if meant and not free:
        raise Refusal(shut[meant[0].staff_id], field="password")
    opened: list[tuple[Staff, PersonKeys]] = []
    for person in free:
        # Which of name and password was wrong is nobody's business.
        with suppress(Refusal):
            opened.append((person, _keys(desk, person, password)))
    if not opened:
        raise Refusal(_wrong(desk, free) or _WRONG, field="password")
    _right(desk, [person for person, _ in opened])
    if len(opened) > 1:
        raise Refusal(_NAMESAKES.format(name, opened[0][0].name, opened[0][0].role.word))
    ((person, keys),) = opened
    return Seat(desk, person, *_signers(keys))


def join(desk: Desk, code: str, password: str, cost: Cost = COST) -> str:
    """Give the person whom the one-time code names keys at this desk, under the password.

    Gives the name to sign in by; a round of sync tells the desk who that is. Slow on purpose, and
    asks the centre. Raises LineDown, Refusal beside `code` or `password`.
    """
    if not (read := read_code(code)):
        raise Refusal(NO_CODE, field="code")
    if not password:
        raise Refusal(_NO_PASSWORD, field="password")
    identity = desk.identity()
    acts, release = new_key(), new_letter_key()
    # Before the centre is told: keys that it knows and nobody has would be good for nothing.
    wrapped = wrap_person(PersonKeys(acts, release), password, cost)
    public, public_release = public_hex(acts), public_hex(release)
    said = introduced(identity.centre, identity.device_id, public, public_release)
    ask = EnrolPersonAsk(
        code=read, key=public, release_key=public_release, signature=sign(acts, said)
    )
    known = desk.ask(calls.ENROL_PERSON, ask)
    with desk.store.reading() as session:
        at = desk.moment(session)

    def keep(session: Session) -> None:
        people.keep_key(session, known.staff_id, wrapped, at)
        doorkeeping.forget(session, known.staff_id)

    desk.store.write(keep)
    desk.nudge()
    return known.name


@dataclass(frozen=True)
class Confirmed:
    """A seat whose person gave the password for what is done now: its keys live as long as this.

    For one act, or for one batch of them; whoever holds it drops it then.
    """

    seat: Seat


def confirm(seat: Seat, password: str) -> Confirmed:
    """The person's password once more, before a stamp, a void or a hand-over. Raises Refusal.

    Slow on purpose (Argon2id), like signing in.
    """
    if not password:
        raise Refusal(_NO_PASSWORD, field="password")
    desk, person = seat.desk, seat.staff
    if shut := _shut_out(desk, [person]):
        raise Refusal(shut[person.staff_id], field="password")
    try:
        keys = _keys(desk, person, password)
    except Refusal as no:
        raise Refusal(_wrong(desk, [person]) or no.words, field="password") from no
    _right(desk, [person])
    signer, releaser = _signers(keys)
    return Confirmed(replace(seat, signer=signer, releaser=releaser))


def confirm_other(seat: Seat, staff_id: str, password: str) -> Seat:
    """A colleague at this desk gives the password beside who sits here, for one act; the
    colleague's seat. Raises Refusal beside `witness` or `witness_password`."""
    other = next((each for each in staff(seat.desk) if each.staff_id == staff_id), None)
    if other is None:
        raise Refusal(_NOT_HERE, field="witness")
    try:
        return confirm(replace(seat, staff=other), password).seat
    except Refusal as no:
        raise Refusal(no.words, field="witness_password") from no


@dataclass(frozen=True)
class Door:
    """By staff id, who is locked until when at this desk, and whom it keeps out."""

    locked: Mapping[str, datetime]
    holds: Mapping[str, KeptOut]


def door(desk: Desk) -> Door:
    """Who does not get in here now."""
    with desk.store.reading() as session:
        at = desk.moment(session)
        tried, holds = doorkeeping.tries(session), doorkeeping.holds(session)
    until = {staff_id: each.locked_until(at) for staff_id, each in tried.items()}
    locked = {staff_id: moment for staff_id, moment in until.items() if moment is not None}
    return Door(locked, holds)


def unlock(seat: Seat, staff_id: str) -> None:
    """Let somebody try again at once, and keep nobody out any more. Raises Refusal.

    A manager does so for his clerks, who keeps accounts for everybody of the desk.
    """
    _demand_keeper(seat, staff_id)

    def work(session: Session) -> None:
        doorkeeping.forget(session, staff_id)
        doorkeeping.let_in(session, staff_id)

    seat.desk.store.write(work)


def keep_out(seat: Seat, staff_id: str, cause: str) -> None:
    """While the centre can't be told of a stop: at this desk the person does not get in.

    Raises Refusal.
    """
    _demand_keeper(seat, staff_id)

    def work(session: Session) -> None:
        hold = KeptOut(seat.desk.moment(session), seat.staff.name, cause)
        doorkeeping.hold(session, staff_id, hold)

    seat.desk.store.write(work)


def _demand_keeper(seat: Seat, staff_id: str) -> None:
    role = seat.staff.role
    of = next((each for each in staff(seat.desk) if each.staff_id == staff_id), None)
    clerks = role is Role.MANAGER and of is not None and of.role is Role.CLERK
    if staff_id == seat.staff.staff_id or not (clerks or role.keeps_accounts):
        raise Refusal(_NOT_YOURS)


def _shut_out(desk: Desk, people_: Sequence[Staff]) -> dict[str, str]:
    """By staff id, why these do not get in now."""
    told = door(desk)
    found = {}
    for person in people_:
        if hold := told.holds.get(person.staff_id):
            day = format_day_month(hold.since.astimezone(TEHRAN).date())
            named = (person.name, day, format_time(hold.since), hold.by)
            found[person.staff_id] = to_persian_digits(_HELD.format(*named))
        elif until := told.locked.get(person.staff_id):
            found[person.staff_id] = _locked_words(person, until)
    return found


def _locked_words(person: Staff, until: datetime) -> str:
    whom = "مسئول دفتر" if person.role is Role.CLERK else "راهبر سامانه با کد تازه"
    return to_persian_digits(_LOCKED.format(TRIES, person.name, format_time(until), whom))


def _wrong(desk: Desk, people_: Sequence[Staff]) -> str:
    """Another wrong password of each; words where the first of them is locked by it."""
    if not people_:
        return ""

    def work(session: Session) -> list[Tries]:
        at = desk.moment(session)

        def after(before: Tries | None) -> Tries:
            return before.once_more(at) if before is not None else Tries(1, at)

        return [doorkeeping.count(session, each.staff_id, after) for each in people_]

    first = desk.store.write(work)[0]
    until = first.locked_until(first.last_at)
    if until is None:
        return ""
    _log.warning("locked after wrong passwords: %s", people_[0].staff_id)
    return _locked_words(people_[0], until)


def _right(desk: Desk, people_: Sequence[Staff]) -> None:
    """The right password: what was counted before is forgotten."""
    with desk.store.reading() as session:
        counted = doorkeeping.tries(session)
    gone = [each.staff_id for each in people_ if each.staff_id in counted]
    if gone:

        def work(session: Session) -> None:
            for staff_id in gone:
                doorkeeping.forget(session, staff_id)

        desk.store.write(work)


def _signers(keys: PersonKeys) -> tuple[Signer, Releaser | None]:
    """What signs acts, and what signs releases where the person has a key for them."""
    acts, release = keys.acts, keys.release
    return lambda message: sign(acts, message), None if release is None else Releaser(release)


def _keys(desk: Desk, person: Staff, password: str) -> PersonKeys:
    with desk.store.reading() as session:
        wrapped = people.wrapped_key(session, person.staff_id)
    if wrapped is None:
        raise Refusal("این کاربر در این رایانه معرفی نشده است.", field="password")
    return unwrap_person(wrapped, password)
