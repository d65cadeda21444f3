"""What is known of a service file's text, and what is said at the ends of its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.actions.service_files import Formed, Looked
from desktop.domain.calendar import format_long
from desktop.domain.money import format_rial, rial_in_words
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui.widgets.code.marks import Mark
from desktop.wire.services import FaultBody

_KEY = re.compile(r'key\s*=\s*"([^"]*)"')
# A block of the file, and what the form puts before its key.
_BLOCKS = {"[[field]]": "", "[[document]]": "document."}
_DAY = re.compile(r"=\s*(\d{4}-\d{2}-\d{2})\b")
_SUM = re.compile(r'^\s*(?!least|most|longest|days|months)[^=#]+=\s*"?([\d_]{4,})"?\s*(?:#.*)?$')


def hint_of(line: str) -> str:
    """A line's day in the Jalali calendar, or its sum read aloud; empty for neither."""
    if found := _DAY.search(line):
        try:
            return format_long(date.fromisoformat(found[1]))
        except ValueError:
            return ""
    if found := _SUM.match(line):
        rial = int(found[1].replace("_", ""))
        return f"{format_rial(rial)}، {rial_in_words(rial)}"
    return ""


@dataclass(frozen=True)
class Seen:
    """What is known of a text: its form, the check, and when it was looked at."""

    text: str
    formed: Formed
    looked: Looked | None = None

    @property
    def faults(self) -> tuple[FaultBody, ...]:
        """Everything that stands against it."""
        return self.looked.faults if self.looked is not None else self.formed.faults

    @property
    def clean(self) -> bool:
        """Whether the whole check found nothing."""
        return self.looked is not None and self.looked.whole and not self.looked.faults


def own_line(mark: Mark, text: str) -> Mark:
    """The mark at a line that the file has: a fault of a block stands where the file names it."""
    rows = text.split("\n")
    if 0 < mark.line <= len(rows):
        return mark
    at = next((n for n, row in enumerate(rows, 1) if row.startswith("include")), 1)
    return Mark(at, mark.words, mark.tone)


def spoiled(faults: Iterable[FaultBody], text: str) -> dict[str, str]:
    """A field's key, as the form has it → what is wrong with it, and in which line of the file."""
    told: dict[str, str] = {}
    places = _places(text)
    for fault in faults:
        if 0 < fault.line <= len(places) and (key := places[fault.line - 1]):
            told.setdefault(key, f"سطر {to_persian_digits(fault.line)}: {fault.words}")
    return told


def lines_words(lines: Iterable[int]) -> str:
    """«سطر ۵۳», «سطرهای ۵۳ و ۱۱۶»."""
    named = [to_persian_digits(line) for line in sorted(lines)]
    return f"{'سطرهای' if len(named) > 1 else 'سطر'} {join_and(named)}"


def _places(text: str) -> list[str]:
    """Of each line the field or document in whose block it stands; empty for others."""
    places: list[str] = []
    begun, kind = None, ""
    for number, row in enumerate(text.split("\n")):
        head = row.strip()
        if head.startswith("[") and not head.startswith("[[field.column]]"):
            begun, kind = (number, _BLOCKS[head]) if head in _BLOCKS else (None, "")
        elif begun is not None and (found := _KEY.match(head)) and not places[begun]:
            places[begun:] = [kind + found[1]] * (number - begun)
        places.append(places[begun] if begun is not None and begun < number else "")
    return places


def example_lines(text: str) -> list[int]:
    """The lines, from 1, on which the file's examples begin."""
    rows = text.split("\n")
    return [n for n, row in enumerate(rows, 1) if row.strip().startswith("[[example]]")]
