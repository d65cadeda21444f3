"""The chosen row beside the list: what it is, why it waits, and the choice where two wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop.actions.waiting import Backlog, Clash, Listed, Reason
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import theme
from desktop.ui.pages.outbox.words import TO_DO, act_of, code_of, person_of, why
from desktop.ui.standing.line import look_of
from desktop.ui.standing.telling import field_label, value_words
from desktop.ui.standing.work_items import compared_words, item_head, item_words
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.toggling import Toggling
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told.keycap import KeyCaps

_WITHOUT_LINE = (
    ("circle-check", "ok", "ثبت درخواست، کارمزد، رسید و کد رهگیری"),
    ("circle-check", "ok", "چاپ و تحویل نامه‌های مهرشده"),
    ("clock", "pay", "پاسخ تازه و نوبت بازدید، پس از وصل شدن"),
)
_ALL_THERE = "آنچه ثبت می‌کنید، تا خط وصل است در چند ثانیه به مرکز می‌رسد."
_TO_CITIZEN = (
    "به شهروند بگویید: «درخواست شما ثبت شد؛ پاسخ پس از وصل شدن خط می‌آید و به شما خبر می‌دهیم.»"
)
# What ends once a person says that it is done.
_SEEN = (
    Reason.REFUSED,
    Reason.HELD,
    Reason.DOUBLE,
    Reason.MOVED,
    Reason.CALLED_OFF,
    Reason.ELSEWHERE,
    Reason.COPY_ANSWERED,
    Reason.COPY_GIVEN,
    Reason.PAPER_DIFFERS,
)


class ChoiceCard(Toggling, QRadioButton):
    """One of two values: who wrote it and when, what it says, the number that chooses it."""

    def __init__(self, number: int, who: str, lines: Sequence[str]) -> None:
        super().__init__()
        words = [Label(who, "small", "text2", wrap=True)]
        words += [Label(line, "body", weight=700, wrap=True) for line in lines]
        column = Column(*words, gap=2)
        row = Row(gap=12, margins=(8, 12, 10, 14))
        row.addLayout(column, 1)
        row.insertWidget(0, KeyCaps(str(number)), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)
        for label in words:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{who}: {'، '.join(lines)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.ring = FocusRing(self, 8)
        self.listen()

    def sizeHint(self) -> QSize:
        """What stands in it."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Its words are never cut."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card presses."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground: chosen or not."""
        painter = strokes.open_painter(self)
        on = self.isChecked()
        fill = theme.colour("tint" if on else "sunk" if self.underMouse() else "surface")
        border = theme.colour("accent" if on else "edge")
        width = 2 if on else 1
        strokes.box(painter, self.rect(), theme.px(8), fill=fill, border=border, width=width)


