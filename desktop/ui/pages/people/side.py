"""The chosen person beside the list: who it is, what waits, his one-time password's slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.people import Person, Staffing
from desktop.domain.calendar import format_time
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.standing.staff import (
    NO_ID,
    chip_of,
    desks_words,
    locked_words,
    office_words,
    role_words,
    stood_in_for,
)
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import Chip
from desktop.wire.publishing import PublicationBody

_ON_PAPER = "تنها روی برگه چاپ شد"
_UNKNOWN = (
    "گذرواژه در سامانه نگهداری نمی‌شود. برگه گم شد؟ بازنشانی کنید؛ برگهٔ پیشین بی‌درنگ بی‌اثر می‌شود."
)
_LOCKED_THERE = (
    "مسئول دفتر در همان رایانه قفل را باز می‌کند؛ گذرواژهٔ تازه هم آن را باز می‌کند. پس از این ساعت"
    " خودکار باز می‌شود."
)
_NOT_YET = "هنوز گذرواژه‌ای برای او چاپ نشده است."
_UNSIGNED = "نقش او پیشنهاد نشده یا رد شده است؛ دورهٔ همکاری را بنویسید."


class PersonSide(QWidget):
    """`signed` asks to sign what waits for a signature, `taken_back` to take it back,
    `unlocked` to let the person try again."""

    signed = Signal(object)
    taken_back = Signal(object)
    unlocked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=10)
        outer = Column(gap=0, margins=(14, 16, 14, 16))
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("همکار برگزیده")
        self.clear()

    def clear(self) -> None:
        """Nobody is chosen."""
        clear(self._column)
        self._column.addWidget(Label("همکاری برگزیده نیست.", role="text2", wrap=True))

    def show_person(
        self, person: Person, staffing: Staffing, now: datetime, *, own: str, signs: bool, may: bool
    ) -> None:
        """Tell of the person; `own` is who sits here, `signs` whether he gives second signatures,
        `may` whether he changes something of this person."""
        clear(self._column)
        today = staffing.today
        head = Row(gap=8)
        head.addWidget(Label(person.name, "section", weight=700, wrap=True), 1)
        head.addWidget(Chip(chip_of(person, today)), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        pairs = Pairs()
        for name, value in self._pairs(person, staffing, now):
            pairs.add(name, value)
        self._column.addWidget(pairs)
        if may and (person.locked_until is not None or person.hold is not None):
            unlock = Button("باز کردن قفل…", icon="lock-open", wide=True)
            unlock.setAccessibleName(f"باز کردن قفل {person.name}")
            unlock.clicked.connect(self.unlocked)
            self._column.addWidget(unlock)
        if may and person.locked_at:
            self._column.addWidget(Label(_LOCKED_THERE, "small", "text2", wrap=True))
        for waits in person.waiting:
            self._column.addWidget(Hairline())
            self._column.addWidget(self._waiting(waits, now, own=own, signs=signs))
        if not person.came and person.newest is None and not person.waiting:
            self._column.addWidget(Banner(_UNSIGNED, "neutral"))
        self._show_slip(person, staffing, now)

    def _pairs(
        self, person: Person, staffing: Staffing, now: datetime
    ) -> Sequence[tuple[str, str]]:
        found = [("نقش", role_words(person, staffing))]
        found.append(("دفتر", office_words(staffing, person.office)))
        found.append(("کد ملی", isolate(person.masked_id) if person.masked_id else NO_ID))
        if not person.role.is_municipal:
            words = f"{person.trained} خدمت از {len(staffing.services)}"
            found.append(("آموزش‌دیده برای", to_persian_digits(words)))
        if person.desks is not None:
            found.append(("ورود از", desks_words(person)))
        deputy = staffing.named(person.newest.deputy) if person.newest is not None else ""
        if deputy:
            found.append(("جانشین", deputy))
        found += [("به جانشینی", words) for words in stood_in_for(person, staffing)]
        if person.locked_until is not None:
            found.append(("قفل تا", f"ساعت {format_time(person.locked_until)}"))
        if person.locked_at:
            found.append(("قفل در", locked_words(person)))
        if person.hold is not None:
            found.append(("ورود بسته", f"{moment(person.hold.since, now)}: {person.hold.cause}"))
        if person.stop is not None:
            found.append(("معلق", person.stop.words))
        return found

    def _waiting(self, waits: PublicationBody, now: datetime, *, own: str, signs: bool) -> QWidget:
        mine = waits.prepared.actor == own
        by = "شما" if mine else waits.prepared.name
        card = Card(tone="review", margins=(9, 12, 10, 12), gap=4)
        head = Row(gap=8)
        head.addWidget(IconLabel("clock", 18, "review"), 0, Qt.AlignmentFlag.AlignTop)
        words = f"پیشنهاد {by}، {moment(waits.prepared.at, now)}"
        head.addWidget(Label(words, role="review", weight=500, wrap=True), 1)
        card.body.addLayout(head)
        lines = [line for change in waits.told.changes for line in change.lines]
        for line in lines[:2]:
            card.add(Label(line, wrap=True))
        more = len(waits.draft.items) - 2
        if more > 0:
            card.add(Label(to_persian_digits(f"و {more} مورد دیگر"), "small", "text2"))
        if waits.stale:
            card.add(Label(waits.stale, "small", "refuse", wrap=True))
        keys = Row(gap=8)
        if signs and not mine:
            sign = Button("دیدن و امضا", icon="eye-check")
            sign.clicked.connect(lambda: self.signed.emit(waits))
            keys.addWidget(sign)
        if mine or signs:
            back = Button("پس گرفتن…" if mine else "رد…", "quiet", icon="file-off")
            back.clicked.connect(lambda: self.taken_back.emit(waits))
            keys.addWidget(back)
        keys.addStretch(1)
        card.body.addLayout(keys)
        return card

    def _show_slip(self, person: Person, staffing: Staffing, now: datetime) -> None:
        if person.desks is None:
            return
        if person.code_until is None:
            if not person.came and person.newest is not None:
                self._column.addWidget(Banner(_NOT_YET, "visit", icon="key"))
            return
        self._column.addWidget(Hairline())
        self._column.addWidget(Banner("برگهٔ گذرواژه چاپ شده است", "ok", icon="printer"))
        slip = Card(margins=(10, 14, 12, 14), gap=6)
        slip.setAccessibleName("برگهٔ گذرواژهٔ یک‌بارمصرف")
        slip.add(Label("گذرواژهٔ یک‌بارمصرف", "small", weight=700))
        slip.add(Hairline())
        who = f"{person.name}، {person.role.word}، {office_words(staffing, person.office)}"
        slip.add(Label(who, "small", wrap=True))
        hidden = Row(gap=8, margins=(4, 0, 4, 0))
        hidden.addStretch(1)
        hidden.addWidget(IconLabel("eye-off", 18, "text2"))
        hidden.addWidget(Label(_ON_PAPER, "small", "text2"))
        hidden.addStretch(1)
        slip.body.addLayout(hidden)
        slip.add(Label(f"تا {moment(person.code_until, now)}", "small", wrap=True))
        self._column.addWidget(slip)
        self._column.addWidget(Label(_UNKNOWN, "small", "text2", wrap=True))
