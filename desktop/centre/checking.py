"""Tells a desk that writes a service file what is wrong with it, and how its examples come out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.examining import examined
from desktop.centre.tables import DeviceRow
from desktop.wire.services import CheckAnswer, ExampleBody, FaultBody, ServiceAsk


def check(
    session: Session, centre: Centre, device: DeviceRow, ask: ServiceAsk, at: datetime
) -> CheckAnswer:
    """The file as it is written, checked for its day with the city's data of that day.

    Raises Refusal for who neither prepares nor signs.
    """
    demand_reader(session, centre, device, ask.actor)
    looked = max(ask.day, day_of(at))
    city = centre.reference.city(session, looked)
    found = examined(ask.text, ask.name, city, ask.day, centre.reference.services(session, looked))
    service = found.service
    return CheckAnswer(
        code=service.code if service else "",
        title=service.title if service else "",
        faults=[
            FaultBody(line=fault.line, key=fault.key, words=fault.advice) for fault in found.faults
        ],
        examples=[
            ExampleBody.model_validate({**asdict(each), "gates": list(each.gates)})
            for each in found.examples
        ],
    )