class WaitingSide(QWidget):
    """The side panel of the list. `chosen` tells that one of two values was chosen: mine or theirs;
    `finished` that a person has seen what the centre said, `stood` that it came into sight or went.
    """

    chosen = Signal(bool)
    finished = Signal()
    stood = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=10)
        self.cards: list[ChoiceCard] = []
        outer = Column(gap=0, margins=(14, 16, 14, 16))
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("کار برگزیده")

    def showEvent(self, event: QShowEvent) -> None:
        """It is read now."""
        super().showEvent(event)
        self.stood.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """And no more."""
        super().hideEvent(event)
        self.stood.emit()

    @property
    def tells(self) -> bool:
        """Whether there is anything to say."""
        return self._column.count() > 0

    def show_row(
        self, row: Listed | None, backlog: Backlog, service: Service | None, role: Role
    ) -> None:
        """Tell of the row; what can be done meanwhile stands under it."""
        clear(self._column)
        self.cards = []
        if row is not None:
            self._show_head(row, service)
            if row.item is not None:
                self._show_item(row, backlog, service)
            else:
                pairs = Pairs()
                pairs.add("از", moment(row.since, backlog.now))
                pairs.add("چرا مانده است", why(row, backlog))
                self._column.addWidget(pairs)
            self._choice = Column(gap=8)
            self._column.addLayout(self._choice)
        elif backlog.line is None:
            self._column.addWidget(Label(_ALL_THERE, role="text2", wrap=True))
        line = backlog.line
        passes = line is not None and not look_of(line).loud
        if passes and not role.is_municipal:
            self._show_meanwhile()

    def _show_head(self, row: Listed, service: Service | None) -> None:
        parts = (act_of(row, service), person_of(row))
        title = Label("، ".join(part for part in parts if part), "section", weight=700, wrap=True)
        self._column.addWidget(title)
        under = (service.title if service is not None else "", code_of(row))
        words = "، ".join(part for part in under if part)
        if words:
            self._column.addWidget(Label(words, "small", "text2", wrap=True))

    def _show_item(self, row: Listed, backlog: Backlog, service: Service | None) -> None:
        item = row.item
        assert item is not None
        card = Card(tone="refuse", margins=(9, 12, 10, 12))
        head = Row(gap=8)
        head.addWidget(IconLabel("alert-circle", 18, "refuse"), 0, Qt.AlignmentFlag.AlignTop)
        at = moment(item.at, backlog.now)
        # What the sentence tells whole has no other head than its hour.
        words = at if row.reason in TO_DO else f"{item_head(item)}، {at}"
        head.addWidget(Label(words, role="refuse", weight=700, wrap=True), 1)
        card.body.addLayout(head)
        self._said = Label(item_words(item), wrap=True)
        card.body.addWidget(self._said)
        if item.key and (item.mine or item.theirs) and row.reason is not Reason.OVERTAKEN:
            card.body.addWidget(Label(compared_words(item, service), role="text2", wrap=True))
        self._column.addWidget(card)
        if row.reason in _SEEN:
            seen = Button("انجام شد", icon="check")
            seen.setAccessibleName(f"انجام شد: {item_head(item)}")
            seen.clicked.connect(self.finished)
            across = Row(seen)
            across.addStretch(1)
            self._column.addLayout(across)

    def show_clash(self, clash: Clash, mine_of: str, when: str, service: Service | None) -> None:
        """The two values; `mine_of` is whose the refused one is, `when` the other was written."""
        clear(self._choice)
        by = clash.by or "همکار شما"
        moved = f"{by}، {when}، همین را تغییر داده بود" if when else f"{by} همین را تغییر داده بود"
        self._said.setText(f"{moved}. هر دو نوشته مانده است؛ یکی را برگزینید.")
        theirs = {side.key: side.theirs for side in clash.sides}
        mine = {side.key: side.mine for side in clash.sides}
        self.cards = [
            ChoiceCard(1, f"نوشتهٔ {by}، در پرونده", _lines(theirs, service)),
            ChoiceCard(2, mine_of, _lines(mine, service)),
        ]
        for number, card in enumerate(self.cards):
            card.clicked.connect(lambda _=False, mine=bool(number): self.chosen.emit(mine))
            self._choice.addWidget(card)
        if clash.rest:
            words = f"{clash.rest} تغییر دیگر این اصلاح، هر کدام را برگزینید، دوباره فرستاده می‌شود."
            self._choice.addWidget(Label(to_persian_digits(words), "small", "text2", wrap=True))

    def choose(self, *, mine: bool) -> None:
        """Mark one of the two; where one of them has the keys it is that one."""
        here = any(card.hasFocus() for card in self.cards)
        for number, card in enumerate(self.cards):
            card.setChecked(mine == bool(number))
        if here:
            self.focus_choice()

    def focus_choice(self) -> None:
        """The chosen one of the two has the keys."""
        for card in self.cards:
            if card.isChecked():
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_meanwhile(self) -> None:
        if self._column.count():
            self._column.addWidget(Hairline())
        self._column.addWidget(panel_heading("تا وصل شدن خط"))
        for icon, colour, words in _WITHOUT_LINE:
            across = Row(gap=8)
            across.addWidget(IconLabel(icon, 16, colour), 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(Label(words, wrap=True), 1)
            self._column.addLayout(across)
        self._column.addWidget(Label(_TO_CITIZEN, "small", "text2", wrap=True))


def _lines(values: Mapping[str, str], service: Service | None) -> list[str]:
    """Each value, with its label before it where there are several."""
    if len(values) == 1:
        return [value_words(key, value, service) for key, value in values.items()]
    return [
        f"{field_label(key, service)}: {value_words(key, value, service)}"
        for key, value in values.items()
    ]
