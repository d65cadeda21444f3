"""What contents of pages of delegations share: an act, a first day, what stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.handing_over import Choices
from desktop.domain.delegation import Delegation
from desktop.domain.persian import to_persian_digits
from desktop.ui.page import Shell
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.act_fields import SCAN, ActFields
from desktop.ui.palette import Tone
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.banner import Banner, ErrorList
from desktop.wire.publishing import WeighAnswer

MOST_TOLD = 4
"""So many sentences stand in one place; the others are counted."""


class PlanBody(Scroller):
    """All that is chosen and typed; `edited` comes as it changes, `day_changed` with the day."""

    edited = Signal()
    day_changed = Signal()
    no_day: ClassVar[str] = words.NO_DAY

    def __init__(self, shell: Shell) -> None:
        super().__init__(gap=8, margins=(12, 20, 12, 20), full=True)
        self.choices: Choices | None = None
        self.today = shell.today()
        self._day: date | None = None
        self.content_widget = QWidget()
        self.act = ActFields(shell, self.content_widget)
        self.since_line = DateLine(self.today, "future")
        self.since_field = FormField("از روز", self.since_line, key="since")
        self.errors = ErrorList()
        self.said = Banner("", "refuse")
        self.said.hide()
        self._earlier = Column(gap=0)
        self.column = Column(gap=8)
        self.column.addLayout(self._earlier)
        self.column.addWidget(self.errors)
        self.column.addWidget(self.said)
        self.content_widget.setLayout(self.column)
        self.content.addWidget(self.content_widget, 1)
        self.moves = EnterMoves(self.content_widget)
        self.since_field.edited.connect(self.day_edited)
        self.act.edited.connect(self.edited)

    # What a content says for itself.

    def first(self) -> QWidget:
        """Where work begins."""
        raise NotImplementedError

    def plan(self) -> list[Delegation]:
        """What would be signed; nothing while something of it lacks."""
        raise NotImplementedError

    def is_begun(self) -> bool:
        """Whether anything was chosen."""
        raise NotImplementedError

    def second_words(self) -> str:
        """What stands beside the title."""
        raise NotImplementedError

    def reasons(self) -> Mapping[str, str]:
        """What answers which doubts of the centre."""
        return {}

    def typed_fields(self) -> list[FormField]:
        """The fields that are typed into."""
        return [self.since_field, *self.act.fields]

    def typed_controls(self) -> list[tuple[str, Any, str]]:
        """All else that is chosen: key, input, words."""
        return [(SCAN, self.act.papers, "تصویر مصوبه")]

    def show_laid(self) -> None:
        """Something was laid in: show what goes with it."""
        self.act.tell_scan()
        self.day_edited()

    def restarted(self) -> None:
        """All was signed: empty, for another."""
        self.show_faults([])
        self.hush()
        self.act.tell_scan()

    def show_choices(self, choices: Choices, today: date) -> None:
        """Other choices; what is ticked stays."""
        self.choices, self.today = choices, today
        self.since_line.set_today(today)
        self.act.set_today(today)
        if choices.bodies:
            self.act.propose_body(choices.bodies[0])

    def show_plan(self) -> None:
        """What follows from what is chosen."""

    def set_narrow(self, narrow: bool) -> None:
        """Less room across."""

    def faults(self, today: date) -> list[tuple[str, str]]:
        """What is missing or can't be, in the order in which it is looked for."""
        raise NotImplementedError

    def targets(self) -> Mapping[str, QWidget]:
        """By the key of a fault, what has the keys then."""
        return {SCAN: self.act.scan, **{field.key: field for field in self.typed_fields()}}

    # What all share.

    def place_earlier(self, banner: QWidget) -> None:
        """Where it is said that something was typed before."""
        self._earlier.addWidget(banner)

    def since(self) -> date | None:
        """The first day."""
        return self.since_line.value()

    def is_of_day(self) -> bool:
        """Whether the choices are those of the day that stands there."""
        return self.choices is not None and self.choices.day == self.since()

    def day_edited(self) -> None:
        """A day was typed: what it brings is asked for anew."""
        self.since_field.set_error(None)
        self.edited.emit()
        if self.since() != self._day:
            self._day = self.since()
            self.day_changed.emit()

    def day_faults(self, today: date) -> list[tuple[str, str]]:
        """What is wrong with the first day."""
        since = self.since()
        if since is None:
            return [("since", self.since_line.fault() or self.no_day)]
        return [("since", words.NOT_TODAY)] if since <= today else []

    def show_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Each beside its cause; all of them on top where there are several."""
        by_key = dict(reversed(faults))
        for field in self.typed_fields():
            field.set_error(by_key.get(field.key))
        self.act.set_error(SCAN, by_key.get(SCAN))
        self.errors.set_errors(list(faults) if len(faults) > 1 else [])

    def show_weighed(self, found: WeighAnswer) -> None:
        """What the centre has against it, or doubts what nobody answered."""
        # Of an office's services each is hindered by the same.
        told = list(dict.fromkeys(each.words for each in found.hindrances))
        if not told:
            answered = tuple(self.reasons())
            told = [each.words for each in found.warnings if not each.mark.startswith(answered)]
        shown = " ".join(told[:MOST_TOLD])
        more = len(told) - MOST_TOLD
        if more > 0:
            shown += to_persian_digits(f" و {more} مورد دیگر.")
        self.said.set_words(shown)
        self.said.show()
        bring_into_sight(self.said)

    def hush(self) -> None:
        """Nothing was said by the centre of what stands there now."""
        self.said.hide()

    def go_to(self, key: str) -> None:
        """Give what the key names the keys."""
        target = self.targets().get(key)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            bring_into_sight(target)


def told_line(said: str, icon: str, tone: Tone) -> QWidget:
    """A sentence behind its icon."""
    line = QWidget()
    row = Row(gap=8)
    row.addWidget(IconLabel(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(said, wrap=True, middle=True), 1)
    line.setLayout(row)
    return line
