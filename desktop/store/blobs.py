"""Citizens' papers by content: kept once, named by a command, sent until the centre has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.sql.metadata import table_of
from desktop.store.tables import BlobRow, DraftRow
from desktop.wire.blobs import name_of

DRAFT, NAMED, STORED, UNASKED, BROKEN = "draft", "named", "stored", "unasked", "broken"
_KEPT_UNNAMED = timedelta(days=30)
_TABLE = table_of(BlobRow)
_NEXT = select(_TABLE.c.sha256).where(_TABLE.c.state == NAMED).order_by(_TABLE.c.kept_at).limit(1)
IS_UNSENT = exists().where(_TABLE.c.state == NAMED)
"""Whether the centre does not have one that was named."""


def keep(session: Session, content: bytes, at: datetime) -> str:
    """Keep the content, once however often it comes; returns its name."""
    sha256 = name_of(content)
    values = {"sha256": sha256, "size": len(content), "state": DRAFT, "kept_at": at}
    fresh = upsert(BlobRow).values(content=content, **values)
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=[BlobRow.sha256],
            # Used again: it is not old; a copy that went bad is mended by the good one.
            set_={"kept_at": at, "content": content},
        )
    )
    session.execute(
        update(BlobRow).where(BlobRow.sha256 == sha256, BlobRow.state == BROKEN).values(state=NAMED)
    )
    return sha256


def read(session: Session, sha256: str) -> bytes | None:
    """The content; None when it is not here."""
    return session.scalar(select(BlobRow.content).where(BlobRow.sha256 == sha256))


def name(session: Session, names: Iterable[str]) -> None:
    """A command names these: they are to be sent and never swept."""
    session.execute(
        update(BlobRow)
        .where(BlobRow.sha256.in_(list(names)), BlobRow.state.in_((DRAFT, UNASKED)))
        .values(state=NAMED)
    )


def next_to_send(session: Session) -> str | None:
    """The name of the oldest that the centre does not have; None when it has all."""
    name: str | None = session.scalar(_NEXT)
    return name


def unsent(session: Session) -> tuple[int, int, datetime | None]:
    """How many papers the centre does not have, their bytes, and since when the oldest waits."""
    row = session.execute(
        select(func.count(), func.sum(BlobRow.size), func.min(BlobRow.kept_at)).where(
            BlobRow.state == NAMED
        )
    ).one()
    return row[0], row[1] or 0, row[2]


def mark(session: Session, sha256: str, state: str) -> None:
    """How it stands with the centre."""
    session.execute(update(BlobRow).where(BlobRow.sha256 == sha256).values(state=state))


def ask_again(session: Session) -> None:
    """What no fact named when it was offered may be named by now: a held act went on."""
    session.execute(update(BlobRow).where(BlobRow.state == UNASKED).values(state=NAMED))


def offer_again(session: Session) -> None:
    """The centre may lack what it had: all that it is known to have had is offered once more."""
    session.execute(update(BlobRow).where(BlobRow.state == STORED).values(state=NAMED))


def sweep(session: Session, at: datetime) -> int:
    """Delete what only forms knew that were given up a month ago; how many went."""
    in_draft = exists().where(func.instr(DraftRow.body, BlobRow.sha256) > 0)
    gone = session.execute(
        delete(BlobRow)
        .where(BlobRow.state == DRAFT, BlobRow.kept_at < at - _KEPT_UNNAMED, ~in_draft)
        .returning(BlobRow.sha256)
    )
    return len(gone.all())
