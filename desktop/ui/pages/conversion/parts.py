"""The parts of a conversion's page: the papers, the counters' tests, and what stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.conversions import ConversionLook, waiting_card
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.standing.conversion import TABLE, paper_words, step_state, test_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Grid, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.remains import Missing, Remains
from desktop.ui.widgets.lists.table import ROW, Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, RowsModel, TableColumn
from desktop.ui.widgets.told.chip import Chip, ChipLook

_HEAD = 32
_MOST_TESTS = 6
_FOLDED = "folded"
_COLUMNS = (
    TableColumn("گام", 190, stretch=2, sortable=False),
    TableColumn("سند", 210, stretch=3, sortable=False),
    TableColumn("تاریخ", 92, drop=1, sortable=False),
    TableColumn("امضا", 150, stretch=2, drop=2, sortable=False),
    TableColumn("وضعیت", 110, sortable=False),
)


class StepsTable(TableFrame):
    """The five steps of papers, each a row; `opened` gives the step of the row on Enter.

    Where room is scarce those that are done are one row, which Enter opens.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        self._model = RowsModel(_COLUMNS)
        super().__init__(Table("گام‌های تبدیل", _COLUMNS))
        self._model.setParent(self)
        self.table.setModel(self._model)
        self.table.opened.connect(self._open_row)
        self._look: ConversionLook | None = None
        self._folds, self._whole = False, False
        self._steps: list[ConversionStep] = list(TABLE)
        theme.notifier().changed.connect(self._fit)

    def show_steps(self, look: ConversionLook, *, narrow: bool) -> None:
        """Show how far each is; the chosen row stays."""
        chosen, self._look, self._folds = self.chosen(), look, narrow
        done = [step for step in TABLE if step_state(step, look)[1] == "ok"]
        # A table has two rows at the least: where all are done the last one stands by itself.
        done = done if len(done) < len(TABLE) else done[:-1]
        folded = done if narrow and not self._whole and len(done) > 1 else []
        self._steps = [step for step in TABLE if step not in folded]
        rows = [(step.value, _cells(step, look)) for step in self._steps]
        if folded:
            rows.insert(0, (_FOLDED, _folded_cells(len(folded))))
        self._model.set_rows(rows)
        self.table.choose(self._row_of(chosen) if chosen in self._steps else 0)
        self._fit()

    def choose(self, step: ConversionStep) -> None:
        """Go to that step's row; where it is folded, open it first."""
        if step not in self._steps:
            self._unfold()
        self.table.choose(self._row_of(step))
        self.table.setFocus()

    def chosen(self) -> ConversionStep:
        """The step of the chosen row; of the folded ones the first."""
        row = self.table.row() - self._shift
        return self._steps[row] if 0 <= row < len(self._steps) else TABLE[0]

    @property
    def _shift(self) -> int:
        """How many rows stand before the steps."""
        return self._model.rowCount() - len(self._steps) if self._model.rowCount() else 0

    def _row_of(self, step: ConversionStep) -> int:
        return self._shift + self._steps.index(step)

    def _open_row(self, row: int) -> None:
        if row < self._shift:
            self._unfold()
        else:
            self.opened.emit(self._steps[row - self._shift].value)

    def _unfold(self) -> None:
        self._whole = True
        if self._look is not None:
            self.show_steps(self._look, narrow=self._folds)

    def _fit(self) -> None:
        # Qt gives no table less than the height of two rows.
        rows = max(2, self._model.rowCount())
        self.setFixedHeight(theme.px(_HEAD) + rows * theme.px(ROW) + 2)


def _folded_cells(count: int) -> list[Cell]:
    words = to_persian_digits(f"{count} گام کامل")
    opens = Cell("برای دیدن باز کنید", "text2")
    chip = ChipLook("کامل", "circle-check", "ok", "bare")
    return [Cell(words, weight=500), opens, Cell(""), Cell(""), Cell(chip=chip)]


def _cells(step: ConversionStep, look: ConversionLook) -> list[Cell]:
    done = look.step(step) if step is not ConversionStep.STAFF else None
    word, tone, icon = step_state(step, look)
    dated = isolate(format_jalali(done.dated)) if done is not None and done.dated else "—"
    signed = to_persian_digits(done.signed_by) if done is not None else "—"
    number = to_persian_digits(TABLE.index(step) + 1)
    return [
        Cell(f"{number}. {step.word}", weight=500),
        Cell(paper_words(step, look), icon="paperclip" if done is not None else ""),
        Cell(dated, "text2"),
        Cell("بر پایهٔ کارنامه‌ها" if step is ConversionStep.STAFF else signed, "text2"),
        Cell(chip=ChipLook(word, icon, tone, "bare")),
    ]


