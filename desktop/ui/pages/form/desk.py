"""What the case form needs of the desk before it can be drawn."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop.actions import drafts, intake
from desktop.actions.desk import Seat
from desktop.actions.drafts import Draft
from desktop.domain.calendar import TEHRAN
from desktop.domain.enforcement import Barred
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.pages.form.property import CODE


@dataclass(frozen=True)
class Loaded:
    """The service in force today, its fee in Rial, every service's title.

    `promise` gives the promised day for a form's conditions, `before` is the version that the draft
    was typed into, where that is another one and is here; `barred` tells why no request of it is
    taken here, or soon will not be.
    """

    service: Service
    fee: int
    today: date
    promise: Callable[[Mapping[str, str]], date]
    titles: Mapping[str, str]
    draft: Draft | None
    before: Service | None = None
    barred: tuple[Barred, ...] = ()

    @property
    def elsewhere(self) -> Barred | None:
        """Why another office is to be asked today; None where this one may take it."""
        return next((each for each in self.barred if each.sends_on(self.today)), None)


def load(seat: Seat, code: str, draft_id: str) -> Loaded:
    """What the form of a service needs. Raises Refusal when the counter does not offer it."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
    services, city = intake.services(desk), intake.figures(desk)
    service = services.get(code)
    if service is None:
        raise Refusal("این خدمت امروز در پیشخوان ارائه نمی‌شود.")
    draft = drafts.open_draft(desk, draft_id) if draft_id else None
    return Loaded(
        service=service,
        fee=intake.office_fee(city, service),
        today=today,
        promise=partial(intake.promise, city, service, today),
        titles={each.code: each.title for each in services.values()},
        draft=draft,
        before=_typed_into(seat, draft, service) if draft is not None else None,
        barred=intake.barred_of(seat, code),
    )


def sent_on(service: str, code: str, why: str = "") -> places.Nearest:
    """Where other offices for the service are found, near to the property if its code is known."""
    way = "code" if code else "neighbourhood"
    return places.Nearest(service, way, code, why=why)


def kept_code(draft: Draft) -> str:
    """The renewal code as it was typed into a draft; empty where none was."""
    return str(json.loads(draft.body).get("property", {}).get(CODE, ""))


def _typed_into(seat: Seat, draft: Draft, now: Service) -> Service | None:
    """The version that a draft was typed into; older drafts tell only their day."""
    desk, version = seat.desk, json.loads(draft.body).get("version", "")
    if version == now.version:
        return now
    with desk.store.reading() as session:
        if not version:
            day = draft.updated_at.astimezone(TEHRAN).date()
            return desk.reference.services(session, day).get(now.code)
        try:
            return desk.reference.service(session, now.code, version)
        except Refusal:
            return None
