"""What a transaction found out, asked once; who changes it forgets it, and so does a rollback."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

_Found = TypeVar("_Found")
_KEPT = "found out"


def once(session: Session, name: Hashable, ask: Callable[[], _Found]) -> _Found:
    """What `ask` gives, asked once in the session's transaction under the name."""
    kept: dict[Hashable, Any] = session.info.setdefault(_KEPT, {})
    if name not in kept:
        kept[name] = ask()
    return cast(_Found, kept[name])


def forget(session: Session, name: Hashable) -> None:
    """It was changed: the next one asks again."""
    session.info.get(_KEPT, {}).pop(name, None)


@event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, transaction: SessionTransaction) -> None:
    # Also at the end of a savepoint, which may have taken back what was found out within.
    session.info.pop(_KEPT, None)
