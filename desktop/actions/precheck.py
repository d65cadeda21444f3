"""«پیش‌بررسی»: what the records would say today, asked with a line and before any fee."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.actions.desk import Seat
from desktop.domain.identifiers import Plate
from desktop.domain.people import Party
from desktop.wire.payloads import PlateBody, PrecheckAnswer, PrecheckAsk


def precheck(
    seat: Seat,
    service: str,
    party: Party,
    code: str,
    plate: Plate | None,
    unchanged: str,
    answers: Mapping[str, str],
) -> PrecheckAnswer:
    """The centre's answer; it logs the question. Raises LineDown: the form works without."""
    return seat.desk.ask(
        "/v1/precheck",
        PrecheckAsk(
            service=service,
            actor=seat.staff.staff_id,
            applicant=party.kind.value,
            person_id=party.person_id,
            represented_id=party.represented_id,
            code=code,
            plate=PlateBody(section=plate.section, main=plate.main, sub=plate.sub)
            if plate
            else None,
            unchanged=unchanged,
            answers=dict(answers),
        ),
        PrecheckAnswer,
    )
