"""Where the inspector goes and whom to call: over the report, and while its day is to come."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.domain.case import Case
from desktop.domain.identifiers import phone_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.standing.lines import NOTHING
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.lists.pairs import Pairs

_NAMES = 96


class VisitPlace(Card):
    """محل بازدید: address, codes, the citizen and who will be there."""

    def __init__(self, case: Case, address: str, *, narrow: bool = False) -> None:
        super().__init__("محل بازدید", " ", gap=4)
        self.setAccessibleName("محل بازدید")
        request, party = case.request, case.request.party
        place, people = Pairs(names=_NAMES), Pairs(names=_NAMES)
        place.add("نشانی", to_persian_digits(address) or NOTHING, weight=500)
        if request.code:
            place.add("کد نوسازی", isolate(to_persian_digits(request.code)))
        if request.plate is not None:
            place.add("پلاک ثبتی", request.plate.words)
        if case.visit_for:
            place.add("خواستهٔ واحد", to_persian_digits(case.visit_for), weight=500)
        people.add("متقاضی", to_persian_digits(party.name))
        if party.mobile:
            people.add("همراه متقاضی", phone_words(party.mobile), weight=500)
        if case.attending:
            told = [to_persian_digits(case.attending)]
            if case.attending_mobile and case.attending_mobile != party.mobile:
                told.append(phone_words(case.attending_mobile))
            people.add("حاضر در محل", "، ".join(told))
        if narrow:
            self.add(place)
            self.add(people)
            return
        row = Row(gap=36)
        for part in (place, people):
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
