"""Whether a signed word is that of a person who may give it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre
from desktop.centre.hands import is_one_hand
from desktop.centre.people import ids_of, signer_at, staff_of
from desktop.centre.releasing import NOT_SIGNED
from desktop.centre.standing_in import as_one_of
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.ties import Tie
from desktop.forms.permits import hinders_person
from desktop.wire.assent import SHORTEST_REASON, Assent, Purpose, assented

PREPARERS = tuple(role for role in Role if role.prepares)
PLANNERS = tuple(role for role in Role if role.plans)
SIGNERS = tuple(role for role in Role if role.signs)
# What waits in a desk's outbox comes when the line does.
_QUEUED = frozenset({Purpose.LESSON})
_FRESH = timedelta(minutes=15)
_STALE = "این امضا از زمان دیگری است؛ دوباره امضا کنید."
KEEPERS = tuple(role for role in Role if role.keeps_accounts)


def demand(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    given: Assent,
    purpose: Purpose,
    subject: str,
    roles: Collection[Role],
) -> Staff:
    """The person whose word it is: of the device's own office, in one of the roles, signed now.

    Raises Refusal; also of a word of another day, which whoever has the desk could send once more.
    """
    person = session.get(PersonRow, given.actor)
    if person is None or person.office != device.office:
        raise Refusal("این کاربر در این میز ثبت نشده است.")
    allowed = as_one_of(session, centre, staff_of(person), roles)
    if allowed is None:
        words = "، ".join(role.word for role in roles)
        raise Refusal(f"این کار با {words} است.")
    if purpose not in _QUEUED and abs(centre.clock() - given.at) > _FRESH:
        raise Refusal(_STALE)
    moment = centre.clock()
    if hindered := hinders_person(centre.reference.finding(session), person.staff_id, moment):
        raise Refusal(hindered)
    said = assented(centre.identity.centre, purpose, subject, given.actor, given.reason, given.at)
    made_at = given.at if purpose in _QUEUED else None
    staff = signer_at(session, person, device, given.signature, said, made_at=made_at)
    if staff is None:
        raise Refusal(NOT_SIGNED)
    return replace(allowed, key=staff.key, release_key=staff.release_key, desk=staff.desk)


def another(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    given: Assent,
    purpose: Purpose,
    subject: str,
    roles: Collection[Role],
    *,
    first: str,
    key: str,
) -> Staff:
    """The second person: not `first` (a staff id), by whatever account, nor the holder of the first
    one's public key, nor anybody where one may have the keys of both.

    Raises Refusal.
    """
    person = demand(session, centre, device, given, purpose, subject, roles)
    if first in ids_of(session, person) or key == person.key:
        raise Refusal("امضای دوم باید از کس دیگری باشد.", field="second")
    if is_one_hand(session, (first, key), (person.staff_id, person.key)):
        raise Refusal(Tie.CODE.words, field="second")
    return person


def demand_reason(given: Assent) -> None:
    """Raise Refusal for a reason that says nothing."""
    if len(given.reason.strip()) < SHORTEST_REASON:
        shortest = to_persian_digits(SHORTEST_REASON)
        raise Refusal(f"دلیل را دست‌کم با {shortest} نویسه بنویسید.", field="reason")


def demand_reader(session: Session, centre: Centre, device: DeviceRow, actor: str) -> None:
    """Raise Refusal unless the asker prepares or signs what the municipality puts into force."""
    roles = municipal(session, centre, device, actor)
    if not any(role.prepares or role.signs for role in roles):
        raise Refusal("خدمت‌ها و داده‌های شهرداری از آنِ ناظر و کارشناس شهرداری است.")
