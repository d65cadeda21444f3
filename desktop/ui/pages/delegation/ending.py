"""The content of «پس‌گرفتن واگذاری»: which services, from which day, who finishes what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.actions.handing_over import Choices
from desktop.domain.calendar import format_jalali
from desktop.domain.delegation import Delegation, DelegationState
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.page import Shell
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.planning import PlanBody
from desktop.ui.palette import Tone
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.inputs.field import ErrorLine, FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.tick import Radio
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.picks import Pick, PickList
from desktop.ui.widgets.lists.table_cells import Cell

STAYS, GOES = "stays", "goes"
_TONES: Mapping[DelegationState, Tone] = {
    DelegationState.COMING: "visit",
    DelegationState.IN_FORCE: "ok",
    DelegationState.ENDING: "pay",
    DelegationState.ENDED: "neutral",
    DelegationState.WITHDRAWN: "refuse",
}


class OpenCases(HandsKeysOn):
    """Who finishes what is open: the office itself, or another that is chosen."""

    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stays = Radio("همین دفتر به پایان می‌رساند")
        self.goes = Radio("به دفتر دیگری می‌رود که همین خدمت را دارد")
        self._group = QButtonGroup(self)
        for radio in (self.stays, self.goes):
            self._group.addButton(radio)
            radio.clicked.connect(self.edited)
        self.setLayout(Column(self.stays, self.goes, gap=2))
        self.hand_keys_to(self.stays)

    def value(self) -> str:
        """The way that is chosen; empty for none."""
        return STAYS if self.stays.isChecked() else GOES if self.goes.isChecked() else ""

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Choose that way, or with an empty text none."""
        self._group.setExclusive(False)
        self.stays.setChecked(value == STAYS)
        self.goes.setChecked(value == GOES)
        self._group.setExclusive(True)


