"""How every act ended, beside the facts that it caused."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, case, func, select
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
# By an act's id the strongest of what it caused: a refusal, else facts, else that it is held.
_STRENGTH = case((_FACT.c.kind == CommandRefused.kind, 2), (_FACT.c.kind == CommandHeld.kind, 0))
_ENDS = (HELD, _DONE, _REFUSED)


def outcomes(session: Session) -> Iterator[Discrepancy]:
    """Every act that came, by what came of it."""
    strongest = func.max(func.coalesce(_STRENGTH, 1)).label("strongest")
    told = select(_FACT.c.cause, strongest).where(_FACT.c.cause != "").group_by(_FACT.c.cause)
    caused = told.subquery()
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
            caused.c.strongest,
        )
        .join(caused, caused.c.cause == _COMMAND.c.command_id, isouter=True)
        .join(_SETTLED, later, isouter=True)
    )
    for row in session.execute(asked.execution_options(yield_per=AT_ONCE)):
        where = f"{row.device_id} {row.device_seq}"
        if row.strongest is None:
            yield Discrepancy(Wrong.OUTCOME, where, f"it is {row.state}, and no fact came of it")
            continue
        ended = _ENDS[row.strongest]
        if (row.settled or row.state) != ended:
            yield Discrepancy(Wrong.OUTCOME, where, differing(row.settled or row.state, ended))
        if row.settled and row.state != HELD:
            yield Discrepancy(Wrong.OUTCOME, where, "it was never held, and is settled")
    stray = select(_SETTLED).join(_COMMAND, later, isouter=True)
    for row in session.execute(stray.where(_COMMAND.c.device_id.is_(None))):
        where = f"{row.device_id} {row.command_id}"
        yield Discrepancy(Wrong.OUTCOME, where, "nobody's act is settled")
