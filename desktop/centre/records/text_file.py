"""A CSV file as other systems write it: its encoding, what parts its columns, and its rows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from desktop.centre.records.cells import is_code
from desktop.domain.errors import Refusal, unreadable
from desktop.domain.persian import to_persian_digits

_PARTERS = ",;\t|"
_HEAD = 1 << 16
_HIGH = (0x00, 0x06, 0x20)
# What some systems write after the last row: the mark of an end of DOS, and what fills up a block.
_FILLING = "\x00\x1a"
# A cell too long for its reader is its row's fault; one longer still has swallowed the file.
csv.field_size_limit(1 << 24)
_AGAIN = "خروجی را از سامانه دوباره بگیرید."
Matches = Callable[[list[list[str]]], int]
"""How many headings that are looked for one of these rows holds at most."""


@dataclass(frozen=True)
class TextFile:
    """A file whose encoding and parter are known."""

    path: Path
    encoding: str
    parter: str

    def lines(self) -> int:
        """About how many rows it has. Raises Refusal."""
        with opened(self.path) as file:
            parts = iter(partial(file.read, 1 << 20), b"")
            count = sum(part.count(b"\n") or part.count(b"\r") for part in parts)
        return max(1, count)

    def rows(self) -> Iterator[list[str]]:
        """Every row. Raises Refusal where the file is cut or can't be read."""
        number = 0
        try:
            # Translated ends of lines: some systems write CR alone.
            with self.path.open(encoding=self.encoding, newline=None) as file:
                # Strict: an unclosed quote would otherwise swallow the rest of the file unseen.
                for row in csv.reader(_filled(file), strict=True, delimiter=self.parter):
                    number += 1
                    yield row
        except OSError as fault:
            raise unreadable(self.path.name) from fault
        except UnicodeError as fault:
            shown = "UTF-8" if self.encoding == "utf-8-sig" else self.encoding
            raise Refusal(
                f"فایل «{self.path.name}» به رمز {shown} نیست یا از میانه بریده شده است."
            ) from fault
        except csv.Error as fault:
            after = to_persian_digits(number + 1)
            raise Refusal(f"فایل «{self.path.name}» بریده یا ناخواناست (ردیف {after}).") from fault

    def ends_a_line(self) -> bool:
        """Whether its last row is ended as the others are."""
        with opened(self.path) as file:
            file.seek(max(0, file.seek(0, 2) - _HEAD))
            return file.read().rstrip(_FILLING.encode())[-1:] in (b"\r", b"\n")

    def demand_end(self, short: bool) -> None:
        """Raises Refusal when the last row is `short` of cells and the file ends within it."""
        if short and not self.ends_a_line():
            raise Refusal(f"فایل «{self.path.name}» از میانه بریده شده است؛ {_AGAIN}")

    def demand_apart(self, number: int, cells: list[str]) -> None:
        """Raises Refusal where one cell of that row has other rows in it: a quote stayed open.

        Between the columns of such a cell stands a renewal code by itself, wherever its column is.
        """
        for cell in cells:
            if "\n" in cell and self.parter in cell and any(map(is_code, self._parts(cell))):
                shown = to_persian_digits(number)
                raise Refusal(
                    f"فایل «{self.path.name}» در ردیف {shown} گیومه‌ای باز دارد که ردیف‌های بعد را در"
                    " یک خانه آورده است؛ آن را درست کنید و دوباره بخوانید."
                )

    def _parts(self, cell: str) -> Iterator[str]:
        for line in cell.split("\n"):
            yield from line.split(self.parter)

    def has_rows_of(self, length: int, after: int) -> bool:
        """Whether a row after that one has just so many cells."""
        return any(len(row) == length for row in islice(self.rows(), after, None))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes. Raises Refusal for what is no file or may not be read."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as fault:
        raise unreadable(path.name) from fault


def _filled(lines: Iterable[str]) -> Iterator[str]:
    """The lines without what fills up the file behind the last of them."""
    for line in lines:
        # Within a line it is a cell's, and no cell that has it is read.
        bare = line.rstrip(_FILLING)
        if bare:
            yield bare if line[-1] in _FILLING else line


def open_text(path: Path, matches: Matches) -> TextFile:
    """The file, read in the encoding and with the parter that make most headings readable.

    UTF-8 (with or without a BOM), UTF-16 and Windows-1256 are known. Raises Refusal, with the way
    out, for another encoding.
    """
    with opened(path) as file:
        head = file.read(_HEAD)
    best: tuple[int, TextFile] | None = None
    for encoding in _encodings(head):
        for parter in _PARTERS:
            read = TextFile(path, encoding, parter)
            found = matches(_first_rows(head, encoding, parter))
            if best is None or found > best[0]:
                best = found, read
    if best is None:
        raise Refusal(
            f"رمز نوشته‌های «{path.name}» شناخته نشد؛ فایل را با رمز UTF-8 ذخیره کنید و دوباره"
            " بخوانید."
        )
    return best[1]


def _encodings(head: bytes) -> list[str]:
    """What the file can be written in, likeliest first."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # Two bytes a letter without a mark of their order: on one side stands what is the same of
        # nearly all, 00 of digits, 06 of Persian, 20 of half-spaces.
        if sum(map(high.count, _HIGH)) > len(high) * 9 // 10:
            return [name]
    try:
        # The last letter may be cut by the limit.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        # A single byte may have been spoilt: the headings tell.
        return ["cp1256", "utf-8-sig"]
    return ["utf-8-sig"]


def _first_rows(head: bytes, encoding: str, parter: str) -> list[list[str]]:
    text = head.decode(encoding, errors="replace")
    rows = csv.reader(text.splitlines(), delimiter=parter)
    try:
        return list(islice(rows, 30))
    except csv.Error:
        return []
