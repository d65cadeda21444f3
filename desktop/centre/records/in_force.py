"""Which import is in force, and the acts that put one there or took it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Connection, and_, func, insert, or_, select
from sqlalchemy.orm import Session

from desktop.centre.records.tables import EXPORT, FORCE, OVERLAY, RECORD
from desktop.sql import memo

Reading: TypeAlias = Session | Connection

FORCED, BACK = "force", "back"
# Held by who changes the records in force; any number that no other lock of this database uses.
_CHANGING = 14_041_022
_PRESENT = "import in force"
_LAST = (
    select(FORCE.c.export_id, EXPORT.c.as_of)
    .join(EXPORT, EXPORT.c.id == FORCE.c.export_id)
    .order_by(FORCE.c.id.desc())
    .limit(1)
)


def hold(session: Reading) -> bool:
    """Whether until the end of this transaction nobody else changes which import is in force, nor
    takes anything of one away.

    To be asked before anything of them is read. A file of SQLite has one writer at a time.
    """
    if _alone(session):
        return True
    return bool(session.execute(select(func.pg_try_advisory_xact_lock(_CHANGING))).scalar())


def wait_to_hold(session: Reading) -> None:
    """As `hold`, once whoever changes them has ended."""
    if not _alone(session):
        session.execute(select(func.pg_advisory_xact_lock(_CHANGING)))


def _alone(session: Reading) -> bool:
    bind = session.get_bind() if isinstance(session, Session) else session
    return bind.dialect.name == "sqlite"


@dataclass(frozen=True)
class Forced:
    """The act that put an import into force: which, in whose place, when, and who said why."""

    export_id: int
    former_id: int | None
    kind: str
    at: datetime
    words: Mapping[str, Any]


@dataclass(frozen=True)
class ImportTold:
    """An act that put the records of a day into force (`FORCED`), or those before them back."""

    kind: str
    at: datetime
    as_of: date


def all_told(session: Reading) -> list[ImportTold]:
    """All such acts, in their order."""
    found = select(FORCE.c.kind, FORCE.c.at, EXPORT.c.as_of).order_by(FORCE.c.id)
    rows = session.execute(found.join(EXPORT, EXPORT.c.id == FORCE.c.export_id))
    return [ImportTold(*row) for row in rows]


def last_act(session: Reading) -> Forced | None:
    """The last such act; None before any import."""
    row = session.execute(select(FORCE).order_by(FORCE.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    return Forced(
        row["export_id"], row["former_id"], row["kind"], row["at"], json.loads(row["words"])
    )


def forced_at(session: Reading, export_id: int | None) -> datetime | None:
    """When that import was put into force last; None for one that never was."""
    own = (FORCE.c.export_id == export_id, FORCE.c.kind == FORCED)
    query = select(FORCE.c.at).where(*own).order_by(FORCE.c.id.desc()).limit(1)
    found: datetime | None = session.execute(query).scalar()
    return found


class _Present(NamedTuple):
    number: int
    as_of: date


def number(session: Reading) -> int | None:
    """The import in force; None before any."""
    found = _present(session)
    return found.number if found is not None else None


def as_of(session: Reading) -> date | None:
    """The day of the records in force; None before any import."""
    found = _present(session)
    return found.as_of if found is not None else None


def _present(session: Reading) -> _Present | None:
    if isinstance(session, Session):
        return memo.once(session, _PRESENT, lambda: _read(session))
    return _read(session)


def _read(session: Reading) -> _Present | None:
    found = session.execute(_LAST).first()
    return _Present(*found) if found is not None else None


def decided_on(session: Reading, as_of: date, moment: datetime) -> int | None:
    """The import of the records of that day on which was decided at the moment; None for none.

    Of several of one day the last that was in force by then.
    """
    query = (
        select(FORCE.c.export_id)
        .join(EXPORT, EXPORT.c.id == FORCE.c.export_id)
        .where(EXPORT.c.as_of == as_of)
        .order_by((FORCE.c.at <= moment).desc(), FORCE.c.id.desc())
        .limit(1)
    )
    return session.execute(query).scalar()


def holds(import_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Records that hold in that import."""
    return and_(
        RECORD.c.since <= import_id, or_(RECORD.c.until.is_(None), RECORD.c.until > import_id)
    )


def lies(import_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Overlays that no import up to that one holds itself."""
    return or_(OVERLAY.c.until.is_(None), OVERLAY.c.until > import_id)


def note(
    session: Reading,
    export_id: int,
    former_id: int | None,
    kind: str,
    at: datetime,
    words: Mapping[str, Any],
) -> None:
    """One more act: from here on that import answers."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    session.execute(
        insert(FORCE).values(export_id=export_id, former_id=former_id, kind=kind, at=at, words=text)
    )
    if isinstance(session, Session):
        memo.forget(session, _PRESENT)
