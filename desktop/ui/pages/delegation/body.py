"""The content of «واگذاری خدمت»: services × offices, term and act, what they have, what lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QButtonGroup, QWidget

from desktop.actions.delegations import handed_over
from desktop.actions.handing_over import HOLIDAY, LICENCE, MOST, UNTRAINED, Choices
from desktop.domain.calendar import format_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.money import format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.page import Shell
from desktop.ui.pages.acts.signed_form import SHORT_REASON, is_short
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.cards import OfficesCard, ServicesCard
from desktop.ui.pages.delegation.planning import MOST_TOLD, PlanBody, told_line
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick import Radio, Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear

ALL_OF_THEM, NONE_OF_THEM = "all", "none"
# From so many pixels (at 100 %) on term and act stand in one line.
_ONE_LINE = 760


class TwoWays(HandsKeysOn):
    """The warning's two ways as one input: both, or none, of the offices that lack somebody."""

    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kept, self.dropped = Radio(""), Radio("")
        self._group = QButtonGroup(self)
        for radio in (self.kept, self.dropped):
            self._group.addButton(radio)
            radio.clicked.connect(self.edited)
        self.setLayout(Column(self.kept, self.dropped, gap=2))
        self.hand_keys_to(self.kept)

    def say(self, kept: str, dropped: str) -> None:
        """What each way does."""
        for radio, said in ((self.kept, kept), (self.dropped, dropped)):
            radio.setText(said)
            radio.setAccessibleName(said)
            radio.updateGeometry()

    def value(self) -> str:
        """The way that is chosen; empty for none."""
        return (
            ALL_OF_THEM
            if self.kept.isChecked()
            else NONE_OF_THEM
            if self.dropped.isChecked()
            else ""
        )

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Choose that way, or with an empty text none."""
        self._group.setExclusive(False)
        self.kept.setChecked(value == ALL_OF_THEM)
        self.dropped.setChecked(value == NONE_OF_THEM)
        self._group.setExclusive(True)


class HandingBody(PlanBody):
    """Services × offices, term and act, what they have already, who lacks somebody, doubts.

    `training_asked` wants to see who is trained for what.
    """

    training_asked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._beforehand = True
        self._doubted: tuple[object, ...] = ()
        self.services, self.offices = ServicesCard(), OfficesCard(2)
        self._until = DateLine(self.today, "future")
        self.until_field = FormField("تا روز", self._until, key="until", optional=True)
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists_holder = QWidget()
        self._term_lines = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._scan_lines = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        for card in (self.services, self.offices):
            card.edited.connect(self.edited)
        self.until_field.edited.connect(self._until_edited)
        self._narrow = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.show_plan()

    def _build(self) -> None:
        self._lists.setContentsMargins(0, 0, 0, 0)
        for card in (self.services, self.offices):
            self._lists.addWidget(card, 1)
        self._lists_holder.setLayout(self._lists)
        self.column.addWidget(self._lists_holder, 1)
        for under in (
            self._term_card(),
            self._stopped_card(),
            self._taken_card(),
            self._lack_card(),
            self._doubt_card(),
        ):
            self.column.addWidget(under)

    def _term_card(self) -> Card:
        self.term = Card("مدت و سند", " ")
        self.term_disc = Disc(3)
        self.term.head.insertWidget(0, self.term_disc)
        term, act = Row(gap=14), Row(gap=14)
        for line, field, share in (
            (term, self.since_field, 2),
            (term, self.until_field, 2),
            (act, self.act.body, 3),
            (act, self.act.number, 2),
            (act, self.act.dated, 2),
        ):
            line.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self._term_lines.addLayout(term, 4)
        self._term_lines.addLayout(act, 7)
        self.term.body.addLayout(self._term_lines)
        self.term_words = Label("", "small", "text2", wrap=True)
        self._scan_lines.addWidget(self.term_words, 1, Qt.AlignmentFlag.AlignTop)
        self._scan_lines.addWidget(self.act.scan, 1, Qt.AlignmentFlag.AlignTop)
        self.term.body.addLayout(self._scan_lines)
        return self.term

    def _taken_card(self) -> Card:
        self.taken = Card(tone="refuse", gap=4)
        self._taken_lines = Column(gap=2)
        self.taken.body.addLayout(self._taken_lines)
        self.instead = Tick("جایگزین آن شود")
        self.instead.edited.connect(self.edited)
        self.after = Link("")
        self.after.clicked.connect(self._begin_after)
        ways = Row(self.instead, gap=18)
        ways.addWidget(self.after)
        ways.addStretch(1)
        self.taken.body.addLayout(ways)
        return self.taken

    def _stopped_card(self) -> Card:
        self.halted = Card(tone="refuse", gap=4)
        self.halted_words = Label("", wrap=True, middle=True)
        self.without = Link("کنار گذاشتن")
        self.without.clicked.connect(self._leave_stopped)
        row = Row(gap=8)
        row.addWidget(IconLabel("ban", 16, "refuse"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.halted_words, 1)
        row.addWidget(self.without)
        self.halted.body.addLayout(row)
        return self.halted

    def _lack_card(self) -> Card:
        self.lack = Card(tone="pay", gap=4)
        self.lack_words = Label("", weight=700, wrap=True)
        row = Row(gap=8)
        row.addWidget(IconLabel("alert-triangle", 18, "pay"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.lack_words, 1)
        self.trained = Link("دیدن آموزش دفترها")
        self.trained.clicked.connect(self.training_asked)
        row.addWidget(self.trained, 0, Qt.AlignmentFlag.AlignTop)
        self.lack.body.addLayout(row)
        self.ways = TwoWays()
        self.ways.edited.connect(self._way_chosen)
        self.lack.add(self.ways)
        self.lack_fault = Label("", "small", "refuse", wrap=True)
        self.lack_fault.hide()
        self.lack.add(self.lack_fault)
        return self.lack

    def _doubt_card(self) -> Card:
        self.doubts = Card(tone="pay", gap=6)
        self._doubt_lines = Column(gap=2)
        self.doubts.body.addLayout(self._doubt_lines)
        hint = "با نام شما می‌ماند و امضاکنندهٔ دوم آن را می‌خواند."
        self.reason = FormField(
            "دلیل گذشتن از این هشدار", Prose(lines=1, max_length=300), key="reason", hint=hint
        )
        self.reason.edited.connect(lambda: self.reason.set_error(None))
        self.doubts.add(self.reason)
        return self.doubts

    # What is kept.

    def typed_fields(self) -> list[FormField]:
        """The fields that are typed into."""
        return [self.since_field, self.until_field, *self.act.fields, self.reason]

    def first(self) -> QWidget:
        """The services: there it begins."""
        return self.services.search

    def is_begun(self) -> bool:
        """Whether a service or an office was chosen."""
        return bool(self.services.chosen() or self.offices.chosen())

    def second_words(self) -> str:
        """«۲ خدمت به ۲۵ دفتر، از ۱۴ آذر»."""
        count = len(self.chosen_services()), len(self.chosen_offices())
        return words.second_words(*count, self.since())

    def plan(self) -> list[Delegation]:
        """Each service to each office; nothing while something of it lacks."""
        since, act = self.since(), self.act.act()
        services, offices = self.chosen_services(), self.chosen_offices()
        if since is None or act is None or not services or not offices:
            return []
        if len(offices) * len(services) > MOST:
            return []
        replaces = self.replaces()
        return handed_over(offices, services, since, self.until(), act, replaces=replaces)

    def typed_controls(self) -> list[tuple[str, Any, str]]:
        """All else that is chosen: key, input, words."""
        return [
            *super().typed_controls(),
            ("services", self.services.picks, "خدمت‌ها"),
            ("services_search", self.services.search, "نام خدمت"),
            ("offices_search", self.offices.search, "کد یا نام دفتر"),
            ("way", self.offices.way, "گزینش دفترها"),
            ("district", self.offices.district, "منطقه"),
            ("offices", self.offices.picks, "دفترها"),
            ("instead", self.instead, "جایگزین واگذاری پیشین"),
            ("ways", self.ways, "دفترهای بی متصدی آموزش‌دیده"),
        ]

    def show_laid(self) -> None:
        """Something was laid in: show what goes with it."""
        self.services.show_rows()
        self.offices.show_way()
        self._beforehand = False
        super().show_laid()

    def restarted(self) -> None:
        """All was signed: empty, for another."""
        self._beforehand = True
        super().restarted()
        for card in (self.services, self.offices):
            card.fold(folded=False)
        self.services.show_rows()
        self.offices.show_way()
        self.show_plan()

    # What is chosen.

    def until(self) -> date | None:
        """The last day; None for none."""
        return self._until.value()

    def replaces(self) -> bool:
        """Whether it is meant to stand in the place of what goes on."""
        return not self.taken.isHidden() and self.instead.value()

    def chosen_services(self) -> list[str]:
        """By their codes, in the order of the list."""
        return self.services.chosen()

    def chosen_offices(self) -> list[str]:
        """By id, in the order of the codes; those that are left out are not among them."""
        offices = self.offices.chosen()
        if self.ways.value() != NONE_OF_THEM or self.choices is None:
            return offices
        lacking = set(self.choices.lacking(offices, self.chosen_services()))
        return [of for of in offices if of not in lacking]

    def reasons(self) -> Mapping[str, str]:
        """What answers which doubts of the centre."""
        found = {}
        if self.ways.value() == ALL_OF_THEM:
            found[UNTRAINED] = words.ALL_THE_SAME
        reason = str(self.reason.value()).strip()
        if not is_short(reason):
            found |= {HOLIDAY: reason, LICENCE: reason}
        return found

    def choose(self, office: str, service: str) -> None:
        """What the page was opened with, where nothing is chosen yet."""
        if service and not self.services.picks.chosen():
            self.services.picks.set_value([service])
        if office and not self.offices.picks.chosen():
            self.offices.picks.set_value([office])
            self.offices.way.set_value("chosen")

    # Showing.

    def show_choices(self, choices: Choices, today: date) -> None:
        """Other choices; what is ticked stays."""
        super().show_choices(choices, today)
        self._until.set_today(today)
        self.services.show_choices(choices)
        self.offices.show_choices(choices)
        self.show_plan()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: one list under the other."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lists.setDirection(below if narrow else beside)
        self._narrow = narrow
        if not narrow:
            for card in (self.services, self.offices):
                card.fold(folded=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where five fields have no room beside each other, the act stands under the term, and its
        scan under what is said of the days."""
        super().resizeEvent(event)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wide = self.width() >= theme.px(_ONE_LINE)
        for lines in (self._term_lines, self._scan_lines):
            lines.setSpacing(theme.px(14 if wide else 8))
            lines.setDirection(beside if wide else below)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Where room is scarce, a list that was left with something chosen becomes a line."""
        # What folds under a pressed mouse would take its aim away.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if not self._narrow or pressed or new is None or not self.isAncestorOf(new):
            return
        for card in (self.services, self.offices):
            if not card.isAncestorOf(new):
                card.fold(folded=True)

    def go_to(self, key: str) -> None:
        """What is folded opens first."""
        card = {"services": self.services, "offices": self.offices}.get(key)
        if card is not None:
            card.fold(folded=False)
        super().go_to(key)

    def show_plan(self) -> None:
        """What follows from what is chosen: what they have, who lacks, which days are doubted."""
        services = self.chosen_services()
        self.offices.set_services(services)
        self.services.tell()
        self.offices.tell()
        self.term_words.setText(words.term_words(self.since(), self.until()))
        whole = self.since() is not None and not self.act.faults()
        self.term_disc.set_state("done" if whole else "later")
        self._show_stopped()
        self._show_taken(services)
        self._show_lack(services)
        self._show_doubts()

    def _show_stopped(self) -> None:
        choices = self.choices
        found = choices.stopped(self.offices.chosen()) if choices is not None else []
        self.halted.setVisible(bool(found))
        if choices is not None and found:
            self.halted_words.setText(words.stopped_words(choices, found))

    def _leave_stopped(self) -> None:
        if self.choices is not None:
            self.offices.take_out(self.choices.stopped(self.offices.chosen()))

    def _show_taken(self, services: Sequence[str]) -> None:
        choices, day = self.choices, self.since()
        found = choices.taken(self.chosen_offices(), services) if choices and day else []
        # Laid in before the day's own choices have come it would be of another day.
        if choices is not None and day is not None and choices.day != day:
            return
        coming = self._overtaken(services)
        self.taken.setVisible(bool(found or coming))
        clear(self._taken_lines)
        if choices is None or not (found or coming):
            return
        told = [*words.taken_words(choices, found), *words.overtaken_words(choices, coming)]
        for said in told[:MOST_TOLD]:
            self._taken_lines.addWidget(told_line(said, "alert-circle", "refuse"))
        if len(told) > MOST_TOLD:
            more = to_persian_digits(f"و {len(told) - MOST_TOLD} مورد دیگر.")
            self._taken_lines.addWidget(Label(more, "small", "text2"))
        after = words.day_after(found)
        self.after.setVisible(after is not None)
        if after is not None:
            said = f"واگذاری از {isolate(format_jalali(after))}"
            self.after.setText(said)
            self.after.setAccessibleName(said)
            self.after.updateGeometry()

    def _overtaken(self, services: Sequence[str]) -> list[Delegation]:
        if self.choices is None or self.since() is None:
            return []
        return self.choices.overtaken(self.chosen_offices(), services, self.until())

    def _begin_after(self) -> None:
        choices = self.choices
        found = choices.taken(self.chosen_offices(), self.chosen_services()) if choices else []
        after = words.day_after(found)
        if after is not None:
            self.since_field.set_value(after)
            self.since_line.edited.emit()
            self.since_field.setFocus()

    def _show_lack(self, services: Sequence[str]) -> None:
        choices, offices = self.choices, self.offices.chosen()
        lacking = choices.lacking(offices, services) if choices is not None else []
        there = bool(lacking) and self.since() is not None
        self.lack.setVisible(there)
        if choices is None or not there:
            return
        self.lack_words.setText(words.lacking_words(choices, lacking, services))
        kept, dropped = words.kept_words(len(lacking)), words.left_words(len(lacking), len(offices))
        self.ways.say(kept, dropped)
        if self._beforehand and not choices.is_soon(self.today):
            # Near the first day nothing is chosen beforehand.
            self.ways.set_value(ALL_OF_THEM)
        self._beforehand = False

    def _way_chosen(self) -> None:
        self.lack_fault.hide()
        self.edited.emit()

    def _show_doubts(self) -> None:
        choices, day = self.choices, self.since()
        if choices is None or day is None or choices.day != day:
            self.doubts.hide()
            return
        working, unlicensed = choices.working_day(), choices.unlicensed(self.chosen_offices())
        self.doubts.setVisible(working is not None or bool(unlicensed))
        doubted = (day, working, *unlicensed)
        if doubted == self._doubted:
            # Who stands on one of its ways is not thrown out.
            return
        self._doubted = doubted
        clear(self._doubt_lines)
        if working is not None:
            line = told_line(words.holiday_words(choices, working), "calendar-event", "pay")
            self._add_way(line, "از نخستین روز کاری", lambda: self._begin(working))
            self._doubt_lines.addWidget(line)
        if unlicensed:
            line = told_line(words.licence_words(choices, unlicensed), "alert-triangle", "pay")
            self._add_way(line, "کنار گذاشتن", lambda: self.offices.take_out(unlicensed))
            self._doubt_lines.addWidget(line)

    @staticmethod
    def _add_way(line: QWidget, said: str, do: Any) -> None:
        link = Link(said)
        link.clicked.connect(do)
        layout = line.layout()
        if layout is not None:
            layout.addWidget(link)

    def _begin(self, day: date) -> None:
        self.since_field.set_value(day)
        self.since_line.edited.emit()

    def _until_edited(self) -> None:
        self.until_field.set_error(None)
        self.edited.emit()

    # What is wrong.

    def faults(self, today: date) -> list[tuple[str, str]]:
        """What is missing or can't be, in the order in which it is looked for."""
        found: list[tuple[str, str]] = []
        services, offices = self.chosen_services(), self.chosen_offices()
        if not services:
            found.append(("services", words.NO_SERVICE))
        if not offices:
            found.append(("offices", words.NO_OFFICE))
        elif len(offices) * len(services) > MOST:
            most = format_number(MOST)
            said = f"در یک نوبت تا {most} واگذاری امضا می‌شود؛ دفترها را در چند نوبت برگزینید."
            found.append(("offices", said))
        found += self._term_faults(today)
        if not self.halted.isHidden():
            found.append(("stopped", words.STOPPED))
        if not self.taken.isHidden() and not self.instead.value():
            said = "واگذاری دیگری در همین روزهاست؛ جایگزین آن کنید یا روز دیگری بنویسید."
            found.append(("taken", said))
        found += self.act.faults()
        if not self.lack.isHidden() and not self.ways.value():
            found.append(("ways", words.NO_CHOICE))
        if not self.doubts.isHidden() and is_short(str(self.reason.value())):
            found.append(("reason", SHORT_REASON))
        return found

    def _term_faults(self, today: date) -> list[tuple[str, str]]:
        since, until = self.since(), self.until()
        found = self.day_faults(today)
        if found:
            return found
        if until is None and self._until.fault():
            return [("until", self._until.fault() or "")]
        if until is not None and since is not None and until < since:
            return [("until", "«تا روز» پیش از «از روز» است.")]
        return []

    def show_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Each beside its cause; all of them on top where there are several."""
        super().show_faults(faults)
        by_key = dict(reversed(faults))
        self.services.set_error(by_key.get("services"))
        self.offices.set_error(by_key.get("offices"))
        said = by_key.get("ways", "")
        self.lack_fault.setText(said)
        self.lack_fault.setVisible(bool(said))

    def targets(self) -> Mapping[str, QWidget]:
        """By the key of a fault, what has the keys then."""
        return {
            **super().targets(),
            "services": self.services.picks,
            "offices": self.offices.picks,
            "stopped": self.without,
            "taken": self.instead,
            "ways": self.ways.kept,
        }
