"""Facts that were given back: added to their streams as they were, and how their acts ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from desktop.centre import devices
from desktop.centre.context import Centre
from desktop.centre.recovering.standing import Phase
from desktop.centre.recovery_tables import WAITING, AdoptedFactRow, GivenFactRow
from desktop.centre.tables import FactRow, StreamRow
from desktop.domain.stream import CommandHeld, CommandRefused, DeviceTold
from desktop.sql.metadata import table_of
from desktop.wire.codec import decode_fact

_HELD, _REFUSED, _DONE = "held", "refused", "done"
_CAUSED = select(AdoptedFactRow.cause, AdoptedFactRow.kind).where(
    AdoptedFactRow.cause.in_(bindparam("causes", expanding=True))
)
_FACT, _ADOPTED = table_of(FactRow), table_of(AdoptedFactRow)


def adopt(session: Session, stream: StreamRow, given: Sequence[GivenFactRow], epoch: str) -> None:
    """Add what was given and is proven at the end of the stream, which is locked.

    A device of which it tells is known at once: it gives back too before acts are taken.
    """
    facts: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    for each in given:
        fact = decode_fact(each.canon)
        if isinstance(fact.payload, DeviceTold):
            devices.take(session, fact.payload)
        facts.append(
            {
                "stream": stream.name,
                "pos": each.pos,
                "fact_id": fact.fact_id,
                "case_id": fact.case_id,
                "rev": fact.rev,
                "cause": fact.cause,
                "kind": fact.kind,
                "at": fact.at,
                "canon": each.canon,
                "hash": each.hash,
            }
        )
        kept.append(
            {
                "stream": stream.name,
                "pos": each.pos,
                "epoch": epoch,
                "cause": fact.cause,
                "kind": fact.kind,
                "case_id": fact.case_id,
                "state": WAITING,
            }
        )
    session.execute(insert(_FACT), facts)
    session.execute(insert(_ADOPTED), kept)
    stream.pos, stream.hash = given[-1].pos, given[-1].hash


def outcomes(session: Session, centre: Centre, causes: Iterable[str]) -> Mapping[str, str]:
    """Of these acts those whose facts were given back, and how each ended: a desk sends them again
    for the chain's sake, and nothing is done twice."""
    asked = list(causes)
    if not asked or centre.recovery.phase(session) is Phase.NONE:
        return {}
    kinds: dict[str, set[str]] = {}
    for cause, kind in session.execute(_CAUSED, {"causes": asked}):
        kinds.setdefault(cause, set()).add(kind)
    return {cause: _outcome(told) for cause, told in kinds.items()}


def _outcome(kinds: set[str]) -> str:
    if CommandRefused.kind in kinds:
        return _REFUSED
    # What was held and done later caused more than that it is held.
    return _HELD if kinds == {CommandHeld.kind} else _DONE
