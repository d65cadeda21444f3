"""One at a time over something that has no row yet: who comes second waits for the first's end."""

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session


def take_turn(session: Session | Connection, name: str) -> None:
    """Wait until nobody else's transaction has the name; ours has it to its end.

    What the first one committed is seen by the next statement. SQLite has one writer at all times.
    """
    bind = session.get_bind() if isinstance(session, Session) else session
    if bind.dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
