"""Beside an office's card: who it is, its hours of this week, its desks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.office_card import OfficeDay, OfficeLook
from desktop.domain.calendar import weekday
from desktop.domain.hours import DaysRun, runs
from desktop.domain.office_care import OfficeState
from desktop.domain.office_words import LICENCE, days_words, hours_words, identity
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.standing.office import desk_chip, desk_detail, desk_title, newest_version
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label, Role
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.chip import Chip
from desktop.wire.registry import DeskBody, OfficeBody

_UNTOLD = "نامعلوم"
_SPECIAL = 4
"""So many stretches of days with hours of their own are told."""


class OfficeSide(QWidget):
    """`dropped` gives the id of a desk that is to be put out, `added` asks for a new one, `days`
    for the days that have hours of their own, `followed` (a day) for one of these in the calendar.

    The first two are offered to who keeps accounts and desks, the others to who prepares changes.
    """

    dropped = Signal(str)
    added = Signal()
    days = Signal()
    followed = Signal(object)

    def __init__(self, *, keeps_desks: bool, prepares: bool) -> None:
        super().__init__()
        self._keeps, self._prepares = keeps_desks, prepares
        self._shown: tuple[object, ...] = ()
        self._column = Column(gap=8, margins=(12, 16, 12, 16))
        self.setLayout(self._column)
        self.setAccessibleName("مشخصات دفتر")

    def show_office(self, look: OfficeLook, at_work: OfficeBody | None, now: datetime) -> None:
        """Show it; the same again leaves the keys where they are."""
        shown = (look, at_work, now.replace(second=0, microsecond=0))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        self._column.addWidget(panel_heading("مشخصات"))
        self._column.addWidget(_identity(look))
        self._column.addWidget(Hairline())
        self._add_hours(look)
        self._column.addWidget(Hairline())
        desks = at_work.desks if at_work is not None else []
        count = to_persian_digits(f"{len(desks)} رایانه") if at_work is not None else ""
        heading = _heading("رایانه‌ها", count)
        if self._keeps and at_work is not None:
            new = Link("رایانهٔ تازه…")
            new.clicked.connect(self.added)
            heading.layout().addWidget(new)  # type: ignore[union-attr]
        self._column.addWidget(heading)
        if at_work is None:
            words = "وضعیت رایانه‌ها را مرکز می‌داند؛ پس از وصل شدن خط می‌آید."
            self._column.addWidget(Label(words, "small", "text2", wrap=True))
        elif not desks:
            words = "هنوز رایانه‌ای معرفی نشده است."
            self._column.addWidget(Label(words, "small", "text2", wrap=True))
        self._add_desks(desks, now)
        self._column.addStretch(1)

    def _add_hours(self, look: OfficeLook) -> None:
        heading = _heading("ساعت کار", "این هفته")
        if self._prepares:
            days = Link("روزهای ویژه…")
            days.clicked.connect(self.days)
            heading.layout().addWidget(days)  # type: ignore[union-attr]
        self._column.addWidget(heading)
        week = QWidget()
        week.setLayout(Column(*(HoursLine(d, today=d.day == look.day) for d in look.week), gap=0))
        self._column.addWidget(week)
        if not look.week:
            self._column.addWidget(Label("اعلام نشده است", role="text2"))
        hours = look.newest.hours
        coming = [each for each in hours.special if each.day >= look.day] if hours else []
        special = runs(coming)
        if special:
            self._column.addWidget(Label("روزهای ویژه", "small", "text2", weight=500))
        for run in special[:_SPECIAL]:
            self._column.addWidget(self._run_line(run))
        if len(special) > _SPECIAL:
            words = to_persian_digits(f"و {len(special) - _SPECIAL} بازهٔ دیگر")
            self._column.addWidget(Label(words, "small", "text2"))

    def _run_line(self, run: DaysRun) -> QWidget:
        days, hours = days_words(run.first, run.last), hours_words(run.spans)
        if not self._prepares:
            return Label(f"{days}: {hours}", "small", wrap=True)
        link = Link(days)
        link.setAccessibleName(f"{days}، در تقویم")
        link.clicked.connect(lambda: self.followed.emit(run.first))
        row = Row(link, gap=8)
        row.addWidget(Label(hours, "small", wrap=True, middle=True), 1)
        line = QWidget()
        line.setLayout(row)
        return line

    def _add_desks(self, desks: Sequence[DeskBody], now: datetime) -> None:
        newest = newest_version(desks)
        order = sorted(desks, key=lambda each: (each.revoked_at is not None, each.number))
        for desk in order:
            line = QWidget()
            head = Row(gap=8)
            head.addWidget(Label(desk_title(desk), weight=500), 1)
            head.addWidget(Chip(desk_chip(desk, now, newest)))
            column = Column(gap=0)
            column.addLayout(head)
            detail = Row(gap=8)
            detail.addWidget(Label(desk_detail(desk, now), "small", "text2", wrap=True), 1)
            if self._keeps and desk.revoked_at is None:
                drop = Link("کنار گذاشتن…", weight=400, colour="refuse")
                drop.setAccessibleName(f"کنار گذاشتن {desk_title(desk)}")
                drop.clicked.connect(
                    lambda _=False, device=desk.device_id: self.dropped.emit(device)
                )
                detail.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(detail)
            line.setLayout(column)
            self._column.addWidget(line)
            self._column.addWidget(Hairline())


def _heading(words: str, beside: str) -> QWidget:
    line = QWidget()
    row = Row(gap=8)
    row.addWidget(panel_heading(words))
    row.addWidget(Label(beside, "small", "text2", elide=True), 1)
    line.setLayout(row)
    return line


def _identity(look: OfficeLook) -> Pairs:
    pairs = Pairs()
    licence, ends = _licence_ends(OfficeState(look.card, look.day))
    for name, value in identity(look.card, look.former):
        colour: Role | Tone = "text"
        if name == LICENCE and ends:
            value, colour = f"{value}، {ends}", licence
        pairs.add(name, value or _UNTOLD, role=colour if value else "hint")
    return pairs


def _licence_ends(state: OfficeState) -> tuple[Tone, str]:
    """The tone of a licence, and the words that it ended or soon does; empty while it holds."""
    if not state.card.licensed(state.day):
        return "refuse", "پایان یافته"
    return "pay", "رو به پایان" if state.licence_ends else ""


class HoursLine(QWidget):
    """A weekday and its hours; today on a tint, a holiday in red with its name."""

    def __init__(self, day: OfficeDay, *, today: bool) -> None:
        super().__init__()
        self._is_today = today
        named = f"{weekday(day.day)}، امروز" if today else weekday(day.day)
        hours = hours_words(day.spans, day.holiday)
        tone: Role | Tone = "refuse" if not day.spans else "text"
        row = Row(gap=8, margins=(1, 6, 1, 6))
        row.addWidget(Label(named, role=tone, weight=500 if today else 400))
        told = Label(hours, role=tone, weight=500 if today else 400, elide=True, left=True)
        row.addWidget(told, 1)
        self.setLayout(row)
        self.setAccessibleName(f"{named}: {hours}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint of today."""
        if self._is_today:
            painter = strokes.open_painter(self)
            strokes.box(painter, self.rect(), theme.px(4), fill=theme.colour("tint"))
