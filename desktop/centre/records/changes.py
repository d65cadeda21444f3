"""What differs between two states of a property's record: rows that are new, changed or ended."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.centre.records.codec import parts_of
from desktop.centre.records.columns import RowKind
from desktop.domain.record_words import DebtStatus, RecordWords, word_key

NEW, CHANGED, ENDED = "new", "changed", "ended"

# What makes two rows of a property the same thing at two times; the rest of a row may change.
_IDENTITY = {
    RowKind.PROPERTY: (),
    RowKind.OWNER: ("person_id", "last_name", "first_name"),
    RowKind.PERMIT: ("number",),
    RowKind.CERTIFICATE: ("kind", "number"),
    RowKind.FILE: ("violation", "area"),
    RowKind.DEBT: ("year", "kind", "bill_id", "payment_id"),
    RowKind.HOLD: ("authority", "number", "placed"),
}
_WORDS = ("last_name", "first_name", "kind", "violation", "authority")


@dataclass(frozen=True)
class RowChange:
    """One row's change; the texts are those of `codec`."""

    kind: RowKind
    change: str
    before: str | None
    after: str | None


def differences(before: str | None, after: str | None) -> Iterator[RowChange]:
    """The changes from one body of a property to another; None where it was or is not held."""
    old = parts_of(before) if before is not None else {}
    new = parts_of(after) if after is not None else {}
    found = False
    for kind in RowKind:
        for difference in _of_kind(kind, old.get(kind, []), new.get(kind, [])):
            found = True
            yield difference
    if not found and before != after:
        # Only its doubt came or went.
        yield RowChange(RowKind.PROPERTY, CHANGED, before, after)


def clears(difference: RowChange, words: RecordWords) -> int:
    """1 for a row that ends, and for a debt that is settled by a word; else 0."""
    if difference.change == ENDED:
        return 1
    if difference.kind is not RowKind.DEBT or difference.before is None or difference.after is None:
        return 0
    was, now = _settled(difference.before, words), _settled(difference.after, words)
    return int(now and not was)


def taken_off(difference: RowChange, words: RecordWords) -> int:
    """Rial of a debt that end with this change; what another debt grows by is no part of it."""
    if difference.kind is not RowKind.DEBT or difference.before is None:
        return 0
    return max(0, _asked(difference.before, words) - _asked(difference.after, words))


def _asked(text: str | None, words: RecordWords) -> int:
    if text is None or _settled(text, words):
        return 0
    debt = json.loads(text)
    return int(debt["principal"]) + int(debt["penalty"])


def _settled(text: str, words: RecordWords) -> bool:
    return words.debt(json.loads(text)["status"]) is DebtStatus.SETTLED


def _of_kind(kind: RowKind, old: list[str], new: list[str]) -> Iterator[RowChange]:
    gone = [text for text in old if text not in new]
    come = [text for text in new if text not in old]
    waiting: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for text in gone:
        waiting[_identity(kind, text)].append(text)
    for text in come:
        same = waiting[_identity(kind, text)]
        if same:
            yield RowChange(kind, CHANGED, same.pop(0), text)
        else:
            yield RowChange(kind, NEW, None, text)
    for texts in waiting.values():
        for text in texts:
            yield RowChange(kind, ENDED, text, None)


def _identity(kind: RowKind, text: str) -> tuple[Any, ...]:
    row = json.loads(text)
    said = {name: row[name] for name in _IDENTITY[kind]}
    if kind is RowKind.DEBT:
        ids = tuple(said[name].lstrip("0") for name in ("bill_id", "payment_id"))
        if all(ids):
            return ids
    # A word that is spelled otherwise is no other row; a number is as it is written.
    return tuple(word_key(v) if name in _WORDS else v for name, v in said.items())
