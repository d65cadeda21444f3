"""How every act ended, beside the facts that it caused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE
from desktop.centre.doing import HELD
from desktop.centre.tables import CommandRow, FactRow, HeldSettledRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.stream import CommandHeld, CommandRefused
from desktop.sql.metadata import table_of

_COMMAND, _FACT = table_of(CommandRow), table_of(FactRow)
_SETTLED = table_of(HeldSettledRow)
_REFUSED, _DONE = "refused", "done"
_KINDS = {HELD: CommandHeld.kind, _REFUSED: CommandRefused.kind}


def outcomes(session: Session) -> Iterator[Discrepancy]:
    """Every act that came, by what came of it: a refusal, that it is held, or other facts."""
    caused = _caused().subquery()
    later = and_(
        _SETTLED.c.device_id == _COMMAND.c.device_id,
        _SETTLED.c.command_id == _COMMAND.c.command_id,
    )
    asked = (
        select(
            _COMMAND.c.device_id,
            _COMMAND.c.device_seq,
            _COMMAND.c.state,
            _SETTLED.c.state.label("settled"),
            *(caused.c[name] for name in (_DONE, *_KINDS)),
            func.count().over(partition_by=_COMMAND.c.command_id).label("named"),
        )
        .join(caused, caused.c.cause == _COMMAND.c.command_id, isouter=True)
        .join(_SETTLED, later, isouter=True)
    )
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        where = f"{row.device_id} {row.device_seq}"
        came = {name for name in (_DONE, *_KINDS) if getattr(row, name)}
        ended = row.settled or row.state
        if not came:
            yield Discrepancy(Wrong.OUTCOME, where, f"it is {ended}, and no fact came of it")
        # A name that a second desk gave once more is refused there.
        elif ended not in came or (row.named == 1 and ended != _ended(came)):
            yield Discrepancy(Wrong.OUTCOME, where, differing(ended, _ended(came)))
        if row.settled and row.state != HELD:
            yield Discrepancy(Wrong.OUTCOME, where, "it was never held, and is settled")
    stray = select(_SETTLED).join(_COMMAND, later, isouter=True)
    for row in session.execute(stray.where(_COMMAND.c.device_id.is_(None))):
        where = f"{row.device_id} {row.command_id}"
        yield Discrepancy(Wrong.OUTCOME, where, "nobody's act is settled")


def _caused() -> Select[Any]:
    """By what caused them, whether there are facts of each kind."""

    def some(of: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((of, 1), else_=0))

    kinds = [some(_FACT.c.kind == kind).label(name) for name, kind in _KINDS.items()]
    done = some(_FACT.c.kind.not_in(list(_KINDS.values()))).label(_DONE)
    return select(_FACT.c.cause, done, *kinds).where(_FACT.c.cause != "").group_by(_FACT.c.cause)


def _ended(came: Collection[str]) -> str:
    """What was held and done or refused later caused more than that it is held."""
    return next(each for each in (_REFUSED, _DONE, HELD) if each in came)
