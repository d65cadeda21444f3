"""What differs between two states of a property's record: rows that are new, changed or ended."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from desktop.centre.records.codec import parts_of
from desktop.centre.records.columns import RowKind
from desktop.domain.import_causes import Cause, CauseKind
from desktop.domain.property import ZERO_AREA
from desktop.domain.record_words import DebtStatus, HoldScope, RecordWords, word_key

NEW, CHANGED, ENDED = "new", "changed", "ended"
_Row: TypeAlias = Mapping[str, Any]

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
    """1 for a row that ends, a debt that is settled by a word and a hold that ends sooner or stands
    against less; else 0."""
    if difference.change == ENDED:
        return 1
    if difference.before is None or difference.after is None:
        return 0
    was, now = json.loads(difference.before), json.loads(difference.after)
    if difference.kind is RowKind.DEBT:
        return int(_settled(now, words) and not _settled(was, words))
    return int(difference.kind is RowKind.HOLD and _stands_less(was, now, words))


def _stands_less(was: _Row, now: _Row, words: RecordWords) -> bool:
    if now["ends"] is not None and (was["ends"] is None or now["ends"] < was["ends"]):
        return True
    scope = words.scope(now["scope"])
    return scope is not HoldScope.ALL and scope is not words.scope(was["scope"])


def closes(difference: RowChange, words: RecordWords) -> int:
    """1 for an Article 100 file that a word closes, or whose fine is less than it was; else 0."""
    if difference.kind is not RowKind.FILE or difference.before is None or difference.after is None:
        return 0
    was, now = json.loads(difference.before), json.loads(difference.after)
    closed = _closed(now, words) and not _closed(was, words)
    return int(closed or now["fine"] < was["fine"])


def _closed(file: _Row, words: RecordWords) -> bool:
    status = words.file(file["status"])
    return status is not None and status.closed


_NO_AREA = f"{ZERO_AREA}"
EMPTIED: Mapping[RowKind, Mapping[str, tuple[str, object]]] = {
    RowKind.PROPERTY: {
        "اعیان": ("built", _NO_AREA),
        "بافت تاریخی": ("historic", False),
        "تعریض": ("widening", _NO_AREA),
        "طرح": ("on_plan", False),
    },
    RowKind.OWNER: {"فوت": ("dead", False)},
    RowKind.PERMIT: {"تاریخ انقضا": ("expires", None)},
    RowKind.CERTIFICATE: {"اعتبار": ("valid_until", None)},
    RowKind.DEBT: {"سررسید": ("due", None), "وضعیت": ("status", "")},
}
"""By kind the columns whose empty cell says something (no widening, no end, due at once): the name
of the value, and what it is then. Rows that stay may lose what stood there."""


def emptied(difference: RowChange, words: RecordWords) -> Iterator[str]:
    """The headings of `EMPTIED` under which a row that stays has nothing any more, and had."""
    values = EMPTIED.get(difference.kind)
    if values is None or difference.before is None or difference.after is None:
        return
    # Where only the doubt of a property changed, the texts are its whole body.
    was, now = json.loads(difference.before), json.loads(difference.after)
    for heading, (name, empty) in values.items():
        if name == "status":
            # A debt of which nothing is said is final.
            lost = words.debt(was[name]) is DebtStatus.DISPUTED
            lost = lost and words.debt(now[name]) is DebtStatus.FINAL
        else:
            lost = was.get(name, empty) not in (None, empty) and now.get(name, empty) == empty
        if lost:
            yield heading


def counted_by(cause: Cause) -> Callable[[RowChange, RecordWords], int]:
    """What tells which changes a cause counts.

    Of files that are closed it counts them only where it has a limit: they are above that.
    """
    match cause.kind:
        case CauseKind.DEBT_SUM_ENDS:
            return taken_off
        case CauseKind.FILES_END if cause.limit:
            return lambda difference, words: clears(difference, words) or closes(difference, words)
        case CauseKind.REFUSED:
            return lambda difference, words: int(cause.heading in emptied(difference, words))
        case _:
            return clears


def taken_off(difference: RowChange, words: RecordWords) -> int:
    """Rial of a debt that are asked no more with this change, or only on a later day than before;
    what another debt grows by is no part of it."""
    if difference.kind is not RowKind.DEBT or difference.before is None:
        return 0
    was = json.loads(difference.before)
    now = None if difference.after is None else json.loads(difference.after)
    left = 0 if now is None or _put_off(was, now) else _asked(now, words)
    return max(0, _asked(was, words) - left)


def _asked(debt: _Row, words: RecordWords) -> int:
    """What is asked of it, now or on its day, or by a person where its status is nobody's."""
    if words.debt(debt["status"]) in (DebtStatus.SETTLED, DebtStatus.DISPUTED):
        return 0
    return int(debt["principal"]) + int(debt["penalty"])


def _put_off(was: _Row, now: _Row) -> bool:
    return now["due"] is not None and (was["due"] is None or now["due"] > was["due"])


def _settled(debt: _Row, words: RecordWords) -> bool:
    return words.debt(debt["status"]) is DebtStatus.SETTLED


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
