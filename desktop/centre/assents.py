"""Whether a signed word is that of a person who may give it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from desktop.centre.people import staff_of
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.wire.assent import Assent, Purpose, assented
from desktop.wire.link import verifies


def demand(
    session: Session,
    device: DeviceRow,
    given: Assent,
    purpose: Purpose,
    subject: str,
    roles: Collection[Role],
) -> Staff:
    """The person whose word it is: of the device's own office, of one of the roles, signed.

    Raises Refusal.
    """
    person = session.get(PersonRow, given.actor)
    if person is None or person.office != device.office:
        raise Refusal("این کاربر در این میز ثبت نشده است.")
    if Role(person.role) not in roles:
        words = "، ".join(role.word for role in roles)
        raise Refusal(f"این کار با {words} است.")
    said = assented(purpose, subject, given.actor, given.reason, given.at)
    if not verifies(person.key, given.signature, said):
        raise Refusal("امضای شخصی این کار درست نیست؛ دوباره با گذرواژه انجام دهید.")
    return staff_of(person, device.desk)
