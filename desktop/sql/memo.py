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


def known(session: Session, name: Hashable) -> Any:
    """What was found out under the name; None when nobody asked yet."""
    return session.info.get(_KEPT, {}).get(name)


def forget(session: Session, name: Hashable) -> None:
    """It was changed: the next one asks again."""
    session.info.get(_KEPT, {}).pop(name, None)


def forget_all(session: Session) -> None:
    """What was found out before a lock was taken may be old by now."""
    session.info.pop(_KEPT, None)


def put(session: Session, name: Hashable, found: object) -> None:
    """It is known without asking."""
    session.info.setdefault(_KEPT, {})[name] = found


@event.listens_for(Session, "after_soft_rollback")
def _taken_back(session: Session, _: SessionTransaction) -> None:
    # A savepoint's too: what was found out within may never have been.
    session.info.pop(_KEPT, None)


@event.listens_for(Session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_KEPT, None)
