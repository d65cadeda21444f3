"""Sheets with the municipality's head and stamp: they come in bundles, each sheet with a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits

LARGEST_BUNDLE = 2_000
_MOST = 999_999_999
_SERIES = re.compile(r"[0-9A-Zآ-ی]{0,6}")
_NO_RUN = "شمارهٔ نخست و پایان دسته را درست بنویسید؛ پایان از نخست کوچک‌تر نیست."
_LARGE = f"یک دسته بیش از {LARGEST_BUNDLE} برگ ندارد؛ شماره‌ها را دوباره بخوانید."
_NO_SERIES = "سری برگ تا شش حرف و رقم است، بی‌فاصله."
_WHO = "برگ مهردار را مسئول دفتر تحویل می‌گیرد یا کنار می‌گذارد، یا جانشین او در روزی که نیست."
NO_NOTE = "شمارهٔ برگهٔ تحویل شهرداری را بنویسید."
NO_REASON = "دلیل کنار گذاشتن را بنویسید."


@dataclass(frozen=True)
class SheetRun:
    """Sheets of a series from number `first` to `last`, both among them; `series` stands before
    their numbers and is often empty."""

    series: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many sheets."""
        return self.last - self.first + 1

    @property
    def words(self) -> str:
        """«الف ۱۲۳» of one sheet, «الف ۱۲۳ تا ۱۲۵» of several."""
        until = f" تا {self.last}" if self.last > self.first else ""
        return isolate(to_persian_digits(f"{self.series} {self.first}{until}".strip()))


def runs_of(sheets: Iterable[tuple[str, int]]) -> Iterator[SheetRun]:
    """Sheets by series and number, in order, as runs of numbers that follow each other."""
    run: SheetRun | None = None
    for series, number in sheets:
        if run is not None and (series, number) == (run.series, run.last + 1):
            run = SheetRun(series, run.first, number)
            continue
        if run is not None:
            yield run
        run = SheetRun(series, number, number)
    if run is not None:
        yield run


@dataclass(frozen=True)
class SheetsTaken:
    """The office took a bundle from the municipality; `note` is the number of its delivery note."""

    kind: ClassVar[str] = "sheets-taken"
    run: SheetRun
    note: str


@dataclass(frozen=True)
class SheetsDropped:
    """Sheets on which no letter stands are used no more: torn, lost, given back."""

    kind: ClassVar[str] = "sheets-dropped"
    run: SheetRun
    reason: str


@dataclass(frozen=True)
class TakeSheets:
    """As `SheetsTaken`."""

    kind: ClassVar[str] = "take-sheets"
    run: SheetRun
    note: str


@dataclass(frozen=True)
class DropSheets:
    """As `SheetsDropped`."""

    kind: ClassVar[str] = "drop-sheets"
    run: SheetRun
    reason: str


def demand_run(run: SheetRun) -> None:
    """Raise Refusal, beside its field, for what no bundle is."""
    if not _SERIES.fullmatch(run.series):
        raise Refusal(_NO_SERIES, field="series")
    if not 0 < run.first <= run.last <= _MOST:
        raise Refusal(_NO_RUN, field="last" if run.first > 0 else "first")
    if run.count > LARGEST_BUNDLE:
        raise Refusal(to_persian_digits(_LARGE), field="last")


def taken(asked: TakeSheets, *, may: bool) -> SheetsTaken:
    """The bundle as taken; `may` is whether the person is the office's manager, or stood in for one
    who was away. Raises Refusal."""
    if not may:
        raise Refusal(_WHO)
    demand_run(asked.run)
    note = asked.note.strip()
    if not note:
        raise Refusal(NO_NOTE, field="note")
    return SheetsTaken(asked.run, note)


def dropped(asked: DropSheets, *, may: bool) -> SheetsDropped:
    """The sheets as put aside; as `taken`."""
    if not may:
        raise Refusal(_WHO)
    demand_run(asked.run)
    reason = asked.reason.strip()
    if not reason:
        raise Refusal(NO_REASON, field="reason")
    return SheetsDropped(asked.run, reason)
