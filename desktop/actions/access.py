"""Who sits at the desk: the list of staff, signing in, and the password asked again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from desktop.actions.desk import Desk, Seat
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, ORGANISATION, is_office_code
from desktop.domain.people import Staff
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
from desktop.store import meta, people
from desktop.store.outbox import Signer
from desktop.wire import calls
from desktop.wire.enrolling import EnrolPersonAsk, introduced, read_code
from desktop.wire.link import public_hex, sign

NO_CODE = "کد هشت رقم و حرف لاتین دارد؛ آن را دوباره بخوانید."
_NO_PASSWORD = "گذرواژهٔ خود را وارد کنید."
_WRONG = "نام کاربری یا گذرواژه درست نیست."
_NAMESAKES = (
    "اینجا بیش از یک «{}» با همین گذرواژه هست؛ سمت را هم پس از نام بنویسید: «{}، {}». "
    "اگر سمت هم یکی است، یکی با کد تازه گذرواژهٔ دیگری بسازد."
)


def staff(desk: Desk) -> list[Staff]:
    """Who may sign in at this desk, by name."""
    with desk.store.reading() as session:
        return [
            person
            for person in people.everybody(session)
            if people.wrapped_key(session, person.staff_id) is not None
        ]


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
    names one alone.
    """
    opened: list[tuple[Staff, PersonKeys]] = []
    for person in staff(desk):
        if name in (person.name, f"{person.name}، {person.role.word}", person.staff_id):
            # Which of name and password was wrong is nobody's business.
            with suppress(Refusal):
                opened.append((person, _keys(desk, person, password)))
    if not opened:
        raise Refusal(_WRONG, field="password")
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
    desk.store.write(lambda session: people.keep_key(session, known.staff_id, wrapped, at))
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
    signer, releaser = _signers(_keys(seat.desk, seat.staff, password))
    return Confirmed(replace(seat, signer=signer, releaser=releaser))


def _signers(keys: PersonKeys) -> tuple[Signer, Signer | None]:
    """What signs acts, and what signs releases where the person has a key for them."""
    acts, release = keys.acts, keys.release
    if release is None:
        return lambda message: sign(acts, message), None
    return lambda message: sign(acts, message), lambda message: sign(release, message)


def _keys(desk: Desk, person: Staff, password: str) -> PersonKeys:
    with desk.store.reading() as session:
        wrapped = people.wrapped_key(session, person.staff_id)
    if wrapped is None:
        raise Refusal("این کاربر در این رایانه معرفی نشده است.", field="password")
    return unwrap_person(wrapped, password)
