"""What would come of an expert's proposal: the letter in words, with no number taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre
from desktop.centre.deciding import foresee
from desktop.centre.doing import would_do
from desktop.centre.letters import Unwritable
from desktop.centre.people import staff_of
from desktop.centre.streams import load_case
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.case import Case
from desktop.domain.commands import Command, Recommend
from desktop.domain.errors import Refusal
from desktop.domain.facts import Recommended
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.wire.canon import canon
from desktop.wire.codec import Unreadable, plain, read_as
from desktop.wire.drafting import DraftLetterAnswer, DraftLetterAsk

_UNREAD = "این نظر خوانده نشد."
_UNWRITTEN = "پیش‌نویس نامه نوشته نشد: الگوی نامهٔ این خدمت نادرست است."


def draft_letter(
    session: Session, centre: Centre, device: DeviceRow, ask: DraftLetterAsk, at: datetime
) -> DraftLetterAnswer:
    """The letter as it would be written today, to who may read the case. Raises Refusal."""
    municipal(session, centre, device, ask.actor)
    seen_case(session, centre, device, ask.case_id, ask.actor)
    case = load_case(session, ask.case_id)
    told = case.recommendation if case is not None else None
    if case is not None and ask.told:
        told = _recommended(session, centre, case, ask, at)
    if case is None or told is None:
        raise Refusal("این پرونده نظری ندارد که از آن نامه‌ای برآید.")
    try:
        foreseen = foresee(session, centre, _as_signed(case, told), at)
    except Unwritable:
        raise Refusal(_UNWRITTEN) from None
    outcome = foreseen.decision.outcome.value
    if foreseen.kind is None or foreseen.written is None:
        return DraftLetterAnswer(outcome=outcome)
    return DraftLetterAnswer(
        outcome=outcome,
        kind=foreseen.kind.value,
        text=canon(plain(foreseen.written.text)),
        valid_until=foreseen.written.valid_until,
    )


def _recommended(
    session: Session, centre: Centre, case: Case, ask: DraftLetterAsk, at: datetime
) -> Recommendation:
    """What would be proposed, as if it were now. Raises Refusal when that is not lawful."""
    try:
        payload = read_as(Recommend, ask.told)
    except Unreadable:
        raise Refusal(_UNREAD) from None
    row = session.get(PersonRow, ask.actor)
    assert row is not None  # `municipal` knew the asker
    command = Command(
        command_id="",
        case_id=case.case_id,
        device_id="",
        device_seq=0,
        actor=ask.actor,
        base_rev=case.rev,
        made_at=at,
        payload=payload,
    )
    facts = would_do(session, centre, command, case, staff_of(row), at)
    (told,) = (fact.recommendation for fact in facts if isinstance(fact, Recommended))
    return told


def _as_signed(case: Case, told: Recommendation) -> Case:
    """The case as the second signature would leave it."""
    if told.proposal is Proposal.REFUSAL:
        return replace(case, refusal=told.reasons)
    entered = {**case.entered, **told.entered}
    return replace(case, **case.clearing(told.cleared), entered=entered, refusal=())