class TestsCard(Card):
    """What each counter's test said; of many only those that failed, the others by their number."""

    __test__ = False

    def __init__(self) -> None:
        super().__init__()
        self.disc = Disc(6)
        self.words = Label("درخواست آزمایشی", "section", weight=700)
        sentence = "هر باجه از «درخواست آزمایشی» خودش می‌فرستد، از خط تا چاپ نامهٔ بی‌اعتبار"
        head = Row(self.disc, self.words, gap=8)
        head.addWidget(Label(sentence, "small", "text2", elide=True), 1)
        self._chips = Row(gap=0)
        head.addLayout(self._chips)
        self.body.addLayout(head)
        self._rows = Column(gap=8)
        self.body.addLayout(self._rows)

    def show_tests(self, look: ConversionLook, now: datetime, *, narrow: bool) -> None:
        """Show the counters."""
        clear(self._chips)
        clear(self._rows)
        told = [test_words(each, look, now) for each in look.counters]
        right = sum(tone == "ok" for _, _, tone, _ in told)
        whole = bool(told) and right == len(told)
        words = to_persian_digits(f"{right} از {len(told)} باجه")
        icon: tuple[str, Tone] = ("circle-check", "ok") if whole else ("alert-triangle", "pay")
        chip = ChipLook(words, *icon, "bare")
        self._chips.addWidget(Chip(chip))
        self.disc.set_state("done" if whole else "current")
        self.set_edge("line" if whole else "accent")
        shown = told if len(told) <= _MOST_TESTS else [each for each in told if each[2] != "ok"]
        if not told:
            words = "این دفتر هنوز رایانه‌ای ندارد؛ نخست رایانهٔ آن را معرفی کنید."
            self._rows.addWidget(Label(words, role="text2", wrap=True))
            return
        if len(shown) < len(told):
            words = to_persian_digits(f"{right} باجه درست")
            self._rows.addWidget(Label(words, role="ok", weight=500))
        holder = QWidget()
        grid = Grid(2 if narrow else 3, minimum=120)
        grid.put([(_test_card(*each), 1) for each in shown])
        holder.setLayout(grid)
        self._rows.addWidget(holder)
        self.setAccessibleName("، ".join(f"{title}: {word}" for title, _, _, word in told))


def _test_card(title: str, sentence: str, tone: Tone, word: str) -> QWidget:
    card = Card(margins=(6, 12, 6, 12), gap=2)
    head = Row(gap=8)
    head.addWidget(Label(title, weight=500), 1)
    icon = "circle-check" if tone == "ok" else "alert-triangle"
    head.addWidget(Chip(ChipLook(word, icon, tone, "bare")))
    card.body.addLayout(head)
    card.add(Label(sentence, "small", "text2", wrap=True))
    card.setAccessibleName(f"{title}: {word}، {sentence}")
    return card


