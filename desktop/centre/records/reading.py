"""What an export that is open for reading gives: its rows, and the sums told beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

from desktop.centre.records.columns import ExportSheet

RawRow: TypeAlias = tuple[int, list[str], str]
"""The row's number in its sheet (from 1), its cells in the order of the headings, and why none of
them but the first can be trusted: they don't stand where the headings say. Empty for nothing."""


LONG = "این ردیف از سرستون‌ها خانهٔ بیشتری دارد؛ خانه‌های آن جابه‌جا شده است."
"""What is wrong with a row that says something beyond the last heading."""


@dataclass(frozen=True)
class Control:
    """What the maker of an export says of a sheet: its rows, and their sum where there is one."""

    sheet: ExportSheet
    rows: int | None
    total: Decimal | None


class Export(Protocol):
    """An export that is open for reading."""

    def weight(self, sheet: ExportSheet) -> int:
        """How large a part of the whole the sheet is, in any unit."""

    def controls(self) -> list[Control]:
        """The control totals, where there are any. Raises Refusal when they can't be read."""

    def open(self, sheet: ExportSheet) -> tuple[int, Iterator[RawRow]]:
        """About how many rows the sheet has, for showing progress, and those that are not blank.

        Raises Refusal, at once or while iterating, when the sheet cannot be read.
        """
