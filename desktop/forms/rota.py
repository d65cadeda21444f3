"""Inspectors' rounds as a file has them and as they are published: where, on which half-days."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from desktop.domain.calendar import TEHRAN, WEEKDAYS, parse_jalali
from desktop.domain.city import City
from desktop.domain.rota import Absence, Away, HalfDay, Inspector, Rota
from desktop.domain.staffing import StaffTerm
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.forms.faults import FaultyFile, FileFault, shape_faults, twice_faults
from desktop.forms.figures import Count, Day
from desktop.forms.lines import Lines
from desktop.forms.permits import Find
from desktop.forms.published_values import published_value
from desktop.forms.schema.base import Part, Text
from desktop.forms.syntax import syntax_fault

Weekday = Literal["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه"]
Half = Annotated[int, Field(ge=1, le=2)]


class AwayPart(Part):
    """Days, both ends in, on which he does not work."""

    first: Day
    last: Day


class RoundsPart(Part):
    """An inspector's rounds; of one who goes nowhere any more the districts are none.

    `visits` in a half-day, in all districts together; by 0 as many as the figures file says.
    """

    districts: list[Count]
    half_days: dict[Weekday, list[Half]]
    visits: Annotated[int, Field(ge=0)] = 0
    away: list[AwayPart] = []

    def value(self, staff_id: str, city: City) -> Inspector:
        """The rounds as the program knows them."""
        return Inspector(
            staff_id=staff_id,
            districts=frozenset(self.districts),
            half_days=frozenset(
                HalfDay(WEEKDAYS.index(day), half)
                for day, halves in self.half_days.items()
                for half in halves
            ),
            visits=self.visits or city.visits_per_half_day,
            away=tuple(
                Absence(parse_jalali(part.first), parse_jalali(part.last)) for part in self.away
            ),
        )


class InspectorPart(RoundsPart):
    """`[[inspector]]`: the rounds of the inspector of this name, or with this id."""

    who: Text


class RotaFile(Part):
    """The whole file."""

    inspector: Annotated[list[InspectorPart], Field(min_length=1)]


_TABLES: dict[str, type[Part]] = {
    "": RotaFile,
    "inspector": InspectorPart,
    "inspector.away": AwayPart,
}


def read_rota(text: str, name: str) -> Mapping[str, RoundsPart]:
    """The rounds in a rota file (TOML), by whose they are. Raises FaultyFile."""
    lines = Lines(text)
    faults = twice_faults(name, lines)
    try:
        data = tomllib.loads(lines.without(text) if faults else text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile([*faults, syntax_fault(name, text, str(error))]) from None
    try:
        file = RotaFile.model_validate(data)
    except ValidationError as error:
        raise FaultyFile([*faults, *shape_faults(name, lines, error.errors(), _TABLES)]) from None
    rounds: dict[str, RoundsPart] = {}
    for number, part in enumerate(file.inspector):
        place = ("inspector", number)
        if part.who in rounds:
            faults.append(FileFault(name, lines.of(place), part.who, "این مأمور دو بار آمده است."))
        for away in part.away:
            if parse_jalali(away.last) < parse_jalali(away.first):
                faults.append(FileFault(name, lines.of(place), part.who, _ORDER))
        rounds[part.who] = RoundsPart.model_validate(part.model_dump(exclude={"who"}))
    if faults:
        raise FaultyFile(faults)
    return rounds


_ORDER = "پایان یک مرخصی پیش از آغاز آن است."


def rota_of(
    texts: Mapping[str, str], city: City, away: Mapping[str, Sequence[Absence]] | None = None
) -> Rota:
    """The rota of the published texts, by the inspector's id; `away` is when each is absent."""
    inspectors = []
    for staff_id, text in sorted(texts.items()):
        inspector = RoundsPart.model_validate_json(text).value(staff_id, city)
        absent = (*inspector.away, *(away or {}).get(staff_id, ()))
        inspectors.append(replace(inspector, away=absent))
    return Rota(tuple(inspectors), city.calendar)


def absences(find: Find, aways: Iterable[str], staff_ids: Iterable[str], day: date) -> _Absences:
    """When each of these inspectors is absent, by what is published of him on the day.

    `aways` are the texts of absences in the order in which they were said: the last word on one
    counts, under whatever key. Leave, the days before and after his work, and a stop count as well.
    """
    found: dict[str, list[Absence]] = {staff_id: [] for staff_id in staff_ids}
    told = (published_value(Away, text) for text in aways)
    for (staff_id, absence), away in {(each.staff, each.absence): each for each in told}.items():
        if not away.withdrawn and staff_id in found:
            found[staff_id].append(absence)
    for staff_id, absent in found.items():
        absent += _by_terms(find, staff_id, day)
    return found


_Absences = Mapping[str, Sequence[Absence]]


def _by_terms(find: Find, staff_id: str, day: date) -> Iterator[Absence]:
    if (text := find(Topic.STAFF, staff_id, day)) is not None:
        term = published_value(StaffTerm, text)
        yield Absence(date.min, term.since - timedelta(days=1))
        yield from (Absence(leave.first, leave.last) for leave in term.leaves)
        if term.until is not None:
            yield Absence(term.until + timedelta(days=1), date.max)
    if (text := find(Topic.STOP, staff_id, day)) is not None:
        stop = published_value(Stop, text)
        until = stop.until.astimezone(TEHRAN).date() if stop.until is not None else date.max
        yield Absence(stop.since.astimezone(TEHRAN).date(), until)
