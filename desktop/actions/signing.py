"""What the second person does with an expert's proposal: read its letter, sign, sign many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.actions import board, reviewing
from desktop.actions.access import Confirmed
from desktop.actions.desk import Seat
from desktop.actions.publishing import SampleLetter
from desktop.domain.case import Case
from desktop.domain.commands import Recommend
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind, LetterText
from desktop.domain.request import SeenDocument
from desktop.wire import calls
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain
from desktop.wire.drafting import DraftLetterAsk

_NOT_PLAIN = "در این نظر موردی تغییر کرده است؛ آن را جداگانه ببینید و امضا کنید."


@dataclass(frozen=True)
class Draft:
    """What would come of the proposal; `letter` is None where something is awaited before it."""

    outcome: Outcome
    letter: SampleLetter | None
    pdf: bytes


def draft(seat: Seat, case_id: str, told: Recommend | None = None) -> Draft:
    """The letter that the centre would write now, drawn as a proof. Raises LineDown, Refusal.

    It comes of the case's proposal, or of one (`told`) that is not made yet.
    """
    desk = seat.desk
    words = canon(plain(told)) if told is not None else ""
    ask = DraftLetterAsk(actor=seat.staff.staff_id, case_id=case_id, told=words)
    answer = desk.ask(calls.DRAFT_LETTER, ask)
    outcome = Outcome(answer.outcome)
    if not answer.kind:
        return Draft(outcome, None, b"")
    with desk.store.reading() as session:
        today = desk.today(session)
    text = adapter(LetterText).validate_json(answer.text)
    kind = LetterKind(answer.kind)
    letter = SampleLetter("", "", kind, text, answer.valid_until, today)
    return Draft(outcome, letter, letter.pdf)


def sign(confirmed: Confirmed, case: Case) -> None:
    """Agree with what was proposed. Raises Refusal."""
    reviewing.countersign(confirmed.seat, case)


def sign_plain(confirmed: Confirmed, case_ids: Sequence[str]) -> dict[str, str]:
    """Agree with each that changes nothing; why not, by case, of those that were not signed.

    Each is an act of its own: one that changed meanwhile stops no other. Raises LineDown.
    """
    refused: dict[str, str] = {}
    for case_id in case_ids:
        try:
            case, _ = board.municipal_case(confirmed.seat, case_id)
            if case.recommendation is None or not case.recommendation.plain:
                raise Refusal(_NOT_PLAIN)
            sign(confirmed, case)
        except Refusal as no:
            refused[case_id] = no.words
    return refused


def papers_of(seat: Seat, case: Case) -> dict[str, tuple[SeenDocument, ...]]:
    """By condition of the proposal, the papers of the case that its reason rests on."""
    if case.recommendation is None:
        return {}
    desk = seat.desk
    with desk.store.reading() as session:
        reasons = desk.reference.city(session, desk.today(session)).review_reasons
    kept = {each.key: each for each in case.request.documents if each.file is not None}
    found: dict[str, tuple[SeenDocument, ...]] = {}
    for each in case.recommendation.opinions:
        reason = reasons.get(each.reason)
        keys = reason.papers if reason is not None else ()
        found[each.gate] = tuple(kept[key] for key in keys if key in kept)
    return found
