"""Who sits at the desk: the list of staff, signing in, and the password asked again."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.desk import Desk, Seat
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.keys import unwrap
from desktop.store import people
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


def sign_in(desk: Desk, name: str, password: str) -> Seat:
    """The person's seat; slow on purpose (Argon2id). Raises Refusal: name or password is wrong."""
    person = next((p for p in staff(desk) if p.name == name), None)
    if person is None:
        raise Refusal(_WRONG, field="password")
    try:
        key = _key(desk, person, password)
    except Refusal as no:
        # Which of the two was wrong is nobody's business.
        raise Refusal(_WRONG, field="password") from no
    return Seat(desk, person, lambda message: sign(key, message))


def confirm(seat: Seat, password: str) -> None:
    """The person's password once more, before a stamp, a void or a hand-over. Raises Refusal."""
    if not password:
        raise Refusal("گذرواژهٔ خود را وارد کنید.", field="password")
    _key(seat.desk, seat.staff, password)


def _key(desk: Desk, person: Staff, password: str) -> Ed25519PrivateKey:
    with desk.store.reading() as session:
        wrapped = people.wrapped_key(session, person.staff_id)
    if wrapped is None:
        raise Refusal("این کاربر در این رایانه معرفی نشده است.", field="password")
    return unwrap(wrapped, password)
