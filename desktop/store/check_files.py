"""The city's keys and its list as this desk got them last: by these it checks letters."""

from __future__ import annotations

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


def keep(session: Session, files: CheckFiles) -> None:
    """Keep these in place of those before."""
    told = {
        "tag": files.tag,
        "keys": files.keys,
        "ended": files.ended,
        "asked_at": files.asked_at,
    }
    statement = upsert(CheckFilesRow).values(only=_ONLY, **told)
    session.execute(statement.on_conflict_do_update(index_elements=["only"], set_=told))
