"""The city's keys and its list as this desk got them last: by these it checks letters."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.store.tables import CheckFilesRow

_ONLY = 1


@dataclass(frozen=True)
class CheckFiles:
    """Both files as they were signed; `asked_at` is when the centre was last asked."""

    tag: str
    keys: bytes
    ended: bytes
    asked_at: datetime


def held(session: Session) -> CheckFiles | None:
    """The files; None at a desk that never got them."""
    row = session.get(CheckFilesRow, _ONLY)
    return None if row is None else CheckFiles(row.tag, row.keys, row.ended, row.asked_at)


def tag(session: Session) -> str:
    """What names both to the centre; empty at a desk that has none."""
    files = held(session)
    return files.tag if files is not None else ""


def take(session: Session, tag: str, keys: str, ended: str, at: datetime) -> None:
    """Keep what the centre answered, in base64, in place of what was before; empty is the same."""
    before = held(session)
    told = {
        "tag": tag,
        "keys": b64decode(keys) if keys or before is None else before.keys,
        "ended": b64decode(ended) if ended or before is None else before.ended,
        "asked_at": at,
    }
    statement = upsert(CheckFilesRow).values(only=_ONLY, **told)
    session.execute(statement.on_conflict_do_update(index_elements=["only"], set_=told))
