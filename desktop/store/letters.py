"""Drawn letters, copy by copy: what is kept is what is shown, printed and archived."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.letter import Release
from desktop.store.tables import LetterFileRow
from desktop.wire.canon import canon, content_hash
from desktop.wire.codec import adapter, plain

# No PDF begins so.
_AT_ONCE = 100
_PACKED = b"zlib:"


@dataclass(frozen=True)
class LetterFile:
    """A drawn copy. Which one is copy 1 in force is said by the fact `letter-released`, by sha256.

    A release that the centre refused leaves its drawing behind: it is never printed.
    """

    sha256: str
    letter_id: str
    copy: int
    layout: int
    release: Release
    drawn_at: datetime
    pdf: bytes


def keep(
    session: Session,
    *,
    letter_id: str,
    copy: int,
    layout: int,
    release: Release,
    drawn_at: datetime,
    pdf: bytes,
) -> str:
    """Keep the bytes under their sha256, which is returned; the same bytes again change nothing."""
    sha256 = content_hash(pdf)
    session.execute(
        upsert(LetterFileRow)
        .values(
            sha256=sha256,
            letter_id=letter_id,
            copy=copy,
            layout=layout,
            release=canon(plain(release)),
            drawn_at=drawn_at,
            pdf=_packed(pdf),
        )
        .on_conflict_do_nothing()
    )
    return sha256


def find(session: Session, sha256: str) -> LetterFile | None:
    """The drawn copy with that sha256; None when its bytes are not at this desk."""
    row = session.get(LetterFileRow, sha256)
    return None if row is None else _file(row)


def damaged(session: Session) -> Iterator[str]:
    """The names of drawn copies whose bytes are not what the name says."""
    rows = select(LetterFileRow.sha256, LetterFileRow.pdf).execution_options(yield_per=_AT_ONCE)
    for sha256, kept in session.execute(rows):
        try:
            whole = content_hash(_whole(kept)) == sha256
        except zlib.error:
            whole = False
        if not whole:
            yield sha256


def of_letter(session: Session, letter_id: str) -> list[LetterFile]:
    """All drawn copies of a letter, by copy and time."""
    rows = session.scalars(
        select(LetterFileRow)
        .where(LetterFileRow.letter_id == letter_id)
        .order_by(LetterFileRow.copy, LetterFileRow.drawn_at)
    )
    return [_file(row) for row in rows]


def _file(row: LetterFileRow) -> LetterFile:
    release: Release = adapter(Release).validate_json(row.release)
    return LetterFile(
        row.sha256, row.letter_id, row.copy, row.layout, release, row.drawn_at, _whole(row.pdf)
    )


def _packed(pdf: bytes) -> bytes:
    """As it is kept: a letter's fonts take most of it, and they shrink to less than half."""
    return _PACKED + zlib.compress(pdf, level=6)


def _whole(kept: bytes) -> bytes:
    """The bytes as they were drawn; a row of an earlier program holds them as they are."""
    if not kept.startswith(_PACKED):
        return kept
    return zlib.decompress(kept.removeprefix(_PACKED))
