"""What this desk's people did, frozen and chained, until the centre has it and for long after."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import CTE, bindparam, func, insert, select
from sqlalchemy.orm import Session

from desktop.chance import new_id
from desktop.domain.commands import Command, Payload, Register
from desktop.domain.errors import Refusal
from desktop.domain.request import Request
from desktop.domain.signed_acts import SIGNED_BY_PERSON
from desktop.domain.stream import CommandHeld, CommandRefused, Fact
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.store import facts, meta
from desktop.store.tables import FactRow, OutboxRow
from desktop.wire.arrival import Misread, demand_bounded, demand_short
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import acted, decode_command, decode_fact, encode_command

_HEAD = "head of the outbox"
_TABLE, _FACTS = table_of(OutboxRow), table_of(FactRow)
_KEEP = insert(_TABLE)
_LAST = select(_TABLE.c.device_seq, _TABLE.c.hash).order_by(_TABLE.c.device_seq.desc()).limit(1)
_AFTER = (
    select(_TABLE.c.canon)
    .where(_TABLE.c.device_seq > bindparam("seq"))
    .order_by(_TABLE.c.device_seq)
    .limit(bindparam("most"))
)
# A held command is not settled: the centre will still make its facts.
_SETTLED = (
    select(_FACTS.c.pos)
    .where(_FACTS.c.cause == _TABLE.c.command_id, _FACTS.c.kind != CommandHeld.kind)
    .exists()
)
_UNSETTLED = (
    select(_TABLE.c.canon)
    .where(_TABLE.c.case_id == bindparam("case"), ~_SETTLED)
    .order_by(_TABLE.c.device_seq)
)
Signer = Callable[[bytes], str]
"""Signs bytes with a person's own key; the signature in hex."""


@dataclass(frozen=True)
class Waiting:
    """What the centre does not have yet: how many acts, and when the oldest was made (UTC)."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Unsent:
    """An act that the centre does not have; where a case stands for all of its own, the first.

    `made_at` is UTC; `acts` is how many it stands for.
    """

    device_seq: int
    case_id: str
    kind: str
    made_at: datetime
    acts: int = 1


def frame(
    session: Session,
    payload: Payload,
    *,
    case_id: str,
    actor: str,
    at: datetime,
    signer: Signer | None = None,
    base_rev: int | None = None,
) -> Command:
    """The act as the command it becomes when `keep` is called next in the same transaction.

    `at` is the desk's corrected moment. `base_rev` is the last confirmed revision here unless a
    municipal desk, which keeps no cases, gives the one it was shown. Raises ValueError when a
    personal signature is asked for and no signer is given.
    """
    command = Command(
        command_id=new_id(),
        case_id=case_id,
        device_id=meta.get(session).identity.device_id,
        device_seq=head(session)[0] + 1,
        actor=actor,
        base_rev=facts.of_case(session, case_id).rev if base_rev is None else base_rev,
        # The envelope tells milliseconds; the columns must tell the same moment.
        made_at=at.replace(microsecond=at.microsecond // 1000 * 1000),
        payload=payload,
    )
    if payload.kind not in SIGNED_BY_PERSON:
        return command
    if signer is None:
        raise ValueError(f"{payload.kind} needs the person's signature")
    centre = meta.get(session).identity.centre
    signature = signer(acted(centre, encode_command(command, signed=False)))
    return replace(command, person_signature=signature)


def keep(session: Session, command: Command) -> None:
    """Freeze a framed command: its text and its place in this device's chain.

    Raises Refusal for one that the centre would not take: it would stand in the way of the next.
    """
    canon = encode_command(command)
    try:
        demand_short(canon)
        demand_bounded(command.payload)
    except Misread as no:
        raise Refusal(no.words) from no
    chained = link_hash(head(session)[1], canon)
    row = {
        "device_seq": command.device_seq,
        "command_id": command.command_id,
        "case_id": command.case_id,
        "kind": command.kind,
        "actor": command.actor,
        "made_at": command.made_at,
        "canon": canon,
        "hash": chained,
    }
    session.execute(_KEEP, row)
    memo.put(session, _HEAD, (command.device_seq, chained))


def put(
    session: Session,
    payload: Payload,
    *,
    case_id: str,
    actor: str,
    at: datetime,
    signer: Signer | None = None,
    base_rev: int | None = None,
) -> Command:
    """`frame` and `keep` at once, for who has checked that the act is lawful."""
    command = frame(
        session,
        payload,
        case_id=case_id,
        actor=actor,
        at=at,
        signer=signer,
        base_rev=base_rev,
    )
    keep(session, command)
    return command


def unsettled(session: Session, case_id: str) -> list[Command]:
    """The case's commands of this desk that caused no fact yet, in order; held ones too."""
    return [decode_command(text) for text in session.scalars(_UNSETTLED, {"case": case_id})]


def find(session: Session, command_id: str) -> Command | None:
    """The command as it was made here; None for another desk's."""
    text = session.scalar(select(OutboxRow.canon).where(OutboxRow.command_id == command_id))
    return None if text is None else decode_command(text)


def request_of(session: Session, case_id: str) -> Request | None:
    """The request by which the case was begun at this desk, whether the centre took it or not."""
    query = select(OutboxRow.canon).where(
        OutboxRow.case_id == case_id, OutboxRow.kind == Register.kind
    )
    begun = session.scalars(query).first()
    payload = decode_command(begun).payload if begun is not None else None
    return payload.request if isinstance(payload, Register) else None


