"""Ways to write the rows of an export as real ones do, and what should come out of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import xlsxwriter

from desktop.centre.records.columns import SHEETS, RowKind
from desktop.demo.city import make_city
from desktop.demo.export import lines
from desktop.domain.property import PropertyRecord
from tests.spelled import DebtStatus

Cell: TypeAlias = str | int | float
Told: TypeAlias = tuple[str, int, str, str]
"""Sheet, row (heading = 1), column, «پذیرفته شد», «پذیرفته نشد» or «نامعلوم ماند»."""

KEPT, REFUSED, UNKNOWN = "پذیرفته شد", "پذیرفته نشد", "نامعلوم ماند"
TODAY = date(2026, 11, 24)
PERSIAN, ARABIC = "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
HALF_SPACE = "\u200c"
# Published test values (DOMAIN.md §2.1): spreadsheets take their leading zeros away.
LEADING_ZEROS = ("0499370899", "0076229645", "0932833810")
NOTHING = ("", "-", "ندارد", " ")
YES = ("بله", "بلی", "دارد", "1", 1, "۱", "١")
NO = ("خیر", "نه", "ندارد", "0", 0, "-", "", "۰", "خير")


@dataclass
class Line:
    """A row of a property on its way into a sheet, and what should be told: (column, outcome)."""

    code: str
    cells: list[Cell]
    told: list[tuple[int, str]] = field(default_factory=list)
    after: Line | None = None
    double: bool = False


@dataclass
class Dirty:
    """The export's rows, and what should come out: records by code, told rows, doubled rows."""

    sheets: dict[RowKind, list[list[Cell]]]
    records: dict[str, PropertyRecord]
    told: set[Told]
    doubles: int

    def write_folder(self, folder: Path) -> None:
        """Writes it as CSV files, some with a BOM and some without."""
        folder.mkdir()
        with ExitStack() as files:
            for i, sheet in enumerate(SHEETS):
                encoding = "utf-8-sig" if i % 2 else "utf-8"
                path = folder / f"{sheet.title}.csv"
                file = files.enter_context(path.open("w", encoding=encoding, newline=""))
                csv.writer(file).writerows([sheet.headings, *self.sheets[sheet.kind]])

    def write_workbook(self, path: Path) -> None:
        """Writes it as a workbook, numbers as numbers and texts as texts."""
        with xlsxwriter.Workbook(path) as workbook:
            for sheet in SHEETS:
                page = workbook.add_worksheet(sheet.title)
                heading: list[Cell] = list(sheet.headings)
                for place, cells in enumerate([heading, *self.sheets[sheet.kind]]):
                    for column, cell in enumerate(cells):
                        if isinstance(cell, str):
                            page.write_string(place, column, cell)
                        else:
                            page.write_number(place, column, cell)


