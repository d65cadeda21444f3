"""The side panel of a case page: applicant, property, payments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.board import QueueCase
from desktop.domain.case import Case, what_of
from desktop.domain.counter import FEES
from desktop.domain.identifiers import mask_id, phone_words
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.forms.values import with_unit
from desktop.ui.standing.chips import chip_of
from desktop.ui.standing.lines import short_number
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading

# Answers that name the property, by the path of the record that fills them.
_OF_PROPERTY = ("address", "land", "built")


class CaseSide(QWidget):
    """Who asks and for which property.

    `others` asks for the property's other cases, `opened` for one that is linked to this one.
    """

    others = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._number = Column(gap=8)
        self._column = Column(gap=8)
        outer = Column(gap=8, margins=(14, 16, 14, 16))
        outer.addLayout(self._number)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("متقاضی و ملک")
        self._column.addWidget(Label("پرونده هنوز نیامده است.", role="text2", wrap=True))

    def show_number(self, told: Sequence[tuple[str, str]]) -> None:
        """Label and words of what tells the case apart, above all else; nothing hides it."""
        clear(self._number)
        if not told:
            return
        pairs = Pairs()
        for label, words in told:
            if words:
                pairs.add(label, words, weight=500)
        self._number.addWidget(panel_heading("پرونده"))
        self._number.addWidget(pairs)
        self._number.addWidget(Hairline())

    def show_case(
        self,
        case: Case,
        service: Service | None,
        others: int = 0,
        linked: Sequence[QueueCase] = (),
    ) -> None:
        """Tell the case; `others` are the office's other cases of the property.

        `linked` are those that it was opened from, or that were opened from it.
        """
        clear(self._column)
        self._column.addWidget(panel_heading("متقاضی"))
        self._column.addWidget(_applicant(case))
        if case.request.code or case.request.plate:
            self._column.addWidget(Hairline())
            self._column.addWidget(panel_heading("ملک"))
            self._column.addWidget(self._property(case, service, others))
        if linked:
            self._column.addWidget(Hairline())
            self._column.addWidget(panel_heading("پروندهٔ پیوسته"))
            self._column.addWidget(self._linked(linked))
        for heading, sums in _payments(case):
            self._column.addWidget(Hairline())
            self._column.addWidget(panel_heading(heading))
            self._column.addWidget(sums)

    def _linked(self, linked: Sequence[QueueCase]) -> Pairs:
        pairs = Pairs()
        for other in linked:
            link = pairs.add_link(
                chip_of(other.status, unsettled=other.provisional).words,
                short_number(other.tracking),
            )
            link.clicked.connect(lambda _=False, to=other.case_id: self.opened.emit(to))
        return pairs

    def _property(self, case: Case, service: Service | None, others: int) -> Pairs:
        request = case.request
        pairs = Pairs()
        if request.code:
            pairs.add("کد نوسازی", isolate(to_persian_digits(request.code)))
        if request.plate is not None:
            pairs.add("پلاک ثبتی", request.plate.words)
        for field in service.fields if service else ():
            value = request.answers.get(field.key, "")
            if value and (field.record in _OF_PROPERTY or field.key in _OF_PROPERTY):
                pairs.add(field.label, with_unit(field, value))
        if others:
            words = to_persian_digits(f"{others} پروندهٔ دیگر")
            link = pairs.add_link("همین ملک", words)
            link.clicked.connect(lambda: self.others.emit(request.code))
        return pairs


_PAID, _BACK, _UNPAID = "پرداخت‌شده", "بازگردانده‌شده", "پرداخت‌نشده"


def _applicant(case: Case) -> Pairs:
    party = case.request.party
    pairs = Pairs()
    pairs.add("نام", to_persian_digits(party.name), weight=500)
    pairs.add("سمت", party.kind.word)
    if party.represented_name:
        pairs.add("از سوی", to_persian_digits(party.represented_name))
    person = party.person_id or party.carrier_id
    if person:
        own = "شناسهٔ ملی" if len(person) == 11 else "کد ملی"
        pairs.add(own if party.person_id else "کد ملی آورنده", isolate(mask_id(person)))
    if party.mobile:
        pairs.add("همراه", phone_words(party.mobile))
    return pairs


def _payments(case: Case) -> list[tuple[str, Pairs]]:
    """What is paid, what was given back and what is not paid, each under its own heading."""
    ended = case.state is State.WITHDRAWN
    back = {what_of(case, mark) for mark in case.refunded}
    sums = [
        (FEES[fee], amount, _BACK if fee in back else _PAID if fee in case.fees_paid else _UNPAID)
        for fee, amount in case.fees_due.items()
        if fee in case.fees_paid or not ended
    ]
    sums += [(o.name, o.amount, _PAID if o.key in case.paid else _UNPAID) for o in case.sums]
    found = []
    for heading in (_PAID, _BACK, _UNPAID):
        pairs = Pairs()
        mine = [(title, amount) for title, amount, under in sums if under == heading]
        for title, amount in mine:
            pairs.add(title, format_rial(amount), role="pay" if heading == _UNPAID else "text")
        if mine:
            found.append((heading, pairs))
    return found
