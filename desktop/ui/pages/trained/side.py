"""Beside the table: what is missing before the nearest day, renewals, the chosen cell's people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import format_day_month
from desktop.domain.persian import to_persian_digits
from desktop.domain.readiness import BeginningDay, CellState, Matrix, OfficeRow, Renewal
from desktop.domain.service import Service
from desktop.domain.training import Training
from desktop.ui.pages.trained.words import lesson_words, name_of
from desktop.ui.standing.office_list import card_title
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.told.chip import Chip, ChipLook
from desktop.ui.widgets.told.progress import ThinBar

LISTED = 4
"""So many offices are named before the nearest day; the others are counted."""
UNNAMED = "نام متصدی پس از وصل شدن خط می‌آید"
_NOBODY = "متصدی ندارد"


class MatrixSide(QWidget):
    """`renewing` is pressed to see only the offices where somebody must renew."""

    renewing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=6, margins=(14, 16, 14, 16))
        outer = Column(gap=0)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("کمبود آموزش")
        self._shown: object = None

    def show_matrix(
        self,
        matrix: Matrix,
        names: Mapping[str, str],
        chosen: tuple[OfficeRow, Service] | None,
        records: Mapping[tuple[str, str], Training],
    ) -> None:
        """Show it; the same again leaves it as it is."""
        shown = (id(matrix), dict(names), chosen and (chosen[0].office_id, chosen[1].code))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        services = {service.code: service for service in matrix.services}
        if matrix.dues:
            self._due(matrix.dues[0], services, names, matrix.day)
        else:
            self._column.addWidget(panel_heading("واگذاری پیش رو"))
            self._say("همهٔ دفترها برای واگذاری‌های پیش رو آماده‌اند.")
        if not records:
            self._say("هنوز کسی درسی نگذرانده است.")
        for renewal in matrix.renewals[:2]:
            self._renewal(renewal)
        if chosen is not None:
            self._cell(*chosen, names, records)

    def _say(self, words: str) -> None:
        self._column.addWidget(Label(to_persian_digits(words), "small", "text2", wrap=True))

    def _due(
        self,
        due: BeginningDay,
        services: Mapping[str, Service],
        names: Mapping[str, str],
        today: date,
    ) -> None:
        left = (due.day - today).days
        head = Row(panel_heading(f"پیش از {format_day_month(due.day)}"), gap=8)
        words = "از فردا" if left == 1 else to_persian_digits(f"{left} روز مانده")
        head.addWidget(Label(words, "small", "text2"), 1)
        self._column.addLayout(head)
        card = Card(tone="pay" if due.lacking else "ok", gap=4)
        named = "، ".join(name_of(services[code]) for code in due.services if code in services)
        card.add(Label(to_persian_digits(f"{named} به {due.offices} دفتر"), weight=700, wrap=True))
        count = f"{due.ready} دفتر آماده است"
        count += f"، {len(due.lacking)} دفتر متصدی ندارد" if due.lacking else ""
        card.add(Label(to_persian_digits(count), "small", wrap=True))
        card.add(ThinBar(due.ready / max(1, due.offices)))
        self._column.addWidget(card)
        for row in due.lacking[:LISTED]:
            self._lacking(row, services, names)
        if len(due.lacking) > LISTED:
            self._say(f"و {len(due.lacking) - LISTED} دفتر دیگر")

    def _lacking(
        self, row: OfficeRow, services: Mapping[str, Service], names: Mapping[str, str]
    ) -> None:
        title = f"{to_persian_digits(row.card.code)}، {row.card.known_as}"
        self._column.addWidget(Label(title, weight=500, wrap=True))
        self._say(_people(row.people, names))
        at: dict[tuple[str, str], list[str]] = {}
        for code in row.lacking:
            for staff, lesson in row.cell(code).learning.items() if code in services else ():
                place = lesson_words(services[code], lesson)
                at.setdefault((staff, place), []).append(f"«{name_of(services[code])}»")
        for (staff, place), titles in at.items():
            self._say(f"{names.get(staff, UNNAMED)}: {place} در {'، '.join(titles)}")
        self._column.addWidget(Hairline())

    def _renewal(self, renewal: Renewal) -> None:
        service, until = renewal.service, format_day_month(renewal.by)
        self._column.addWidget(panel_heading(f"تا {until}: {name_of(service)}"))
        since = format_day_month(service.effective)
        self._say(
            f"نسخهٔ تازهٔ خدمت از {since} در کار است. {len(renewal.people)} متصدی باید درس تازه را "
            f"بگذرانند؛ پس از {until} خدمت برایشان بسته می‌شود."
        )
        link = Link(to_persian_digits(f"دیدن دفترهای این {len(renewal.people)} نفر"))
        link.clicked.connect(self.renewing)
        self._column.addWidget(link)

    def _cell(
        self,
        row: OfficeRow,
        service: Service,
        names: Mapping[str, str],
        records: Mapping[tuple[str, str], Training],
    ) -> None:
        cell = row.cell(service.code)
        head = Row(panel_heading(name_of(service)), gap=8)
        head.addWidget(Label(card_title(row.card), "small", "text2", elide=True), 1)
        self._column.addLayout(head)
        if cell.state is CellState.NONE:
            self._say("این خدمت به این دفتر واگذار نشده است.")
            return
        pairs = Pairs()
        for staff in row.people:
            name = names.get(staff, UNNAMED)
            record = records.get((staff, service.code))
            told = _record_words(record, trained=staff in cell.trained)
            if staff in cell.learning:
                told = f"{told}؛ {lesson_words(service, cell.learning[staff])}"
            pairs.add(name, told)
        self._column.addWidget(pairs)
        if not row.people:
            self._column.addWidget(Chip(ChipLook(_NOBODY, "alert-triangle", "pay")))


def _record_words(record: Training | None, *, trained: bool) -> str:
    if record is None:
        return "آموزش ندیده"
    words = f"{record.way.word}، {format_day_month(record.on)}"
    return words if trained else f"{words}؛ درس تازه لازم است"


def _people(staff: Sequence[str], names: Mapping[str, str]) -> str:
    if not staff:
        return "متصدی‌ای در این دفتر ثبت نشده است."
    known = [names[each] for each in staff if each in names]
    if not known:
        return f"{len(staff)} متصدی، هیچ‌یک آموزش ندیده است."
    return f"{'، '.join(known)}: آموزش ندیده"
