"""Who may ask at a device, and that it is kept who read what and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.centre.people import of_office
from desktop.centre.tables import DeviceRow, ReadingRow
from desktop.chance import new_id
from desktop.domain.errors import Refusal
from desktop.wire.link import SignedRequest
from desktop.wire.payloads import Body

# What a question is about, where it says so; never what was searched for, which may be a person.
_ABOUT = (
    "case_id", "sha256", "office", "state", "service", "district", "day", "days", "code", "version",
    "publication", "export_id",
)  # fmt: skip
_LONGEST = 200


def is_persons(ask: Body) -> bool:
    """Whether a person asks; what a desk asks by itself is nobody's reading."""
    return hasattr(ask, "actor")


def demand_own(session: Session, device: DeviceRow, ask: Body) -> None:
    """Raise Refusal unless the person who asks, if one does, is of the device's own office.

    What they may be told is for who answers.
    """
    if is_persons(ask) and getattr(ask, "actor", "") not in of_office(session, device.office):
        raise Refusal("این کاربر در این دفتر ثبت نشده است.")


def keep(session: Session, request: SignedRequest, ask: Body, at: datetime) -> None:
    """Keep that the person read what was asked for."""
    said = (str(getattr(ask, name, "")) for name in _ABOUT)
    session.execute(
        insert(ReadingRow).values(
            reading_id=new_id(),
            read_at=at,
            device_id=request.device_id,
            actor=getattr(ask, "actor", ""),
            call=request.path,
            about=" ".join(part for part in said if part)[:_LONGEST],
        )
    )
