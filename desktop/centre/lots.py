"""The lot by which instant answers are looked at again, and the row of each that it took."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.look_tables import LookSecretRow, SecondLookRow
from desktop.chance import octets
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.decision import Decision
from desktop.domain.lot import DRAW, LotDraw, sample
from desktop.domain.second_look import risks_of
from desktop.domain.state import ANSWERED
from desktop.domain.stream import Fact
from desktop.sql.missing import make_missing

_SECRET_BYTES = 32


def drawn(
    session: Session, centre: Centre, of: Case, city: City, decision: Decision, day: date
) -> LotDraw:
    """Whether and why an answer of the day is to be looked at again.

    Only one at once, that no person had a part in; a lot that took the case before still holds, so
    that no answer gets out of it by being given anew.
    """
    if of.report is not None or of.cleared or of.paid:
        return LotDraw()
    if of.drawn:
        return LotDraw(DRAW, of.drawn)
    risks = risks_of(of, decision, city.boundary_days)
    seed = seed_of(session, centre, day)
    return sample(of.case_id, seed, city.second_look_percent, risks, city.look_weights)


def seed_of(session: Session, centre: Centre, day: date) -> str:
    """What the day's lot is drawn by, hex: made of a secret, so that nobody who names a case knows
    beforehand whether it is drawn, and the same for whoever draws again."""
    return hmac.new(_secret(session, centre), day.isoformat().encode(), hashlib.sha256).hexdigest()


def _secret(session: Session, centre: Centre) -> bytes:
    try:
        secret = centre.look_secret
    except NoResultFound:
        # The first lot of all. Whoever else draws it now waits here, and has the same.
        make_missing(session, LookSecretRow, {"only": 1, "secret": octets(_SECRET_BYTES).hex()})
        secret = session.get_one(LookSecretRow, 1).secret
    return bytes.fromhex(secret)


def keep(session: Session, of: Case, facts: Sequence[Fact]) -> None:
    """Keep the row of an answer that is looked at again in step with these newest facts."""
    decided = any(isinstance(fact.payload, f.Decided) for fact in facts)
    first = decided and of.first is of.decision
    anew = decided and not first
    if of.decision is None or not (of.sampled or anew):
        return
    # A first answer has no row yet: nothing is asked for it.
    row = None if first else session.get(SecondLookRow, of.case_id)
    if row is None:
        if not of.sampled:
            return
        row = _new_row(of, of.decision, facts[-1].at)
        session.add(row)
    row.why, row.drawn = of.sampled or row.why, of.drawn
    row.due = bool(of.sampled) and of.looked is None and of.state in ANSWERED
    for fact in facts:
        found = fact.payload
        if isinstance(found, f.SecondLooked):
            row.looked_at, row.looked_by, row.right = fact.at, fact.actor, found.right
            row.part, row.item, row.reason = found.part, found.item, found.reason


def _new_row(of: Case, decision: Decision, at: datetime) -> SecondLookRow:
    return SecondLookRow(
        case_id=of.case_id,
        stream=of.former[0] if of.former else of.stream,
        service=of.request.service,
        version=decision.version,
        district=of.district,
        received_on=of.request.received_on,
        decided_at=at,
        looked_at=None,
        looked_by="",
        right=None,
        part="",
        item="",
        reason="",
    )