class ConversionSide(QWidget):
    """What remains (F7), both codes with their letters, what does not change, the minutes."""

    jump = Signal(str)
    previewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.remains = Remains("مانده تا تبدیل", "آمادهٔ امضا")
        self.remains.jump.connect(self.jump)
        self._codes, self._kept, self._minutes = Column(gap=6), Column(gap=2), Column(gap=6)
        column = Column(gap=10, margins=(12, 16, 12, 16))
        column.addWidget(self.remains)
        column.addWidget(Hairline())
        column.addWidget(panel_heading("کد پیش و پس"))
        column.addLayout(self._codes)
        column.addWidget(Hairline())
        column.addWidget(panel_heading("بی‌تغییر می‌ماند"))
        column.addLayout(self._kept)
        column.addWidget(Hairline())
        column.addWidget(panel_heading("صورت‌جلسهٔ تبدیل"))
        column.addLayout(self._minutes)
        column.addStretch(1)
        self.setLayout(column)
        self.setAccessibleName("مانده تا تبدیل")

    def show_look(
        self, look: ConversionLook, after: tuple[OfficeCard, date | None], today: date
    ) -> None:
        """Show it; `after` is the card of the پیشخوان as far as it is known, with its day."""
        for column in (self._codes, self._kept, self._minutes):
            clear(column)
        self._codes.addWidget(_codes(look, after, today))
        words = "شماره‌ها از نو آغاز نمی‌شود. پرونده‌ها و نامه‌ها با هر دو کد پیدا می‌شود."
        self._codes.addWidget(Label(words, "small", "text2", wrap=True))
        self._kept.addWidget(_kept(look))
        signed = look.minutes
        preview = Button("دیدن صورت‌جلسه" if signed else "پیش‌نمایش", icon="eye", keys="F9")
        preview.clicked.connect(self.previewed)
        self._minutes.addWidget(preview)
        number = isolate(to_persian_digits(signed.number)) if signed else ""
        beside = f"شمارهٔ {number}، مهرشده" if signed else "بی‌شماره و بی‌امضا"
        self._minutes.addWidget(Label(beside, "small", "text2", wrap=True))

    def show_missing(self, missing: Sequence[tuple[str, str]]) -> None:
        """What remains: (key, words) of each."""
        kinds: dict[str, Missing] = {ConversionStep.TEST.value: "document"}
        papers = {step.value for step in TABLE}
        # Which services lack somebody stands in the list on top, and in the step's row.
        short = {ConversionStep.STAFF.value: "آموزش کارکنان کامل نیست."}
        lines = [
            (key, short.get(key, words), kinds.get(key, "document" if key in papers else "field"))
            for key, words in missing
        ]
        self.remains.set_lines(lines)


def _codes(look: ConversionLook, after: tuple[OfficeCard, date | None], today: date) -> QWidget:
    """The former code with its last letter, the new one with the first."""
    card, day = after
    year, serial = look.state.year, look.state.serial
    before = look.office.card
    if before.kind is OfficeKind.COUNTER and look.office.former:
        # It was converted: the code of now is the new one.
        old, new = look.office.former[0], before.code
    else:
        old, new = before.code, card.code if card.code != before.code else ""
    last = f"{year}/{old}/{serial}" if serial else "—"
    first = f"{year}/{new}/{serial + 1}" if new else "—"
    when = f"پیشخوان، {format_day_month(day)}" if day is not None else "پیشخوان"
    row = QWidget()
    line = Row(gap=8)
    line.addWidget(_code_card("کارگزاری", old, "آخرین نامه", last, None), 1)
    line.addWidget(IconLabel("arrow-left", 18, "text2"))
    line.addWidget(_code_card(when, new or "—", "نامهٔ نخست", first, "ok"), 1)
    row.setLayout(line)
    return row


def _code_card(head: str, code: str, label: str, number: str, tone: Tone | None) -> QWidget:
    card = Card(tone=tone or "neutral", margins=(6, 10, 6, 10), gap=0)
    card.add(Label(head, "small", tone or "text2", elide=True))
    card.add(Label(isolate(to_persian_digits(code)), "title", "text", 700))
    card.add(Label(label, "small", "text2"))
    card.add(Label(isolate(to_persian_digits(number)), weight=700, elide=True))
    card.setAccessibleName(to_persian_digits(f"{head}، کد {code}، {label} {number}"))
    return card


def _kept(look: ConversionLook) -> Pairs:
    pairs = Pairs()
    work = look.at_work
    if work is not None:
        pairs.add("پروندهٔ باز", to_persian_digits(f"{work.open_cases} پرونده، همین دفتر"))
        pairs.add("نامهٔ تحویل‌نشده", to_persian_digits(f"{work.undelivered} نامه، معتبر"))
        pairs.add("کارکنان", to_persian_digits(f"{len(work.people)} نفر، با همان نقش"))
    rows, today = look.office.services, look.office.day
    held = {row.delegation.service for row in rows if row.until is None or today <= row.until}
    pairs.add("واگذاری", to_persian_digits(f"{len(held)} خدمت، بی‌تغییر"))
    return pairs


def waiting_or_shown(
    look: ConversionLook, shown: OfficeCard | None, day: date | None
) -> tuple[OfficeCard, date | None]:
    """The card of the پیشخوان: signed, waiting, or as it is typed; and its day."""
    if look.office.coming is not None and look.state.converted_on is not None:
        since, card = look.office.coming
        return card, since
    if look.waiting is not None:
        return waiting_card(look.waiting)
    return (shown, day) if shown is not None else (look.office.card, look.state.converted_on)
