"""A desk's drawn letters and its ledger of prints, beside the acts by which they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.commands import PrintLetter, ReleaseLetter
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.elsewhere import TellCopy
from desktop.domain.facts import LetterReleased
from desktop.domain.letter import Release
from desktop.store.letters import damaged
from desktop.store.tables import FactRow, LetterFileRow, OutboxRow, PrintRow
from desktop.wire.codec import Unreadable, adapter, decode_command, decode_fact

_AT_ONCE = 1_000
_ACTS = tuple(each.kind for each in (ReleaseLetter, PrintLetter, TellCopy))
_FILE = (
    LetterFileRow.sha256,
    LetterFileRow.letter_id,
    LetterFileRow.copy,
    LetterFileRow.layout,
    LetterFileRow.release,
)
_PRINT = (PrintRow.id, PrintRow.letter_id, PrintRow.copy, PrintRow.sha256)


class _Copy(NamedTuple):
    """A drawing: of which letter, which copy, under which name."""

    letter_id: str
    copy: int
    sha256: str


class _Stamp(NamedTuple):
    """How a drawing was released, but for what proves it."""

    layout: int
    by: str
    title: str
    on: str
    stamp: str


def letters(session: Session) -> Iterator[Discrepancy]:
    """Every drawing and every print."""
    for sha256 in damaged(session):
        yield Discrepancy(Wrong.LETTER, sha256, "its file is not what its name says")
    drawn, stamps = dict[str, _Copy](), dict[str, _Stamp | None]()
    for row in session.execute(select(*_FILE).execution_options(yield_per=_AT_ONCE)):
        drawn[row.sha256] = _Copy(row.letter_id, row.copy, row.sha256)
        stamps[row.sha256] = _kept(row)
    printed = set[_Copy]()
    for sent in session.execute(select(*_PRINT).where(PrintRow.sha256 != "")):
        copy = _Copy(sent.letter_id, sent.copy, sent.sha256)
        printed.add(copy)
        yield from _drawing(drawn, copy, f"print {sent.id}")
    for seq, act in _acts(session):
        of = 1 if isinstance(act, ReleaseLetter) else act.copy
        copy = _Copy(act.letter_id, of, act.sha256)
        yield from _drawing(drawn, copy, f"outbox {seq}")
        if not isinstance(act, ReleaseLetter) and copy not in printed:
            yield Discrepancy(Wrong.PAPER, f"outbox {seq}", "no print of the copy is kept")
    for told in _released(session):
        # Another desk's is kept there.
        if told.sha256 in drawn and stamps[told.sha256] != (again := _stamp(told)):
            words = differing(stamps[told.sha256], again)
            yield Discrepancy(Wrong.LETTER, told.sha256, words)


def _drawing(drawn: dict[str, _Copy], copy: _Copy, where: str) -> Iterator[Discrepancy]:
    """Whether what was made at this desk is kept as what it was made."""
    kept = drawn.get(copy.sha256)
    if kept is None:
        yield Discrepancy(Wrong.LETTER, where, f"its drawing {copy.sha256} is not kept")
    elif kept != copy:
        yield Discrepancy(Wrong.LETTER, where, differing(kept, copy))


def _kept(row: Any) -> _Stamp | None:
    try:
        release: Release = adapter(Release).validate_json(row.release)
    except ValueError:
        return None
    return _Stamp(row.layout, release.by, release.title, release.on.isoformat(), release.stamp)


def _stamp(told: LetterReleased) -> _Stamp:
    release = told.release
    return _Stamp(told.layout, release.by, release.title, release.on.isoformat(), release.stamp)


def _acts(session: Session) -> Iterator[tuple[int, Any]]:
    """What of letters this desk did: its place in the outbox, and what it says. What can't be read
    its chain names."""
    asked = select(OutboxRow.device_seq, OutboxRow.canon).where(OutboxRow.kind.in_(_ACTS))
    for row in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
        try:
            act: Any = decode_command(row.canon).payload
        except Unreadable:
            continue
        if isinstance(act, ReleaseLetter | PrintLetter | TellCopy):
            yield row.device_seq, act


def _released(session: Session) -> Iterator[LetterReleased]:
    asked = select(FactRow.canon).where(FactRow.kind == LetterReleased.kind)
    for canon in session.scalars(asked.execution_options(yield_per=_AT_ONCE)):
        try:
            told = decode_fact(canon).payload
        except Unreadable:
            continue
        if isinstance(told, LetterReleased):
            yield told
