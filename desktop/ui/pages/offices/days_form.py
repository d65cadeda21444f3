"""Days on which many offices keep hours of their own: chosen together, signed in one draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import access, special_hours
from desktop.actions.desk import Seat
from desktop.actions.handing_over import Choices
from desktop.actions.office_list import Registry
from desktop.domain.group_hours import GroupPlan, plan
from desktop.domain.office_words import days_words, some_offices, special_words
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.delegation.body import ALL_OF_THEM, TwoWays
from desktop.ui.pages.delegation.cards import OfficesCard
from desktop.ui.pages.delegation.planning import MOST_TOLD, told_line
from desktop.ui.pages.office.days_form import DaysSetForm
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear

_NO_OFFICE = "دفترها را برگزینید."
_HINDERED = "دفترهایی را که این روزها برایشان ثبت نمی‌شود کنار بگذارید."
_NO_CHOICE = "بگویید ساعت خود این دفترها بماند یا عوض شود."
_OWN = "در این روزها ساعت ویژهٔ خود را دارند:"
_KEPT = "ساعت خودشان بماند"
_REPLACED, _CLEARED = "این ساعت جای آن را بگیرد", "آن هم برداشته شود"
_WAITS = "ساعت کار {} در {} دفتر منتظر امضای دوم است."


class GroupDaysForm(DaysSetForm):
    """Offices, days, hours; what some of them have then already is shown, and kept or replaced."""

    name = "offices-days"

    def __init__(self, known: Registry, today: date) -> None:
        super().__init__("روزهای ویژهٔ چند دفتر", "با امضای نفر دوم", today)
        self._known = known
        self._hindered: Sequence[str] = ()
        self.offices = OfficesCard(1)
        self.offices.show_choices(Choices(today, known.cards, {}, {}, {}, calendar=known.calendar))
        self.column.insertWidget(self.column.indexOf(self.card), self.offices)
        self.put_days(self._own_card(), self._hindered_card())
        kept: tuple[tuple[str, Any, str], ...] = (
            ("offices_search", self.offices.search, "کد یا نام دفتر"),
            ("way", self.offices.way, "گزینش دفترها"),
            ("district", self.offices.district, "منطقه"),
            ("offices", self.offices.picks, "دفترها"),
            ("ways", self.ways, "ساعت خود دفترها"),
        )
        for key, control, words in kept:
            self.typed.know(key, control, words)
        self.offices.edited.connect(self._plan)
        for field in (self.first_day, self.last_day, self.state, self.times, self.shut_too):
            field.edited.connect(self._plan)

    def _own_card(self) -> QWidget:
        self.own = Card(tone="pay", gap=4)
        self.own.add(Label(_OWN, weight=700, wrap=True))
        self._own_lines = Column(gap=2)
        self.own.body.addLayout(self._own_lines)
        self.ways = TwoWays()
        self.ways.edited.connect(lambda: self._tell_way(""))
        self.own.add(self.ways)
        self._way_fault = Label("", "small", "refuse", wrap=True)
        self._way_fault.hide()
        self.own.add(self._way_fault)
        self.own.hide()
        return self.own

    def _hindered_card(self) -> QWidget:
        self.hindered = Card(tone="refuse", gap=4)
        self._hindered_lines = Column(gap=2)
        self.without = Link("کنار گذاشتن")
        self.without.setAccessibleName("کنار گذاشتن این دفترها")
        self.without.clicked.connect(lambda: self.offices.take_out(self._hindered))
        row = Row(IconLabel("ban", 16, "refuse"), gap=8)
        row.addLayout(self._hindered_lines, 1)
        row.addWidget(self.without, 0, Qt.AlignmentFlag.AlignTop)
        self.hindered.body.addLayout(row)
        self.hindered.hide()
        return self.hindered

    def first(self) -> QWidget:
        """The offices: there it begins."""
        return self.offices.way

    def arrange_typed(self) -> None:
        """What goes with what was typed, or laid in."""
        super().arrange_typed()
        self.offices.show_way()
        self._plan()

    # What it comes to.

    def planned(self) -> GroupPlan | None:
        """What it comes to for the offices that are ticked; None before the days are whole."""
        if super().faults():
            return None
        keeps = self.ways.value() == ALL_OF_THEM
        asked, offices = self.days_set(), self.offices.chosen()
        return plan(self._known.last, offices, asked, self._today, keeps=keeps)

    def _plan(self) -> None:
        """Show who has hours of his own then, and for whom nothing can be set."""
        planned = self.planned()
        own = planned.own if planned is not None else {}
        self._hindered = tuple(planned.hindered) if planned is not None else ()
        self.own.setVisible(bool(own))
        self.hindered.setVisible(bool(self._hindered))
        if planned is None:
            return
        clear(self._own_lines)
        for line in self._own_words(planned):
            self._own_lines.addWidget(told_line(line, "calendar-event", "pay"))
        self.ways.say(_KEPT, _REPLACED if planned.asked.spans is not None else _CLEARED)
        clear(self._hindered_lines)
        for words, codes in _by_words(planned).items():
            self._hindered_lines.addWidget(Label(f"{some_offices(codes)}: {words}.", wrap=True))

    @staticmethod
    def _own_words(planned: GroupPlan) -> list[str]:
        told = []
        for office, days in [*planned.own.items()][:MOST_TOLD]:
            hours = "؛ ".join(f"{on}، {spans}" for on, spans in special_words(days, date.min))
            told.append(f"{some_offices([planned.last[office].card.code])}: {hours}")
        left = len(planned.own) - MOST_TOLD
        return [*told, *([to_persian_digits(f"و {left} دفتر دیگر")] if left > 0 else [])]

    # Signing.

    def faults(self) -> Faults:
        """No office, days that can't be, offices that are hindered, own hours left open."""
        found: Faults = [] if self.offices.chosen() else [("offices", _NO_OFFICE)]
        found += super().faults()
        if self._hindered:
            found.append(("hindered", _HINDERED))
        if not self.own.isHidden() and not self.ways.value():
            found.append(("ways", _NO_CHOICE))
        return found + self.password_fault()

    def show_faults(self, faults: Faults) -> None:
        """Each beside its cause."""
        super().show_faults(faults)
        by_key: Mapping[str, str] = dict(reversed(faults))
        self.offices.set_error(by_key.get("offices"))
        self._tell_way(by_key.get("ways", ""))
        if set(by_key) <= {"offices", "ways", *self.fields}:
            self.banner.hide()

    def _tell_way(self, words: str) -> None:
        self._way_fault.setText(words)
        self._way_fault.setVisible(bool(words))

    def go_to(self, key: str) -> None:
        """Give what the key names the keys."""
        places: Mapping[str, QWidget] = {
            "offices": self.offices.picks,
            "hindered": self.without,
            "ways": self.ways,
        }
        if key in places:
            places[key].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().go_to(key)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put the cards of all of them forward with these days."""
        planned = self.planned()
        assert planned is not None
        today, calendar = self._today, self._known.calendar
        reason, password = str(self.reason.value()), str(self.password.value())

        def do() -> None:
            access.confirm(seat, password)
            # Of thousands of offices: not on the window's thread.
            draft = special_hours.draft(planned, today, calendar)
            special_hours.put_forward(seat, draft, reason)
            days = days_words(planned.asked.first, planned.asked.last)
            self.publication = draft.publication
            self.done = _WAITS.format(days, to_persian_digits(len(draft.items)))

        return do


def _by_words(planned: GroupPlan) -> dict[str, list[str]]:
    """By what hinders them, the codes of the offices."""
    found: dict[str, list[str]] = {}
    for office, words in planned.hindered.items():
        found.setdefault(words, []).append(planned.last[office].card.code)
    return found
