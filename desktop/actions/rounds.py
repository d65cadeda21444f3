"""Inspectors' rounds as a planner sees and changes them: from a day on, with two signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions import publishing
from desktop.actions.desk import Desk, Seat
from desktop.actions.municipal_data import SheetDraft
from desktop.chance import new_id
from desktop.domain.counter import Halves
from desktop.domain.people import Role
from desktop.domain.stream import Topic
from desktop.forms.rota import RoundsPart
from desktop.forms.rota_sheet import NOWHERE, read_rounds, rounds_lines, sheet_row
from desktop.store import people, published
from desktop.wire.canon import canon
from desktop.wire.publishing import DraftBody, ItemBody, PublicationBody


@dataclass(frozen=True)
class RoundsLook:
    """Who goes where on the day; `inspectors` are all that there are, (id, name) by name.

    `usual` is how many visits one makes in a half-day of whom nothing else is said.
    """

    day: date
    inspectors: tuple[tuple[str, str], ...]
    held: Mapping[str, RoundsPart]
    usual: int
    halves: Halves

    @property
    def rows(self) -> list[dict[str, str]]:
        """The sheet: a row for each who goes anywhere, in the order of the names."""
        return [
            sheet_row(staff, self.held[staff], self.usual)
            for staff, _ in self.inspectors
            if staff in self.held and self.held[staff].half_days
        ]


def look(desk: Desk, day: date) -> RoundsLook:
    """The rounds of the day, as this desk has heard. Raises Refusal before the first sync."""
    with desk.store.reading() as session:
        said = published.in_force(session, Topic.ROTA, day)
        names = {
            each.staff_id: each.name
            for each in people.everybody(session)
            if each.role is Role.INSPECTOR
        }
        city = desk.reference.city(session, day)
    held = {key: RoundsPart.model_validate_json(each.text) for key, each in said.items()}
    listed = {**{key: key for key in held}, **names}
    by_name = sorted(listed.items(), key=lambda each: (each[1], each[0]))
    return RoundsLook(day, tuple(by_name), held, city.visits_per_half_day, city.halves)


def draft(desk: Desk, rows: Sequence[Mapping[str, str]], day: date) -> SheetDraft:
    """The sheet's rounds from the day on, made ready to be signed: those that are other than held.

    An inspector whose row was taken out goes nowhere any more. Raises Refusals by row.
    """
    known = look(desk, day)
    typed = read_rounds(rows, known.held, known.usual)
    gone = {staff: NOWHERE for staff in known.held if staff not in typed}
    items = [
        ItemBody(key=staff, day=day, text=canon(rounds.model_dump(mode="json")))
        for staff, rounds in sorted({**typed, **gone}.items())
        if any(rounds_lines(known.held.get(staff), rounds, known.usual, known.halves))
    ]
    return SheetDraft(DraftBody(publication=new_id(), topic=Topic.ROTA, items=items))


def waiting(seat: Seat) -> list[PublicationBody]:
    """This planner's own that wait for a second signature. Raises LineDown, Refusal."""
    return [each for each in publishing.waiting(seat) if each.draft.topic is Topic.ROTA]
