"""Under the list: what the chosen person may stamp, and who of the office is away when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.people import Person, Staffing
from desktop.domain.cover import two_person_words
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.staffing import Authority, Leave
from desktop.ui.standing.staff import (
    group_words,
    grouped,
    held_authorities,
    leave_chip,
    leave_days,
    leave_deputy,
)
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear, let_lines_ask
from desktop.ui.widgets.told.chip import Chip

_OF_MANAGER = "مسئول دفتر نامه‌های همهٔ خدمت‌ها را مهر و تحویل می‌کند."
_NONE = "هنوز اختیاری ندارد؛ بدون آن نامه‌ای را مهر نمی‌کند."
_NO_LEAVE = "برای روزهای پیش رو مرخصی ثبت نشده است."


class AuthorityCard(Card):
    """تفویض اختیار: each group with when it holds; `given` asks for one more, `ended` for the end
    of a group (with its words)."""

    given = Signal()
    ended = Signal(object, str)

    def __init__(self) -> None:
        super().__init__("تفویض اختیار", " ")
        self.give = self.add_link("تفویض اختیار…")
        self.give.clicked.connect(self.given)
        self._rows = Column(gap=0)
        self.body.addLayout(self._rows)

    def show_person(self, person: Person, staffing: Staffing, *, may: bool) -> None:
        """What this person may stamp; `may` that it may be changed here now."""
        clear(self._rows)
        self.beside.setText(person.name)
        clerk = person.role is Role.CLERK
        self.give.setVisible(may and clerk)
        self.give.setAccessibleName(f"تفویض اختیار به {person.name}")
        if not clerk:
            self._rows.addWidget(Label(_OF_MANAGER, role="text2", wrap=True))
            return
        groups = grouped(held_authorities(person, staffing.today))
        for number, group in enumerate(groups):
            if number:
                self._rows.addWidget(Hairline())
            self._rows.addWidget(self._row(group, staffing, may=may))
        if not groups:
            self._rows.addWidget(Label(_NONE, role="text2", wrap=True))

    def _row(self, group: Sequence[Authority], staffing: Staffing, *, may: bool) -> QWidget:
        what, when = group_words(group, staffing)
        row = Row(gap=12)
        row.addWidget(Label(what, weight=500, wrap=True, middle=True), 3)
        row.addWidget(Label(when, role="text2", wrap=True, middle=True), 2)
        if may:
            end = Link("پایان دادن…")
            end.setAccessibleName(f"پایان دادن به {what}")
            end.clicked.connect(lambda: self.ended.emit(list(group), what))
            row.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        return _line(row)


class SignersCard(Card):
    """Who signs the municipality's papers to the offices, and who in his place; `changed` (paper).

    What is put into force takes two of the municipality besides.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__("امضای نامه به دفترها", " ")
        self._rows = Column(gap=0)
        self.body.addLayout(self._rows)

    def show_signers(self, staffing: Staffing, *, may: bool) -> None:
        """Each paper with its signer and deputy; `may` that they may be changed here now."""
        clear(self._rows)
        signers = [each for each in staffing.of(MUNICIPALITY) if each.role.signs and each.came]
        count = to_persian_digits(f"{len(signers)} نفر امضای دوم می‌دهند")
        self.beside.setText(count)
        for number, (paper, signer) in enumerate(staffing.signers.items()):
            if number:
                self._rows.addWidget(Hairline())
            row = Row(gap=12)
            row.addWidget(Label(paper.word, weight=500, wrap=True, middle=True), 2)
            who = "، ".join(part for part in (signer.name, signer.title) if part)
            row.addWidget(Label(who, wrap=True, middle=True), 4)
            deputy = f"جانشین: {signer.deputy}" if signer.deputy else "جانشین ندارد"
            deputy += "، امضا با اوست" if signer.acting else ""
            row.addWidget(Label(deputy, role="text2", wrap=True, middle=True), 2)
            if may:
                change = Link("تغییر…")
                change.setAccessibleName(f"تغییر امضاکنندهٔ {paper.word}")
                change.clicked.connect(lambda _=False, paper=paper: self.changed.emit(paper))
                row.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
            self._rows.addWidget(_line(row))


class LeaveCard(Card):
    """مرخصی و جانشین of the office, and what the rule of two persons comes to today.

    `wanted` asks for one of the chosen person, `dropped` to take one back (person, leave).
    """

    wanted = Signal()
    dropped = Signal(object, object)

    def __init__(self) -> None:
        super().__init__("مرخصی و جانشین", " ")
        self.register = self.add_link("ثبت مرخصی…")
        self.register.clicked.connect(self.wanted)
        self._rows = Column(gap=0)
        self.body.addLayout(self._rows)
        self._rule = Label("", "small", "text2", wrap=True)
        rule = Row(gap=6)
        rule.addWidget(IconLabel("users", 16, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        rule.addWidget(self._rule, 1)
        self._foot = QWidget()
        foot = Column(Hairline(), gap=6)
        foot.addLayout(rule)
        self._foot.setLayout(foot)
        let_lines_ask(self._foot)
        self.add(self._foot)

    def show_office(self, person: Person, staffing: Staffing, *, may: bool) -> None:
        """The leaves of the person's office that are not over."""
        clear(self._rows)
        self.register.setVisible(may)
        self.register.setAccessibleName(f"ثبت مرخصی {person.name}")
        found = [
            (each, leave)
            for each in staffing.of(person.office)
            for leave in each.base().leaves
            if leave.last >= staffing.today
        ]
        found.sort(key=lambda one: (one[1].first, one[0].name))
        for number, (each, leave) in enumerate(found):
            if number:
                self._rows.addWidget(Hairline())
            self._rows.addWidget(self._row(each, leave, staffing, may=may))
        if not found:
            self._rows.addWidget(Label(_NO_LEAVE, role="text2", wrap=True))
        counter = not person.role.is_municipal
        words = two_person_words(staffing.workers(person.office), staffing.today)
        self._rule.setText(words if counter else "")
        self._foot.setVisible(counter)

    def _row(self, person: Person, leave: Leave, staffing: Staffing, *, may: bool) -> QWidget:
        row = Row(gap=12)
        row.addWidget(Label(person.name, weight=500, wrap=True, middle=True), 2)
        row.addWidget(Label(leave_days(leave), wrap=True, middle=True), 3)
        deputy = leave_deputy(person, leave, staffing)
        row.addWidget(Label(deputy, role="text2", wrap=True, middle=True), 4)
        row.addWidget(Chip(leave_chip(leave, staffing.today)))
        if may:
            drop = Link("برداشتن…")
            drop.setAccessibleName(f"برداشتن مرخصی {person.name}، {leave_days(leave)}")
            drop.clicked.connect(lambda: self.dropped.emit(person, leave))
            row.addWidget(drop, 0, Qt.AlignmentFlag.AlignVCenter)
        return _line(row)


def _line(row: Row) -> QWidget:
    row.set_margins((3, 0, 3, 0))
    line = QWidget()
    line.setLayout(row)
    let_lines_ask(line)
    return line
