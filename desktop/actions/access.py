"""Who sits at the desk: the list of staff, signing in, and the password asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.actions.desk import Desk, Seat
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.persian import to_persian_digits
from desktop.keys import PersonKeys, unwrap_person
from desktop.store import meta, people
from desktop.store.outbox import Signer
from desktop.wire.link import sign

_WRONG = "نام کاربری یا گذرواژه درست نیست."


def staff(desk: Desk) -> list[Staff]:
    """Who may sign in at this desk, by name."""
    with desk.store.reading() as session:
        return [
            person
            for person in people.everybody(session)
            if people.wrapped_key(session, person.staff_id) is not None
        ]


def place_of(desk: Desk) -> str:
    """Whose desk it is, and which: its office by name, or by code before that has come here."""
    with desk.store.reading() as session:
        identity = meta.get(session).identity
        try:
            name = desk.reference.office(session, identity.office, desk.today(session)).name
        except Refusal:
            name = f"دفتر {identity.office}"
    return f"{to_persian_digits(name)}، میز {to_persian_digits(identity.desk)}"


def sign_in(desk: Desk, name: str, password: str) -> Seat:
    """The person's seat; slow on purpose (Argon2id). Raises Refusal: name or password is wrong."""
    person = next((p for p in staff(desk) if p.name == name), None)
    if person is None:
        raise Refusal(_WRONG, field="password")
    try:
        keys = _keys(desk, person, password)
    except Refusal as no:
        # Which of the two was wrong is nobody's business.
        raise Refusal(_WRONG, field="password") from no
    return Seat(desk, person, *_signers(keys))


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
        raise Refusal("گذرواژهٔ خود را وارد کنید.", field="password")
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
