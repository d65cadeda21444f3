"""What the second person does with an expert's proposal: read its letter, sign, sign many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.actions import board, reviewing
from desktop.actions.access import Confirmed
from desktop.actions.desk import Seat
from desktop.actions.publishing import SampleLetter
from desktop.domain import lawful_review
from desktop.domain.case import Case
from desktop.domain.commands import Recommend
from desktop.domain.decision import Outcome
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.facts import Countersigned
from desktop.domain.letter import LetterKind, LetterText
from desktop.domain.request import SeenDocument
from desktop.domain.ties import Tie
from desktop.store import work_items
from desktop.store.work_items import ItemKind, WorkItem
from desktop.wire import calls
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain
from desktop.wire.drafting import DraftLetterAsk

_DOWN = "امضا نشد؛ ارتباط با مرکز قطع شد."
_CHANGED = "پس از آنچه دیده‌اید تغییر کرد؛ آن را دوباره ببینید و امضا کنید."
# A fact's moment is written in thousandths.
_SAME = timedelta(milliseconds=1)
_NOT_PLAIN = "در این نظر موردی تغییر کرده است؛ آن را جداگانه ببینید و امضا کنید."


@dataclass(frozen=True)
class ProposalDraft:
    """What would come of the proposal; `letter` is None where something is awaited before it."""

    outcome: Outcome
    letter: SampleLetter | None
    pdf: bytes


def draft(seat: Seat, case_id: str, told: Recommend | None = None) -> ProposalDraft:
    """The letter that the centre would write now, drawn as a proof. Raises LineDown, Refusal.

    It comes of the case's proposal, or of one (`told`) that is not made yet.
    """
    desk = seat.desk
    words = canon(plain(told)) if told is not None else ""
    ask = DraftLetterAsk(actor=seat.staff.staff_id, case_id=case_id, told=words)
    answer = desk.ask(calls.DRAFT_LETTER, ask)
    outcome = Outcome(answer.outcome)
    if not answer.kind:
        return ProposalDraft(outcome, None, b"")
    with desk.store.reading() as session:
        today = desk.today(session)
    text = adapter(LetterText).validate_json(answer.text)
    kind = LetterKind(answer.kind)
    letter = SampleLetter("", "", kind, text, answer.valid_until, today)
    return ProposalDraft(outcome, letter, letter.pdf)


@dataclass(frozen=True)
class Sent:
    """What came of signing many: by case the command that is on its way, or why there is none."""

    sent: Mapping[str, str]
    refused: Mapping[str, str]


def sign(confirmed: Confirmed, case: Case) -> None:
    """Agree with what was proposed. Raises Refusal."""
    reviewing.countersign(confirmed.seat, case)


def sign_plain(confirmed: Confirmed, seen: Mapping[str, datetime]) -> Sent:
    """Agree with each that changes nothing; what the centre says of each `answered` tells.

    `seen` has, by case, when it was changed last (UTC) as it was ticked. Each is an act of its own:
    one that changed meanwhile is not signed and stops no other. Raises LineDown.
    """
    sent: dict[str, str] = {}
    refused: dict[str, str] = {}
    for place, (case_id, changed_at) in enumerate(seen.items()):
        try:
            case, facts = board.municipal_case(confirmed.seat, case_id)
            if facts[-1].at - changed_at > _SAME:
                raise Refusal(_CHANGED)
            if case.recommendation is None or not case.recommendation.plain:
                raise Refusal(_NOT_PLAIN)
            sent[case_id] = reviewing.countersign(confirmed.seat, case)
        except LineDown:
            if not place:
                raise
            # What was signed before it goes on its way.
            refused |= dict.fromkeys([*seen][place:], _DOWN)
            break
        except Refusal as no:
            refused[case_id] = no.words
    return Sent(sent, refused)


@dataclass(frozen=True)
class Answered:
    """What the centre said of signatures, by case: taken, or an item with its words why not."""

    taken: frozenset[str]
    items: Mapping[str, WorkItem]


def answered(seat: Seat, sent: Mapping[str, str]) -> Answered:
    """Of these commands (by case) those of which the centre has said something.

    Raises LineDown where it has refused some not, and there is no line to ask.
    """
    with seat.desk.store.reading() as session:
        told = work_items.of_commands(session, sent.values())
    items = {case_id: told[command] for case_id, command in sent.items() if command in told}
    # What an error parked may have been done since.
    open_ = {key for key in sent if key not in items or items[key].kind is not ItemKind.REFUSED}
    taken = frozenset(key for key in open_ if _signed_by(seat, key, sent[key]))
    return Answered(taken, {key: item for key, item in items.items() if key not in taken})


def _signed_by(seat: Seat, case_id: str, command_id: str) -> bool:
    # Facts of a case come to no desk of the municipality by a stream.
    _, facts = board.municipal_case(seat, case_id)
    return any(
        fact.cause == command_id and isinstance(fact.payload, Countersigned) for fact in facts
    )


def own_word(seat: Seat, case: Case) -> Tie | None:
    """Why another person has to sign, as far as this desk knows its people. Raises Refusal."""
    desk = seat.desk
    with desk.store.reading() as session:
        setting = desk.reference.setting_for(
            session, case.request, seat.staff, desk.moment(session)
        )
    return lawful_review.own_word(case, seat.staff, setting)


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
