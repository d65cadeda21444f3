"""The registers as tables of words: the same on screen, on paper and in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.actions.registers import FEE_HEADINGS, Fees, Heading, LetterLine, RequestLine
from desktop.actions.spreadsheet import Cell as Value
from desktop.domain.calendar import TEHRAN, format_long, format_time, iso_jalali
from desktop.domain.cash_words import signed
from desktop.domain.day_register import COUNTED, Closing, code_words
from desktop.domain.persian import (
    fold,
    isolate,
    to_persian_digits,
)
from desktop.domain.service import Service
from desktop.ui.standing.chips import CHIPS
from desktop.ui.standing.lines import plain_code
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet


@dataclass(frozen=True)
class Line:
    """A row: its key (a case, a day), its values, and what it is searched by; `total` sums up the
    others."""

    key: str
    values: tuple[Value, ...]
    folded: str
    total: bool = False

    def cells(self) -> tuple[Cell, ...]:
        """As the table shows it: the first is what names it."""
        first, *others = (shown(value) for value in self.values)
        if self.total:
            return tuple(Cell(each, weight=700) for each in (first, *others))
        return (named(first), *(Cell(each) if each else quiet("—") for each in others))


@dataclass(frozen=True)
class Listed:
    """A register: what it is called, its columns on screen and elsewhere, its rows.

    `numeric` are columns of numbers, for paper.
    """

    title: str
    columns: tuple[TableColumn, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    empty: str
    numeric: tuple[int, ...] = ()


def shown(value: Value) -> str:
    """A value as it is read: numbers grouped, codes in their own direction."""
    if isinstance(value, int):
        return signed(value)
    text = to_persian_digits(value)
    return isolate(text) if value and not value.strip("0123456789/-٫:") else text


def _line(key: str, *values: Value) -> Line:
    return Line(key, values, fold(" ".join(str(value) for value in values)))


def _moment(at: datetime) -> str:
    local = at.astimezone(TEHRAN)
    return f"{iso_jalali(local.date())} {local:%H:%M}"


def letters(lines: Sequence[LetterLine]) -> Listed:
    """اندیکاتور نامه‌ها."""
    return Listed(
        title="اندیکاتور نامه‌ها",
        columns=(
            TableColumn("شماره", 112, sortable=False),
            TableColumn("تاریخ", 96, sortable=False),
            TableColumn("موضوع", 150, stretch=3, sortable=False),
            TableColumn("گیرنده", 150, stretch=3, sortable=False),
            TableColumn("کد نوسازی", 150, drop=2, sortable=False),
            TableColumn("مهر", 104, drop=1, sortable=False),
            TableColumn("سرانجام", 150, stretch=1, sortable=False),
        ),
        headings=(
            Heading("شماره", 16), Heading("تاریخ", 12), Heading("موضوع", 34), Heading("گیرنده", 34),
            Heading("کد نوسازی", 22), Heading("مهر", 18), Heading("سرانجام", 34),
        ),
        lines=tuple(
            _line(
                line.case_id,
                line.number,
                iso_jalali(line.issued_on),
                line.subject,
                line.addressee,
                line.code,
                line.released_by,
                _end(line),
            )
            for line in lines
        ),
        empty="در این مدت نامه‌ای صادر نشده است",
    )  # fmt: skip


def _end(line: LetterLine) -> str:
    """What became of a letter, in words."""
    if line.voided:
        return f"ابطال: {line.voided}"
    if line.handed_to and line.handed_on is not None:
        return f"تحویل شد، {line.handed_to}، {_moment(line.handed_on)}"
    if line.passed_to:
        return to_persian_digits(f"به {line.passed_to} سپرده شد")
    return "آمادهٔ تحویل" if line.released_by else "در انتظار تأیید"


def requests(
    lines: Sequence[RequestLine], names: Mapping[str, str], services: Mapping[str, Service]
) -> Listed:
    """فهرست درخواست‌ها."""

    def title(code: str) -> str:
        service = services.get(code)
        return service.short if service is not None else code

    return Listed(
        title="فهرست درخواست‌ها",
        columns=(
            TableColumn("کد رهگیری", 176, sortable=False),
            TableColumn("دریافت", 140, sortable=False),
            TableColumn("متقاضی", 150, stretch=3, sortable=False),
            TableColumn("خدمت", 110, stretch=1, sortable=False),
            TableColumn("کد نوسازی", 150, drop=2, sortable=False),
            TableColumn("وضعیت", 120, stretch=1, sortable=False),
            TableColumn("نامه", 108, drop=3, sortable=False),
            TableColumn("مهلت", 92, drop=1, sortable=False),
            TableColumn("ثبت‌کننده", 100, drop=4, sortable=False),
        ),
        headings=(
            Heading("کد رهگیری", 24), Heading("دریافت", 18), Heading("متقاضی", 26),
            Heading("خدمت", 18), Heading("کد نوسازی", 22), Heading("وضعیت", 18),
            Heading("نامه", 16), Heading("مهلت", 12), Heading("ثبت‌کننده", 18),
        ),
        lines=tuple(
            _line(
                line.case_id,
                plain_code(line.tracking),
                _moment(line.received_at),
                line.applicant,
                title(line.service),
                line.code,
                CHIPS[line.status].words,
                line.letter,
                iso_jalali(line.due_on),
                names.get(line.clerk, ""),
            )
            for line in lines
        ),
        empty="در این مدت درخواستی ثبت نشده است",
    )  # fmt: skip


def fees(told: Fees) -> Listed:
    """کارمزد ماه, by service and in all."""
    lines = [_line("", line.of, *line.numbers) for line in told.services]
    if lines:
        total = _line("", told.total.of, *told.total.numbers)
        lines.append(replace(total, total=True))
    return Listed(
        title=f"کارمزد {told.words}",
        columns=(
            TableColumn("خدمت", 200, stretch=3, sortable=False),
            *(TableColumn(each.words, 130, stretch=1, sortable=False) for each in FEE_HEADINGS),
        ),
        headings=(Heading("خدمت", 34), *FEE_HEADINGS),
        lines=tuple(lines),
        empty="در این ماه کارمزدی دریافت نشده است",
        numeric=(1, 2, 3, 4),
    )


def days(closings: Sequence[Closing]) -> Listed:
    """روزهای بسته."""
    return Listed(
        title="روزهای بسته",
        columns=(
            TableColumn("روز", 170, stretch=2, sortable=False),
            TableColumn("چه کسی بست", 150, stretch=2, sortable=False),
            TableColumn("درخواست", 84, sortable=False),
            TableColumn("نامه", 72, sortable=False),
            TableColumn("اختلاف (ریال)", 120, sortable=False),
            TableColumn("کد دفتر", 120, drop=1, sortable=False),
            TableColumn("وضعیت", 130, sortable=False),
        ),
        headings=(
            Heading("روز", 26), Heading("چه کسی بست", 28), Heading("درخواست", 10),
            Heading("نامه", 10), Heading("اختلاف (ریال)", 16),
            Heading("کد دفتر", 16), Heading("وضعیت", 18),
        ),
        lines=tuple(
            _line(
                closing.register.day.isoformat(),
                format_long(closing.register.day),
                f"{closing.by}، {format_time(closing.register.closed_at)}",
                closing.register.figures.received,
                closing.register.letters.issued,
                sum(abs(closing.register.purse(tool).difference) for tool in COUNTED),
                code_words(closing.register.digest),
                "در صف ارسال" if closing.waiting else "به مرکز رسید",
            )
            for closing in closings
        ),
        empty="هنوز روزی بسته نشده است",
        numeric=(2, 3, 4),
    )  # fmt: skip
