"""What would come of an expert's proposal: the letter in words, with no number taken for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre
from desktop.centre.deciding import foresee
from desktop.centre.letters import Unwritable
from desktop.centre.streams import load_case
from desktop.centre.tables import DeviceRow
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.recommendation import Proposal, Recommendation
from desktop.wire.canon import canon
from desktop.wire.codec import plain
from desktop.wire.drafting import DraftLetterAnswer, DraftLetterAsk

_UNWRITTEN = "پیش‌نویس نامه نوشته نشد: الگوی نامهٔ این خدمت نادرست است."


def draft_letter(
    session: Session, centre: Centre, device: DeviceRow, ask: DraftLetterAsk, at: datetime
) -> DraftLetterAnswer:
    """The letter as it would be written today, to who may read the case. Raises Refusal."""
    municipal(session, device, ask.actor)
    seen_case(session, device, ask.case_id, ask.actor)
    case = load_case(session, ask.case_id)
    if case is None or case.recommendation is None:
        raise Refusal("این پرونده نظری ندارد که از آن نامه‌ای برآید.")
    try:
        foreseen = foresee(session, centre, _as_signed(case, case.recommendation), at)
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


def _as_signed(case: Case, told: Recommendation) -> Case:
    """The case as the second signature would leave it."""
    if told.proposal is Proposal.REFUSAL:
        return replace(case, refusal=told.reasons)
    return replace(
        case,
        cleared={**case.cleared, **told.cleared},
        entered={**case.entered, **told.entered},
        refusal=(),
    )