class Smudge:
    """Writes one value in one of the ways that people and systems write it."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def coin(self) -> bool:
        return self.random.random() < 0.5

    def digits(self, text: str) -> str:
        return text.translate(str.maketrans("0123456789", self.random.choice(DIGITS)))

    def around(self, text: str) -> str:
        return self.random.choice(("", " ", "  ")) + text + self.random.choice(("", " ", "\u200f"))

    def number(self, text: str) -> Cell:
        """A whole number or identifier: its zeros may be lost and thousands marks come."""
        match self.random.randrange(4):
            case 0:
                return int(text)
            case 1:
                mark = self.random.choice((",", "٬"))
                return self.around(self.digits(f"{int(text):,}".replace(",", mark)))
            case _:
                return self.around(self.digits(text))

    def area(self, text: str) -> Cell:
        value = Decimal(text)
        if self.random.randrange(4) == 0:
            return float(value)
        whole, _, places = text.partition(".")
        if self.coin():
            places = places.rstrip("0")
        if self.coin():
            whole = f"{int(whole):,}".replace(",", self.random.choice((",", "٬")))
        mark = self.random.choice((".", "٫", "/"))
        return self.around(self.digits(f"{whole}{mark}{places}" if places else whole))

    def code(self, text: str) -> Cell:
        parts = text.split("-")
        while len(parts) > 4 and parts[-1] == "0" and self.random.random() < 0.7:
            parts.pop()
        mark = self.random.choice(("-", "/", " - ", "  -  ", " / "))
        return self.around(self.digits(mark.join(parts)))

    def day(self, text: str) -> Cell:
        year, month, dom = text.split("/")
        written = self.random.choice(
            (text, f"{year}/{int(month)}/{int(dom)}", year + month + dom, f"{year}-{month}-{dom}")
        )
        if written.isdigit() and self.coin():
            return int(written)
        return self.around(self.digits(written))

    def word(self, text: str) -> Cell:
        """A word of a list: a half-space may be a space or nothing, letters may be Arabic."""
        text = text.replace(HALF_SPACE, self.random.choice((HALF_SPACE, " ", "")))
        text = text.replace("–", self.random.choice(("–", "-")))
        return self.around(self.text(text))

    def text(self, text: str) -> str:
        """Free text: letters and digits vary, what a person reads does not."""
        if self.coin():
            text = text.replace("ی", "ي").replace("ک", "ك")
        return self.digits(text)

    def flag(self, text: str) -> Cell:
        return self.random.choice(YES if text == "بله" else NO)

    def nothing(self) -> str:
        return self.random.choice(NOTHING)


DIGITS = ("0123456789", PERSIAN, ARABIC)
# How the columns of each sheet are written: c code, n number, a area, d day, w word, t text,
# f flag, s a word whose absence means the usual one.
FORMS = {
    RowKind.PROPERTY: "cnnnttnnwaaannttfafdnnn",
    RowKind.OWNER: "cttnaf",
    RowKind.PERMIT: "cndd",
    RowKind.CERTIFICATE: "cwndd",
    RowKind.FILE: "ctawn",
    RowKind.DEBT: "cntnndsnn",
    RowKind.HOLD: "ctndwd",
}
NAMES = {
    RowKind.OWNER: "owners",
    RowKind.PERMIT: "permits",
    RowKind.CERTIFICATE: "certificates",
    RowKind.FILE: "files",
    RowKind.DEBT: "debts",
    RowKind.HOLD: "holds",
}


class Soiler:
    """Turns the clean rows of a city into a dirty export."""

    def __init__(self, seed: int, properties: int) -> None:
        self.random = Random(seed)
        self.smudge = Smudge(self.random)
        self.lines: dict[RowKind, list[Line]] = {kind: [] for kind in RowKind}
        self.shares: set[str] = set()
        self.records: dict[str, PropertyRecord] = {}
        for item in make_city(properties, seed, TODAY):
            record = item.record
            if self.random.random() < 0.2:
                first = replace(record.owners[0], person_id=self.random.choice(LEADING_ZEROS))
                record = replace(record, owners=(first, *record.owners[1:]))
            self.records[str(record.code)] = record
        self._unused = list(self.records)
        self.random.shuffle(self._unused)
        for record in self.records.values():
            for kind, line in lines(record):
                self.add(kind, line)
                if self.random.random() < 0.05:
                    self.add(kind, line).double = True

    def pick(self) -> PropertyRecord:
        """A property that no other dirt was put on."""
        return self.records[self._unused.pop()]

    def add(
        self,
        kind: RowKind,
        line: Sequence[str | int],
        told: Sequence[tuple[int, str]] = (),
        raw: dict[int, Cell] | None = None,
    ) -> Line:
        """A row, each cell in some way of writing it, or as given in `raw`."""
        forms = FORMS[kind]
        cells = [self._cell(forms[i], str(value)) for i, value in enumerate(line)]
        for column, cell in (raw or {}).items():
            cells[column] = cell
        made = Line(str(line[0]), cells, list(told))
        self.lines[kind].append(made)
        return made

    def _cell(self, form: str, value: str) -> Cell:
        smudge = self.smudge
        if value == "" or (form == "s" and value == DebtStatus.FINAL and smudge.coin()):
            return smudge.nothing()
        # A coordinate is no whole number.
        if form == "n" and not value.isdigit():
            return value
        write: dict[str, Callable[[str], Cell]] = {
            "c": smudge.code,
            "n": smudge.number,
            "a": smudge.area,
            "d": smudge.day,
            "w": smudge.word,
            "s": smudge.word,
            "t": smudge.text,
            "f": smudge.flag,
        }
        return write[form](value)

    def extra(
        self,
        kind: RowKind,
        record: PropertyRecord,
        child: object,
        told: Sequence[tuple[int, str]] = (),
        raw: dict[int, Cell] | None = None,
        code: str | None = None,
    ) -> Line:
        """One more row, of a child that the record does not have yet."""
        changes: dict[str, Any] = {NAMES[kind]: (child,)}
        alone = replace(PropertyRecord(record.code), **changes)
        (line,) = [line for found, line in lines(alone) if found is kind]
        return self.add(kind, (code or line[0], *line[1:]), told, raw)

    def more(
        self,
        kind: RowKind,
        child: object,
        told: Sequence[tuple[int, str]] = (),
        raw: dict[int, Cell] | None = None,
    ) -> PropertyRecord:
        """One more row of some property, which is kept."""
        record = self.pick()
        self.extra(kind, record, child, told, raw)
        changes: dict[str, Any] = {NAMES[kind]: (*getattr(record, NAMES[kind]), child)}
        self.keep(replace(record, **changes))
        return record

    def only(self, kind: RowKind, record: PropertyRecord) -> Line:
        """The property's one row of the kind; what doubled it is taken away."""
        rows = [line for line in self.lines[kind] if line.code == str(record.code)]
        for line in rows[1:]:
            self.lines[kind].remove(line)
        return rows[0]

    def doubt(self, record: PropertyRecord) -> None:
        """A row of this property is refused."""
        self.keep(replace(self.records[str(record.code)], doubted=True))

    def keep(self, record: PropertyRecord) -> None:
        """What should come out for this property."""
        self.records[str(record.code)] = record

    def finish(self) -> Dirty:
        """Puts the rows in a random order, in which a second row still comes after its first."""
        told: set[Told] = set()
        sheets: dict[RowKind, list[list[Cell]]] = {}
        for sheet in SHEETS:
            rows = [line for line in self.lines[sheet.kind] if line.after is None]
            self.random.shuffle(rows)
            for line in (line for line in self.lines[sheet.kind] if line.after is not None):
                first = next(i for i, row in enumerate(rows) if row is line.after)
                rows.insert(self.random.randint(first + 1, len(rows)), line)
            for number, row in enumerate(rows, 2):
                for column, outcome in row.told:
                    told.add((sheet.title, number, sheet.headings[column], outcome))
            if sheet.kind is RowKind.OWNER:
                for code in self.shares:
                    first = min(n for n, row in enumerate(rows, 2) if row.code == code)
                    told.add((sheet.title, first, sheet.columns[4], KEPT))
            sheets[sheet.kind] = [row.cells for row in rows]
        doubles = sum(line.double for rows in self.lines.values() for line in rows)
        return Dirty(sheets, self.records, told, doubles)
