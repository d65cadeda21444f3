"""Transactions at the centre: done again after a passing fault of the database."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from random import Random
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.shares import Busy
from desktop.sql.engine import SHORT, Limits, limited
from desktop.sql.faults import is_line_lost, made_meanwhile, passes

TRIES = 5
_FIRST_PAUSE_S = 0.02
# Beyond it whoever asked has gone, or asks again: it is answered.
_PATIENCE_S = 12.0
_AGAIN = "again"
_Made = TypeVar("_Made")
_log = logging.getLogger(__name__)
_jitter = Random()


def transact(
    centre: Centre, engine: Engine, work: Callable[[Session], _Made], limits: Limits = SHORT
) -> _Made:
    """What `work` gives, in one transaction that is done again after a passing fault; what it put
    off follows after the commit.

    `work` may run several times: what it does beside the session's database must bear that. Raises
    Busy after so many tries, and where the line to the database was lost while it committed: who
    asks again learns whether it is kept.
    """
    begun = time.monotonic()
    for number in range(TRIES):
        ended = False
        try:
            with Session(engine) as session:
                session.info[_AGAIN] = number
                # The connection is taken here, with its limits.
                session.connection(execution_options=limited(limits))
                made = work(session)
                ended = True
                session.commit()
        except Exception as fault:
            if not (passes(fault) or (made_meanwhile(fault) and not number)):
                raise
            late = time.monotonic() - begun > _PATIENCE_S
            if number + 1 == TRIES or late or (ended and is_line_lost(fault)):
                raise Busy(f"given up after {number + 1}") from fault
            _log.info("a passing fault of the database, once more: %s", type(fault).__name__)
        else:
            centre.go_on(session)
            return made
        # Those that met here must not meet again.
        time.sleep(_jitter.uniform(0, _FIRST_PAUSE_S * 4**number))
    raise AssertionError("unreachable")


def is_nobodys_bug(session: Session, fault: BaseException) -> bool:
    """Whether the whole transaction is to be done again, rather than this part of it given up.

    A row that another transaction made meanwhile is there at the next try: found in our way again,
    it is a bug.
    """
    return passes(fault) or (made_meanwhile(fault) and not session.info.get(_AGAIN, 1))
