"""Who looks after the city's offices: the unit all of them, a manager his own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.standing_in import roles_of
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role

_OTHERS = "این دفتر از آنِ شما نیست."
_NOT_YOURS = "دفترهای شهر را ناظر، کارشناس و راهبر سامانه می‌بینند."


def demand_own_or_registrar(
    session: Session, centre: Centre, device: DeviceRow, actor: str, office: str
) -> None:
    """Raise Refusal unless the asker works at the office himself, or looks after it."""
    row = session.get(PersonRow, actor)
    if row is None or row.office != device.office or row.office != office:
        demand_registrar(session, centre, device, actor, office)


def demand_registrar(
    session: Session, centre: Centre, device: DeviceRow, actor: str, office: str
) -> None:
    """Raise Refusal unless the asker looks after all offices, or manages the one."""
    row = session.get(PersonRow, actor)
    if row is None or row.office != device.office:
        raise Refusal(_NOT_YOURS)
    if Role(row.role) is Role.MANAGER:
        if office != row.office:
            raise Refusal(_OTHERS)
        return
    roles = roles_of(session, centre, row)
    if not any(role.prepares or role.signs or role.keeps_accounts for role in roles):
        raise Refusal(_NOT_YOURS)
