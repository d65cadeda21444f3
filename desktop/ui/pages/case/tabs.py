"""The parts of a case page: events, form, documents, letters, payments, «چرا؟»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain import facts as f
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.counter import FEES
from desktop.domain.decision import Decision
from desktop.domain.identifiers import mask_id
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Payment
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.domain.words import letter_called
from desktop.forms.values import with_unit
from desktop.ui.pages.case.applicant import applicant_rows
from desktop.ui.pages.case.documents import DocumentsCard
from desktop.ui.pages.case.why_card import WhyCard
from desktop.ui.standing.chips import PAID
from desktop.ui.standing.doubt import LETTER
from desktop.ui.standing.happenings import log_of
from desktop.ui.standing.telling import FORM, WHY, paid_words, value_words
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.lists.timeline import Timeline
from desktop.ui.widgets.told.chip import Chip, ChipLook
from desktop.ui.widgets.told.empty import EmptyState

_TITLES = ("رویدادها", "فرم", "مدارک", "نامه‌ها", "پرداخت‌ها", "چرا؟")
EVENTS, FORM_TAB, DOCUMENTS, LETTERS_TAB, PAYMENTS, WHY_TAB = range(6)
DUE = ChipLook("پرداخت نشده", "coins", "pay")
CANCELLED = ChipLook("لغو شد", "x", "neutral")


@dataclass(frozen=True)
class Shown:
    """What the tabs tell of: a case with its facts, settled and not; its property's address where
    the records told it."""

    case: Case
    confirmed: tuple[Fact, ...]
    provisional: tuple[Fact, ...]
    service: Service | None
    today: date
    address: str = ""


class CaseTabs(QWidget):
    """Tabs over the parts, each filled when it is first in front.

    `letter` asks for a letter by its id, `act` for an act by its name,
    `document` to look at a document's file (SeenDocument); `shown` tells that another is in front.
    """

    letter = Signal(str)
    document = Signal(object)
    shown = Signal()
    act = Signal(str)

    def __init__(self, first: Sequence[tuple[str, QWidget]] = ()) -> None:
        super().__init__()
        self._before = len(first)
        # What stands in the tab of an act, while one is typed.
        self._act: QWidget | None = None
        self._facts: list[Fact] = []
        self._told: Shown | None = None
        self._acts: Sequence[tuple[int, str, str]] = ()
        self._unfilled: set[int] = set()
        self.tabs = Tabs([words for words, _ in first] + list(_TITLES), "بخش‌های پرونده")
        self.stack = QStackedWidget()
        for _, widget in first:
            self.stack.addWidget(widget)
        self.parts = [Scroller(gap=10, margins=(14, 20, 14, 20)) for _ in _TITLES]
        for part in self.parts:
            self.stack.addWidget(part)
        self.timeline = Timeline()
        self.timeline.followed.connect(self._follow)
        self.parts[EVENTS].add(self.timeline)
        self.why = WhyCard()
        self.no_why = EmptyState("هنوز تصمیمی نیست", "پاسخ سوابق که برسد، دلیل‌ها اینجاست.")
        self.parts[WHY_TAB].add(self.why)
        self.parts[WHY_TAB].add(self.no_why)
        self.tabs.changed.connect(self._bring)
        head = Row(margins=(0, 20, 0, 20))
        head.addWidget(self.tabs)
        column = Column(gap=0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.setLayout(column)

    def open(self, part: int) -> None:
        """Go to one of the six parts."""
        self.tabs.set_current(self._before + part)

    def stand_on(self, part: int) -> None:
        """Go to one of the six parts, with the keys on its tab."""
        self.open(part)
        self.tabs.setFocus()

    def open_first(self) -> None:
        """Go to the very first tab."""
        self.tabs.set_current(0)

    def open_act(self, words: str, widget: QWidget) -> None:
        """A tab before the six parts for what is typed now; they stay within reach."""
        self.close_act()
        self._act = widget
        self.stack.insertWidget(self._before, widget)
        self._before += 1
        self.tabs.insert(self._before - 1, words)

    def close_act(self) -> None:
        """That tab goes, and its widget with it."""
        if self._act is None:
            return
        act, self._act = self._act, None
        self._before -= 1
        self.stack.removeWidget(act)
        act.hide()
        act.deleteLater()
        self.tabs.remove(self._before)

    @property
    def on_act(self) -> bool:
        """Whether the act's tab shows."""
        return self._act is not None and self.stack.currentWidget() is self._act

    def go_to_act(self) -> None:
        """Show the act's tab."""
        if self._act is not None:
            self.tabs.set_current(self._before - 1)

    def show_case(self, told: Shown, acts: Sequence[tuple[int, str, str]] = ()) -> None:
        """Tell the case; `acts` are (part, name, words) of what may be done in a part."""
        case = told.case
        self._told, self._acts = told, acts
        self._unfilled = set(range(len(_TITLES)))
        self._fill(self.tabs.current() - self._before)
        counts = {
            DOCUMENTS: len(case.request.documents),
            LETTERS_TAB: len(case.letters),
            PAYMENTS: len(case.fees_due) + len(case.sums),
        }
        for part, count in counts.items():
            words = to_persian_digits(f"{_TITLES[part]} ({count})")
            self.tabs.set_words(self._before + part, words)
        self.tabs.updateGeometry()

    def _bring(self, tab: int) -> None:
        self._fill(tab - self._before)
        self.stack.setCurrentIndex(tab)
        self.shown.emit()

    def _fill(self, part: int) -> None:
        if self._told is None or part not in self._unfilled:
            return
        self._unfilled.discard(part)
        self.FILLING[part](self, self._told)

    def _show_events(self, told: Shown) -> None:
        log = log_of(told.confirmed, told.provisional, told.service, told.today)
        self._facts = [fact for fact, _ in log]
        self.timeline.set_happenings([happening for _, happening in log])

    def _follow(self, index: int, key: str) -> None:
        payload = self._facts[index].payload
        if key == WHY and isinstance(payload, f.Decided):
            self.open(WHY_TAB)
            self._show_decision(payload.decision)
        elif key == FORM:
            self.open(FORM_TAB)
        elif key == LETTER and isinstance(payload, f.LetterIssued):
            self.letter.emit(payload.letter.letter_id)
        elif key == LETTER and isinstance(payload, f.LetterReleased | f.LetterVoided):
            self.letter.emit(payload.letter_id)

    def _links(self, card: Card, part: int) -> None:
        for where, name, words in self._acts:
            if where == part:
                link: Link = card.add_link(words)
                link.clicked.connect(lambda _=False, name=name: self.act.emit(name))

    def _show_form(self, told: Shown) -> None:
        content = self.parts[FORM_TAB].content
        clear(content)
        request, service = told.case.request, told.service
        card = Card(service.title if service else request.service, " ")
        self._links(card, FORM_TAB)
        answers = applicant_rows(request.party, told.address) + answers_of(told.case, service)
        half = (len(answers) + 1) // 2
        row = Row(gap=36)
        for part in (answers[:half], answers[half:]):
            pairs = Pairs()
            for label, value in part:
                pairs.add(label, value)
            row.addWidget(pairs, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        content.addWidget(card)

    def _show_documents(self, told: Shown) -> None:
        content = self.parts[DOCUMENTS].content
        clear(content)
        card = DocumentsCard(told.case)
        card.looked.connect(self.document)
        self._links(card, DOCUMENTS)
        content.addWidget(card)

    def _show_letters(self, told: Shown) -> None:
        letters = told.case.letters
        content = self.parts[LETTERS_TAB].content
        clear(content)
        for held in reversed(letters):
            number = isolate(to_persian_digits(held.letter.number))
            row = ListRow(
                f"{letter_called(held.letter)}، شمارهٔ {number}",
                letter_words(held),
                icon="file-off" if held.voided else "file-certificate",
                colour="refuse" if held.voided else "text2",
            )
            row.clicked.connect(lambda _=False, i=held.letter.letter_id: self.letter.emit(i))
            content.addWidget(row)
        if not letters:
            empty = EmptyState("هنوز نامه‌ای نیست", "نامه را مرکز پس از تصمیم آماده می‌کند.")
            content.addWidget(empty)

    def _show_payments(self, told: Shown) -> None:
        case = told.case
        content = self.parts[PAYMENTS].content
        clear(content)
        sums = sums_of(case)
        for title, amount, payment, ids in sums:
            row = Row(gap=10)
            words = paid_words(payment) if payment else ids
            names = Column(Label(title, weight=500, wrap=True), gap=0)
            if words:
                names.addWidget(Label(words, "small", "text2", wrap=True))
            row.addLayout(names, 1)
            row.addWidget(Label(format_rial(amount), weight=700))
            due = CANCELLED if case.state is State.WITHDRAWN else DUE
            row.addWidget(Chip(PAID if payment else due))
            card = Card(margins=(8, 14, 8, 14))
            card.body.addLayout(row)
            content.addWidget(card)
        if not sums:
            content.addWidget(EmptyState("پرداختی ندارد", "این پرونده هزینه یا بدهی ندارد."))

    def _show_why(self, told: Shown) -> None:
        self._show_decision(told.case.decision, told.case)

    def _show_decision(self, decision: Decision | None, case: Case | None = None) -> None:
        self.why.set_decision(decision, case)
        self.no_why.setVisible(decision is None)

    FILLING: ClassVar[Mapping[int, Callable[[CaseTabs, Shown], None]]] = {
        EVENTS: _show_events,
        FORM_TAB: _show_form,
        DOCUMENTS: _show_documents,
        LETTERS_TAB: _show_letters,
        PAYMENTS: _show_payments,
        WHY_TAB: _show_why,
    }


def sums_of(case: Case) -> list[tuple[str, int, Payment | None, str]]:
    """Fees and what is owed: name, Rial, how it was paid, the words of its bill's id."""
    found = [
        (FEES[fee], amount, case.fees_paid.get(fee), "") for fee, amount in case.fees_due.items()
    ]
    for owed in case.sums:
        ids = f"شناسهٔ قبض {isolate(to_persian_digits(owed.bill_id))}" if owed.bill_id else ""
        found.append((owed.name, owed.amount, case.paid.get(owed.key), ids))
    return found


def answers_of(case: Case, service: Service | None) -> list[tuple[str, str]]:
    """What form and expert say, as label and value; ids of persons masked."""
    request = case.request
    said = {**request.answers, **case.entered}
    found = []
    for field in service.fields if service else ():
        value = said.get(field.key, "")
        if value and field.kind.names_somebody:
            found.append((field.label, isolate(mask_id(value))))
        elif value:
            found.append((field.label, isolated(with_unit(field, value))))
    if request.unchanged:
        found.append(("خوداظهاری مالک", value_words("unchanged", request.unchanged, service)))
    found += [("رضایت شریک", consent.name) for consent in request.consents]
    aid = request.aid
    if aid is not None:
        trusted = f"{to_persian_digits(aid.trusted_name)}، {isolate(mask_id(aid.trusted_id))}"
        found += [("وضعیت متقاضی", aid.need.word), ("اظهارنامه", aid.need.told), ("معتمد", trusted)]
    return found


def letter_words(held: CaseLetter) -> str:
    """How far a letter has come, in one line."""
    if held.voided:
        return to_persian_digits(f"ابطال شد: {held.voided}")
    if held.settled:
        return "تسویه شد"
    parts = [f"تهیه {isolate(format_jalali(held.letter.issued_on))}"]
    if held.release is not None:
        parts.append(f"مهر {held.release.by}")
    if held.copies:
        parts.append(to_persian_digits(f"{held.copies} نسخه چاپ شد"))
    if held.handed_to:
        parts.append(f"تحویل به {held.handed_to}")
    return to_persian_digits("، ".join(parts))


def isolated(words: str) -> str:
    """A value without letters as an island; a sentence as it is."""
    return words if any(char.isalpha() for char in words) else isolate(words)