def refused(session: Session, kinds: Collection[str], after: int) -> list[tuple[Command, Fact]]:
    """This desk's acts of those kinds that the centre refused, in the order of making, each with
    the fact that says so after that place of the home stream."""
    told = (
        select(OutboxRow.canon, FactRow.canon)
        .join(FactRow, FactRow.cause == OutboxRow.command_id)
        .where(FactRow.kind == CommandRefused.kind, FactRow.pos > after)
        .where(OutboxRow.kind.in_(kinds))
        .order_by(OutboxRow.device_seq)
    )
    return [(decode_command(act), decode_fact(fact)) for act, fact in session.execute(told)]


def case_ids(session: Session) -> list[str]:
    """The ids of all cases that this desk has acted on."""
    return list(session.scalars(select(OutboxRow.case_id).distinct()))


def after(session: Session, device_seq: int, limit: int) -> list[str]:
    """Canonical texts of the commands after that number, in order, at most `limit`."""
    return list(session.scalars(_AFTER, {"seq": device_seq, "most": limit}))


def before(session: Session, moment: datetime) -> int:
    """The last act before the first of those that were made since that moment; the last of all
    where none was."""
    since = select(func.min(_TABLE.c.device_seq)).where(_TABLE.c.made_at >= moment)
    first = session.scalar(since)
    return first - 1 if first is not None else head(session)[0]


def made_after(session: Session, device_seq: int, case_id: str, actor: str) -> list[str]:
    """The ids of the commands after that number that this person made in the case, in order."""
    ids = session.scalars(
        select(OutboxRow.command_id)
        .where(
            OutboxRow.device_seq > device_seq,
            OutboxRow.case_id == case_id,
            OutboxRow.actor == actor,
        )
        .order_by(OutboxRow.device_seq)
    )
    return list(ids)


def head(session: Session) -> tuple[int, str]:
    """The last command's number and the chain's value after it; (0, GENESIS) when there is none."""
    return memo.once(session, _HEAD, lambda: _head(session))


def _head(session: Session) -> tuple[int, str]:
    last = session.execute(_LAST).first()
    return (last.device_seq, last.hash) if last is not None else (0, GENESIS)


def hash_at(session: Session, device_seq: int) -> str:
    """The chain's value after that command. Raises LookupError for one that was never made here."""
    if device_seq == 0:
        return GENESIS
    found = session.scalar(select(OutboxRow.hash).where(OutboxRow.device_seq == device_seq))
    if found is None:
        raise LookupError(f"no command {device_seq}")
    return found


def waiting(session: Session, after: int | None = None) -> Waiting:
    """What the centre does not have yet; what was made `after` that act, where one is given."""
    acked = meta.get(session).acked_to if after is None else after
    row = session.execute(
        select(func.count(), func.min(OutboxRow.made_at)).where(OutboxRow.device_seq > acked)
    ).one()
    return Waiting(row[0], row[1])


def unsent(session: Session, limit: int) -> list[Unsent]:
    """The acts that the centre does not have, in the order of sending, at most `limit`."""
    found = session.execute(
        select(OutboxRow.device_seq, OutboxRow.case_id, OutboxRow.kind, OutboxRow.made_at)
        .where(OutboxRow.device_seq > meta.get(session).acked_to)
        .order_by(OutboxRow.device_seq)
        .limit(limit)
    )
    return [Unsent(*row) for row in found]


def unsent_by_case(session: Session, limit: int) -> list[Unsent]:
    """As `unsent`, one for each case: those acted on last, at most `limit` of them."""
    acts = _unsent_acts(session)
    first, last = func.min(acts.c.device_seq), func.max(acts.c.device_seq)
    newest = (
        select(first.label("seq"), func.count().label("acts"))
        .group_by(acts.c.case_id)
        .order_by(last.desc())
        .limit(limit)
        .subquery()
    )
    found = session.execute(
        select(
            OutboxRow.device_seq,
            OutboxRow.case_id,
            OutboxRow.kind,
            OutboxRow.made_at,
            newest.c.acts,
        )
        .join(newest, newest.c.seq == OutboxRow.device_seq)
        .order_by(OutboxRow.device_seq)
    )
    return [Unsent(*row) for row in found]


def unsent_cases(session: Session) -> int:
    """In how many cases acts wait that the centre does not have."""
    acts = _unsent_acts(session)
    return session.scalar(select(func.count(func.distinct(acts.c.case_id)))) or 0


def _unsent_acts(session: Session) -> CTE:
    """The few that wait. By their cases SQLite would go through the index of all that ever were."""
    acts = select(OutboxRow.device_seq, OutboxRow.case_id)
    waiting = acts.where(OutboxRow.device_seq > meta.get(session).acked_to)
    return waiting.cte("unsent").prefix_with("MATERIALIZED")


def made_at(session: Session, command_ids: Iterable[str]) -> dict[str, datetime]:
    """When these commands were made (UTC), by id; another desk's are not here."""
    found = session.execute(
        select(OutboxRow.command_id, OutboxRow.made_at).where(
            OutboxRow.command_id.in_(list(command_ids))
        )
    )
    return {row.command_id: row.made_at for row in found}
