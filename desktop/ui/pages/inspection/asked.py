"""What a report asks: its fields, section by section, and the rows of violations."""

from __future__ import annotations

from datetime import date

from desktop.domain import measured
from desktop.domain.counter import CONDITIONS, STAGES, USES, VIOLATIONS
from desktop.domain.known import rows_of
from desktop.domain.lawful_reports import SIDE_KEYS
from desktop.domain.request import SeenViolation, VisitOpinion
from desktop.ui.pages.form.fields import WHOLE_ROW, Asked
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, NumberLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn
from desktop.ui.widgets.inputs.segments import Segments

SIDES = tuple(zip(SIDE_KEYS, measured.SIDES, strict=True))
MOST_VIOLATIONS = 20
_PLACES = 6


def asked_when(today: date, *, needs_place: bool) -> list[Asked]:
    """Presence and place; of what has no record the place is asked."""
    free = not needs_place
    return [
        Asked("day", "تاریخ بازدید", lambda: DateLine(today, "past")),
        Asked("time", "ساعت", lambda: TextLine(max_length=5, placeholder="ساعت:دقیقه")),
        Asked("present", "حاضرین", lambda: TextLine(max_length=120), 2),
        Asked("latitude", "عرض جغرافیایی", lambda: NumberLine(places=_PLACES), optional=free),
        Asked("longitude", "طول جغرافیایی", lambda: NumberLine(places=_PLACES), optional=free),
        Asked("place_reason", "توضیح مختصات", lambda: TextLine(max_length=200), 2),
    ]


def asked_sides() -> list[Asked]:
    """Row by row: by the deed, as measured, the bounds; a column a side."""
    return [
        *(
            Asked(f"deed.{key}", f"سند، {side}", lambda: NumberLine(unit="متر"), optional=True)
            for key, side in SIDES
        ),
        *(
            Asked(f"length.{key}", f"موجود، {side}", lambda: NumberLine(unit="متر"), optional=True)
            for key, side in SIDES
        ),
        *(
            Asked(f"bound.{key}", f"حد {side}", lambda: TextLine(max_length=80))
            for key, side in SIDES
        ),
    ]


def asked_plot() -> list[Asked]:
    """Of the whole plot, and of the lane."""
    return [
        Asked("land", "مساحت عرصه", lambda: NumberLine(unit="مترمربع"), 2),
        Asked("lane_width", "عرض گذر", lambda: NumberLine(unit="متر"), 2),
        Asked("advance", "پیشروی همسایه‌ها", lambda: NumberLine(unit="متر"), 2, optional=True),
    ]


def asked_building() -> list[Asked]:
    """What stands there, how far it has come, what it is used for."""
    return [
        Asked("condition", "وضعیت کنونی", lambda: Segments([*CONDITIONS.items()]), 2),
        Asked("stage", "مرحلهٔ ساخت", lambda: Segments([*STAGES.items()]), 2),
        Asked("built", "مساحت اعیان", lambda: NumberLine(unit="مترمربع")),
        Asked("floors", "طبقه‌ها", lambda: DigitsLine(2)),
        Asked("units", "واحدها", lambda: DigitsLine(3), optional=True),
        Asked("use", "کاربری وضع موجود", lambda: ListChoice([(use, use) for use in USES])),
    ]


def asked_photos() -> list[Asked]:
    """Why a picture is of another day."""
    label = "چرا عکس از روز دیگری است"
    return [Asked("photo_reason", label, lambda: TextLine(max_length=200), WHOLE_ROW)]


def asked_violations() -> list[Asked]:
    """A row for each violation, with its picture's number."""
    kinds = tuple((kind, kind) for kind in VIOLATIONS)
    columns = (
        TypedColumn("kind", "نوع", "choice", kinds),
        TypedColumn("floor", "طبقه", longest=30),
        TypedColumn("area", "متراژ", "number"),
        TypedColumn("words", "شرح"),
        TypedColumn("photo", "شمارهٔ عکس", "number"),
    )
    return [
        Asked(
            "violations", "تخلف‌ها", lambda: RowsInput(columns, MOST_VIOLATIONS), WHOLE_ROW,
            optional=True,
        ),
    ]  # fmt: skip


def asked_opinion() -> list[Asked]:
    """What the inspector thinks, and the result in words."""
    opinions = [(opinion.value, opinion.word) for opinion in VisitOpinion]
    return [
        Asked("opinion", "نظر", lambda: Segments(opinions), WHOLE_ROW),
        Asked("result", "نتیجه", lambda: Prose(lines=2, max_length=1000), WHOLE_ROW),
    ]


def violations_in(text: str) -> tuple[SeenViolation, ...]:
    """The rows as they were typed; of a photo that is no number 0."""
    found = []
    for row in rows_of(text) if text else []:
        photo, area = row.get("photo", ""), row.get("area", "")
        found.append(
            SeenViolation(
                row.get("kind", ""),
                row.get("floor", ""),
                f"{float(area):.2f}" if area.replace(".", "", 1).isdigit() else "",
                row.get("words", ""),
                int(photo) if photo.isdigit() else 0,
            )
        )
    return tuple(found)
