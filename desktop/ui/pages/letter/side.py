"""The letter page's side panel: four steps with what each needs, copies, truth, voiding."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain import facts as f
from desktop.domain.paper import SheetSpoiled
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.letter.cards import HandCard, PrintCard, ReleaseCard, VoidCard
from desktop.ui.pages.letter.now import LetterNow
from desktop.ui.standing.happenings import moment_words
from desktop.ui.standing.outcome import PREPARED
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.steps import Step, StepCard
from desktop.ui.widgets.told.chip import Chip


class LetterSide(QWidget):
    """The panel; `finished` comes when Enter is pressed in the last field of the step.

    `voiding` comes when the voiding is asked for or given up; `voids` says which.
    """

    finished = Signal()
    voiding = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._number = Label("", weight=700)
        self._subject = Label("", weight=500, wrap=True)
        self._addressee = Label("", "small", "text2", wrap=True)
        self._chip = Row()
        self.issue = StepCard(1, Step(PREPARED, "", "done"))
        self.release = ReleaseCard()
        self.print_card = PrintCard()
        self.hand = HandCard()
        self.void_button = Button("ابطال نامه…", "dangerous", icon="file-off")
        self.void_button.clicked.connect(self.open_void)
        self._offers_void = False
        self.void_card = VoidCard()
        self.voids = False
        self._copies = Pairs()
        self._copies_part = QWidget()
        self._copies_part.setLayout(Column(panel_heading("نسخه‌ها"), self._copies, gap=8))
        self._truth = Column(gap=4)
        head = Row(gap=8)
        head.addWidget(self._number, 1)
        head.addLayout(self._chip)
        column = Column(gap=8, margins=(10, 16, 10, 16))
        told = Column(gap=2)
        told.addLayout(head)
        told.addWidget(self._subject)
        told.addWidget(self._addressee)
        column.addLayout(told)
        for card in (self.issue, self.release, self.print_card, self.hand):
            column.addWidget(card)
        column.addWidget(Hairline())
        column.addWidget(self._copies_part)
        column.addWidget(panel_heading("درستی نامه"))
        column.addLayout(self._truth)
        column.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        column.addWidget(self.void_button, 0, right)
        column.addWidget(self.void_card)
        self.setLayout(column)
        self.void_card.hide()
        forms: tuple[QWidget, ...] = (self.release, self.print_card, self.hand, self.void_card)
        for form in forms:
            EnterMoves(form).finished.connect(self.finished)

    def show_letter(self, now: LetterNow, name: str) -> None:
        """The letter as it stands; `name` is the person who sits here."""
        self._number.setText(f"نامهٔ {isolate(to_persian_digits(now.held.letter.number))}")
        self._subject.setText(now.held.letter.text.subject)
        self._addressee.setText(now.held.letter.text.addressee)
        clear(self._chip)
        self._chip.addWidget(Chip(now.chip))
        issued = now.fact(f.LetterIssued)
        when = moment_words(issued.at if issued else None, now.standing.today)
        self.issue.set_detail(f"مرکز، {when}")
        self.release.show_letter(now, name)
        self.print_card.show_letter(now)
        self.hand.show_letter(now)
        self.void_card.show_letter(now)
        self._show_copies(now)
        self._show_truth(now)
        # A letter that is to be voided has that act as the page's main key.
        self._offers_void = now.voidable and now.phase != "recalled"
        self.void_button.setVisible(self._offers_void and not self.voids)
        if not now.voidable:
            self.close_void()
            self.void_button.hide()

    def _show_copies(self, now: LetterNow) -> None:
        self._copies.clear()
        printed = now.facts(f.LetterPrinted)
        self._copies_part.setVisible(bool(printed or now.held.voided))
        for fact in printed:
            payload = fact.payload
            if isinstance(payload, f.LetterPrinted):
                when = moment_words(fact.at, now.standing.today)
                reason = f"، {payload.reason}" if payload.reason else ""
                on = f"، برگ {payload.sheets.words}" if payload.sheets is not None else ""
                words = f"{when}، {fact.actor_name}، {isolate(payload.printer)}{on}{reason}"
                self._copies.add(to_persian_digits(f"نسخهٔ {payload.copy}"), words)
        for fact in now.facts(SheetSpoiled):
            lost = fact.payload
            if isinstance(lost, SheetSpoiled):
                when = moment_words(fact.at, now.standing.today)
                words = to_persian_digits(f"نسخهٔ {lost.copy}، {when}، {lost.reason}")
                self._copies.add("خراب" if lost.pages else "بیرون نیامد", words, role="pay")
        if now.held.voided:
            self._copies.add("ابطال", now.held.voided, role="refuse")

    def _show_truth(self, now: LetterNow) -> None:
        clear(self._truth)
        if now.held.voided:
            self._add_truth("این نامه ابطال شده است", right=False)
        lines = (
            (
                now.truth.same_words,
                "متن نامه همان است که امضا شد",
                "متن نامه با آنچه امضا شد یکسان نیست",
            ),
            (now.truth.signed, "امضای مرکز درست است", "امضای مرکز درست نیست"),
        )
        for right, good, bad in lines:
            self._add_truth(good if right else bad, right=right)

    def _add_truth(self, told: str, *, right: bool) -> None:
        line = QWidget()
        mark = IconLabel("circle-check", 18, "ok") if right else IconLabel("ban", 18, "refuse")
        row = Row(mark, Label(told, role="text" if right else "refuse"), gap=8)
        row.addStretch(1)
        line.setLayout(row)
        self._truth.addWidget(line)

    def open_void(self) -> None:
        """The reason and the password in place."""
        self.voids = True
        self.void_button.hide()
        self.void_card.show()
        bring_into_sight(self.void_card)
        self.void_card.reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.voiding.emit()

    def close_void(self) -> bool:
        """Give the voiding up; whether it was open."""
        if not self.voids:
            return False
        self.voids = False
        self.void_card.forget()
        self.void_card.hide()
        self.void_button.setVisible(self._offers_void)
        self.voiding.emit()
        return True