class EndingBody(PlanBody):
    """The office's services, the day and the act, what becomes of open cases."""

    no_day = words.NO_LAST_DAY

    def __init__(self, shell: Shell, office: str) -> None:
        super().__init__(shell)
        self.office = office
        self.services = PickList("خدمت‌های این دفتر", note=150)
        self.fault = ErrorLine()
        self.fault.hide()
        self.cases = OpenCases()
        self.heir = FormField("دفتر", ListChoice([]), key="heir")
        self.cases_fault = ErrorLine()
        self.cases_fault.hide()
        self.count = Label("", "small", "text2", wrap=True)
        for card, share in (
            (self._services_card(), 1),
            (self._act_card(), 0),
            (self._cases_card(), 0),
        ):
            self.column.addWidget(card, share)
        self.services.edited.connect(self._services_chosen)
        self.cases.edited.connect(self._way_chosen)
        self.heir.edited.connect(self.edited)
        self.show_plan()

    def _services_card(self) -> Card:
        self.card = Card("خدمت‌های واگذارشده", " ")
        self.disc = Disc(1)
        self.card.head.insertWidget(0, self.disc)
        self.card.add(self.fault)
        self.card.add(self.services, 1)
        return self.card

    def _act_card(self) -> Card:
        card = Card("روز و سند", " ")
        self.act_disc = Disc(2)
        card.head.insertWidget(0, self.act_disc)
        fields = Row(gap=14)
        for field, share in (
            (self.since_field, 2),
            (self.act.body, 3),
            (self.act.number, 2),
            (self.act.dated, 2),
        ):
            fields.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(fields)
        card.add(self.act.scan)
        return card

    def _cases_card(self) -> Card:
        card = Card("پرونده‌های باز", " ")
        self.cases_disc = Disc(3)
        card.head.insertWidget(0, self.cases_disc)
        card.add(self.count)
        card.add(self.cases)
        card.add(self.heir)
        card.add(self.cases_fault)
        return card

    # What is chosen.

    def first(self) -> QWidget:
        """The services."""
        return self.services

    def held(self) -> dict[str, Delegation]:
        """By service, what the office has on that day."""
        choices = self.choices
        if choices is None:
            return {}
        return {code: one for (of, code), one in choices.held.items() if of == self.office}

    def over(self) -> dict[str, Delegation]:
        """By service, what is over by that day: somebody may be named who finishes it."""
        choices = self.choices
        if choices is None:
            return {}
        return {code: one for (of, code), one in choices.ended.items() if of == self.office}

    def offered(self) -> dict[str, Delegation]:
        """What can be ticked."""
        return self.held() | self.over()

    def chosen(self) -> list[Delegation]:
        """Those that are ticked, held on that day or over by then."""
        held = self.offered()
        return [held[code] for code in sorted(held) if code in self.services.chosen()]

    def heirs(self) -> list[str]:
        """The offices that have all of the chosen services on that day, by code."""
        choices, services = self.choices, [one.service for one in self.chosen()]
        if choices is None or not services:
            return []
        others = (of for of in choices.offices if of != self.office)
        return [
            of
            for of in choices.in_order(others)
            if all((of, code) in choices.held for code in services)
        ]

    def is_begun(self) -> bool:
        """Whether a service was chosen."""
        return bool(self.chosen())

    def second_words(self) -> str:
        """«دفتر ۲۱، ۲ خدمت»."""
        choices = self.choices
        if choices is None or self.office not in choices.offices:
            return ""
        office = f"دفتر {words.office_words(choices, self.office)}"
        count = len(self.chosen())
        return to_persian_digits(f"{office}، {count} خدمت" if count else office)

    def plan(self) -> list[Delegation]:
        """An end for each; nothing while something of it lacks."""
        since, act, way = self.since(), self.act.act(), self.cases.value()
        heir = str(self.heir.value()) if way == GOES else ""
        if since is None or act is None or not way or (way == GOES and not heir):
            return []
        if not self.is_of_day():
            return []
        return [
            replace(
                one, since=since, until=self._last_day(one), act=act, withdrawn=True, heir=heir,
                replaces=False,
            )
            for one in self.chosen()
        ]  # fmt: skip

    def _last_day(self, one: Delegation) -> date | None:
        """Of what is over already the last day on which it held."""
        over = one.service in self.over() and one.over is not None
        return one.over - timedelta(days=1) if over and one.over else None

    def typed_controls(self) -> list[tuple[str, Any, str]]:
        """Services, what becomes of open cases, the scan."""
        return [
            *super().typed_controls(),
            ("services", self.services, "خدمت‌ها"),
            ("cases", self.cases, "پرونده‌های باز"),
        ]

    def typed_fields(self) -> list[FormField]:
        """Day, act, the office that goes on."""
        return [*super().typed_fields(), self.heir]

    def choose(self, service: str) -> None:
        """The service that the page was opened with, where nothing is chosen yet."""
        if service and not self.services.chosen():
            self.services.set_value([service])

    # Showing.

    def show_choices(self, choices: Choices, today: date) -> None:
        """Other choices; what is ticked stays."""
        super().show_choices(choices, today)
        rows = []
        for code, one in sorted(self.offered().items()):
            title = choices.services[code].title if code in choices.services else code
            rows.append(Pick(code, title, note=self._note(one, today)))
        self.services.set_picks(rows)
        self.show_plan()

    def _note(self, one: Delegation, today: date) -> Cell:
        """How it stands; of what is over by the day until when it held."""
        last = self._last_day(one)
        if last is not None:
            return Cell(f"تا {isolate(format_jalali(last))}", "text2", kind="small")
        return Cell(one.words(today), _TONES[one.state(today)], kind="small")

    def show_plan(self) -> None:
        """What follows from what is chosen."""
        held, chosen = self.offered(), self.chosen()
        self.card.beside.setText(to_persian_digits(f"{len(chosen)} از {len(held)}"))
        if not held and self.choices is not None:
            self.card.beside.setText("در این روز خدمتی به این دفتر واگذار نیست")
        self.disc.set_state("done" if chosen else "later")
        whole = self.since() is not None and not self.act.faults()
        self.act_disc.set_state("done" if whole else "later")
        self._show_heirs()
        settled = self.cases.value() == STAYS or bool(self.heir.value())
        self.cases_disc.set_state("done" if settled else "later")

    def _show_heirs(self) -> None:
        choices, goes = self.choices, self.cases.value() == GOES
        self.heir.setVisible(goes)
        if choices is None:
            return
        offered = [(of, words.office_words(choices, of)) for of in self.heirs()]
        control = self.heir.control
        if isinstance(control, ListChoice) and control.options() != tuple(offered):
            control.set_options(offered)

    def show_count(self, count: int | None) -> None:
        """How many cases are open of what is chosen; None while the centre has not said."""
        said = ""
        if count is not None:
            said = f"{count} پرونده باز است." if count else "پروندهٔ بازی نیست."
        self.count.setText(to_persian_digits(said))
        self.count.setVisible(bool(said))

    def _services_chosen(self) -> None:
        self.fault.hide()
        self.edited.emit()

    def _way_chosen(self) -> None:
        self.cases_fault.hide()
        self._show_heirs()
        self.edited.emit()

    # What is wrong.

    def faults(self, today: date) -> list[tuple[str, str]]:
        """What is missing: service, day, act, scan, who finishes what is open."""
        found: list[tuple[str, str]] = []
        if not self.chosen():
            found.append(("services", words.NO_ENDED))
        found += self.day_faults(today)
        found += self.act.faults()
        way = self.cases.value()
        if not way:
            found.append(("cases", words.NO_WAY))
        elif way == STAYS and any(one.service in self.over() for one in self.chosen()):
            found.append(("cases", words.STAYS_ANYHOW))
        elif way == GOES and not self.heirs():
            found.append(("cases", words.NO_HEIR))
        elif way == GOES and not self.heir.value():
            found.append(("heir", words.NO_HEIR_CHOSEN))
        return found

    def show_faults(self, faults: Sequence[tuple[str, str]]) -> None:
        """Each beside its cause."""
        super().show_faults(faults)
        by_key = dict(reversed(faults))
        for key, line in (("services", self.fault), ("cases", self.cases_fault)):
            line.words.setText(by_key.get(key, ""))
            line.setVisible(key in by_key)

    def targets(self) -> Mapping[str, QWidget]:
        """By the key of a fault, what has the keys then."""
        return {**super().targets(), "services": self.services, "cases": self.cases.stays}
