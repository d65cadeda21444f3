"""Beside an objection: who objects, to which property, and the case that it is about."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.domain.facts import ObjectionLaid
from desktop.domain.identifiers import mask_id, phone_words
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.ui.standing.chips import chip_of_state
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.layouts import Column, Hairline, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import Chip
from desktop.wire.objections import FirstBody, RecordBody


class ObjectionSide(QWidget):
    """`opened` asks for the first case."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=8)
        outer = Column(gap=8, margins=(14, 16, 14, 16))
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("معترض، ملک و پروندهٔ نخست")

    def show_objection(
        self,
        case: Case,
        laid: ObjectionLaid,
        record: RecordBody | None,
        first: FirstBody | None,
        services: dict[str, Service],
    ) -> None:
        """Tell them."""
        clear(self._column)
        self._column.addWidget(panel_heading("معترض"))
        self._column.addWidget(_objector(case, laid))
        self._column.addWidget(Hairline())
        self._column.addWidget(panel_heading("ملک"))
        self._column.addWidget(_property(case, record))
        if first is not None:
            self._column.addWidget(Hairline())
            self._column.addWidget(panel_heading("پروندهٔ نخست"))
            self._column.addWidget(self._first(first, services))
            self._column.addWidget(Banner(laid.contested.stayed, "neutral", icon="lock"))

    def _first(self, first: FirstBody, services: dict[str, Service]) -> QWidget:
        service = services.get(first.service)
        pairs = Pairs()
        pairs.add("خدمت", service.short if service is not None else first.service, weight=500)
        pairs.add("کد رهگیری", whole_code(first.tracking))
        if first.letter:
            pairs.add("نامه", isolate(to_persian_digits(first.letter)))
        if first.amount:
            pairs.add("مبلغ", format_rial(first.amount), weight=500)
        link = Link("باز کردن پرونده")
        link.clicked.connect(lambda: self.opened.emit(first.case_id))
        chip = Chip(chip_of_state(State(first.state)))
        held = QWidget()
        held.setLayout(Column(pairs, chip, link, gap=6))
        return held


def _objector(case: Case, laid: ObjectionLaid) -> Pairs:
    party = case.request.party
    pairs = Pairs()
    pairs.add("نام", to_persian_digits(party.name), weight=500)
    stands = "در سوابق مالک نیست" if laid.stranger else party.kind.word
    pairs.add("سمت", stands, role="pay" if laid.stranger else "text")
    if party.person_id:
        pairs.add("کد ملی", isolate(mask_id(party.person_id)))
    if party.mobile:
        pairs.add("همراه", phone_words(party.mobile))
    return pairs


def _property(case: Case, record: RecordBody | None) -> Pairs:
    pairs = Pairs()
    code = record.code if record is not None else case.request.code
    pairs.add("کد نوسازی", isolate(to_persian_digits(code)))
    if record is None:
        pairs.add("سابقه", "ثبت نشده است", role="pay")
        return pairs
    if record.plate:
        pairs.add("پلاک ثبتی", record.plate)
    if record.address:
        pairs.add("نشانی", to_persian_digits(record.address))
    return pairs
