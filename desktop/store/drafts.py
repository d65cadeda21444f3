"""What is typed and not yet handed in: it never leaves its desk and its person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.store.tables import DraftRow

# Behind every letter that an id may have.
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Draft:
    """A draft: `title` is one line to know it by, `body` the form's state as JSON text."""

    draft_id: str
    owner: str
    service: str
    title: str
    body: str
    made_at: datetime
    updated_at: datetime


def save(session: Session, draft: Draft) -> None:
    """Keep the draft as it is now; the moment it was first made stays."""
    values = vars(draft)
    changed = {key: values[key] for key in ("service", "title", "body", "updated_at")}
    statement = upsert(DraftRow).values(values)
    session.execute(
        statement.on_conflict_do_update(index_elements=[DraftRow.draft_id], set_=changed)
    )


def find(session: Session, draft_id: str) -> Draft | None:
    """The draft; None when it was registered or deleted."""
    row = session.get(DraftRow, draft_id)
    return None if row is None else _draft(row)


def of(session: Session, owner: str) -> list[Draft]:
    """A person's drafts at this desk, the last touched first."""
    rows = session.scalars(
        select(DraftRow).where(DraftRow.owner == owner).order_by(DraftRow.updated_at.desc())
    )
    return [_draft(row) for row in rows]


def begun_with(session: Session, owner: str, key: str) -> list[Draft]:
    """A person's drafts whose ids begin with these letters."""
    rows = session.scalars(
        select(DraftRow).where(
            DraftRow.owner == owner,
            DraftRow.draft_id >= key,
            DraftRow.draft_id < key + _LAST,
        )
    )
    return [_draft(row) for row in rows]


def count(session: Session, owner: str) -> int:
    """How many drafts the person has here."""
    query = select(func.count()).select_from(DraftRow).where(DraftRow.owner == owner)
    return session.scalar(query) or 0


def requests(session: Session, but: str) -> int:
    """How many forms are begun at this desk, whoever began them; drafts of the kind `but` are of
    acts."""
    query = select(func.count()).select_from(DraftRow).where(DraftRow.service != but)
    return session.scalar(query) or 0


def delete_draft(session: Session, draft_id: str) -> None:
    """Delete it: when it is registered in the same transaction, or a person says so."""
    session.execute(delete(DraftRow).where(DraftRow.draft_id == draft_id))


def _draft(row: DraftRow) -> Draft:
    return Draft(
        row.draft_id, row.owner, row.service, row.title, row.body, row.made_at, row.updated_at
    )
