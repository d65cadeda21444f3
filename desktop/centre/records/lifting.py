"""By which letter, or by whose word, a hold or an Article 100 file of the records ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from desktop.centre.records.in_force import Reading
from desktop.centre.records.tables import LIFTED


@dataclass(frozen=True)
class Word:
    """Who ended a row, when: by the number of its letter, else with a `second` person."""

    number: str
    by: str
    second: str
    signatures: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class LiftedRow:
    """A row of the records (`kind` of a sheet) that ended, and the word that ended it."""

    code: str
    kind: str
    row: Mapping[str, Any]
    word: Word


def note(
    session: Reading, import_id: int, code: str, kind: str, row: Mapping[str, Any], word: Word
) -> None:
    """Keep the word, under the import that it was said of."""
    session.execute(
        insert(LIFTED).values(
            export_id=import_id,
            code=code,
            kind=kind,
            row=json.dumps(dict(row), ensure_ascii=False, sort_keys=True),
            number=word.number,
            by=word.by,
            second=word.second,
            signatures=json.dumps(word.signatures),
            at=word.at,
        )
    )


def lifted_rows(session: Reading, import_id: int, most: int) -> list[LiftedRow]:
    """The last of those that ended under the import, newest first."""
    query = select(LIFTED).where(LIFTED.c.export_id == import_id)
    return [
        LiftedRow(
            row["code"],
            row["kind"],
            json.loads(row["row"]),
            Word(
                row["number"],
                row["by"],
                row["second"],
                tuple(json.loads(row["signatures"])),
                row["at"],
            ),
        )
        for row in session.execute(query.order_by(LIFTED.c.id.desc()).limit(most)).mappings()
    ]


def count(session: Reading, import_id: int) -> int:
    """How many ended under the import."""
    query = select(func.count()).select_from(LIFTED).where(LIFTED.c.export_id == import_id)
    return session.execute(query).scalar() or 0
