"""Where request, records and visit say another thing of a property: a row for each such value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.case import Case
from desktop.domain.form import ServiceField
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.record_sheet import NONE, area_words
from desktop.domain.request import VisitReport
from desktop.domain.service import Service
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid
from desktop.wire.reviewing import ReviewFileAnswer

_TITLES = ("", "درخواست", "سوابق", "بازدید")
_COMPARED = {
    "land": "عرصه",
    "built": "اعیان",
    "floors": "طبقه",
    "units": "واحد",
    "use": "کاربری",
}
"""By its path in the record, what each of the three may say; what it is called."""
_AREAS = ("land", "built")
_NOTHING = "ندارد"


@dataclass(frozen=True)
class Difference:
    """A value as each has it, in words; `NONE` of who says nothing of it."""

    label: str
    request: str
    record: str
    visit: str


def differences(case: Case, service: Service | None, file: ReviewFileAnswer) -> list[Difference]:
    """The values of which two of the three say another thing."""
    said = {field.record: case.request.answers.get(field.key, "") for field in _filled(service)}
    recorded = {each.key: each.value for section in file.sections for each in section.values}
    seen = _seen(case.report)
    found = []
    for key, label in _COMPARED.items():
        told = (_words(key, said), recorded.get(key, NONE), _words(key, seen))
        if len({fold(words) for words in told if words != NONE}) > 1:
            found.append(Difference(label, *told))
    return found


def _filled(service: Service | None) -> Sequence[ServiceField]:
    return [field for field in service.fields if field.record] if service else []


def _seen(report: VisitReport | None) -> Mapping[str, str]:
    if report is None:
        return {}
    floors, units = report.counts
    return {
        "land": report.land,
        "built": report.built,
        "floors": "" if floors is None else str(floors),
        "units": "" if units is None else str(units),
        "use": report.use,
    }


def _words(key: str, said: Mapping[str, str]) -> str:
    text = said.get(key, "")
    if not text or key not in _AREAS:
        return to_persian_digits(text) or NONE
    return area_words(Decimal(text)) if Decimal(text) else _NOTHING


class DifferencesCard(Card):
    """«تفاوت‌ها»: three columns beside the name of each value."""

    def __init__(self, rows: Sequence[Difference]) -> None:
        super().__init__("تفاوت‌ها", "آنچه درخواست، سوابق و بازدید یکسان نمی‌گویند")
        grid = Grid(len(_TITLES), minimum=0)
        cells = [Label(words, "small", "text2", 500) for words in _TITLES]
        for row in rows:
            told = (row.request, row.record, row.visit)
            cells.append(Label(row.label, "small", "text2"))
            cells += [Label(words, weight=500, wrap=True) for words in told]
        grid.put([(cell, 1) for cell in cells])
        self.body.addLayout(grid)
