"""What a role of the municipality is shown of a case, and the words over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions import act_drafts, board, consultations, looking, recalls, signing, visit_day
from desktop.actions.board import MunicipalView, WorkItem
from desktop.actions.desk import Seat
from desktop.domain import lawful_recalls
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.consultation import Consultee
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.reading import What
from desktop.domain.recall import still_to_tell, why_recalled
from desktop.domain.recommendation import Recommendation
from desktop.domain.request import SeenDocument
from desktop.domain.service import Service
from desktop.domain.state import AWAITS_REPLY, State
from desktop.domain.stream import Fact
from desktop.domain.ties import Tie
from desktop.ui.pages.inspection.report_form import Ground
from desktop.ui.standing.case import after_visit_words, awaited_words
from desktop.wire.recalls import RecallBody


@dataclass(frozen=True)
class ShownCase:
    """A case as a role of the municipality is shown it, with what its acts there rest on."""

    case: Case
    facts: tuple[Fact, ...]
    address: str
    service: Service | None
    items: tuple[WorkItem, ...]
    refused: frozenset[str]
    # How this desk ended the visit, while the centre has not settled it.
    sent: str
    # By condition of a proposal, the papers that its reason rests on.
    papers: Mapping[str, tuple[SeenDocument, ...]]
    consultees: tuple[Consultee, ...]
    # Why it is another person's to sign, where it waits for the reader's role.
    tie: Tie | None = None
    # What an inspector knows of the property before he goes there.
    ground: Ground | None = None
    # What is known against the case's letters, for who decides of it.
    doubts: tuple[RecallBody, ...] = ()

    @property
    def doubt(self) -> RecallBody | None:
        """What is known against the answer in force."""
        held = self.case.answer
        own = held.letter.letter_id if held is not None else ""
        return next((each for each in self.doubts if each.letter_id == own), None)

    @property
    def copy_asked(self) -> CaseLetter | None:
        """A letter of which the office wants one more copy than it prints by itself."""
        return next((held for held in self.case.letters if held.live and held.asked), None)

    @property
    def untold(self) -> CaseLetter | None:
        """A void letter of which somebody has not been told."""
        return next((held for held in self.case.letters if still_to_tell(self.case, held)), None)


def looked_at(seat: Seat, case_id: str) -> tuple[MunicipalView, str]:
    """The case by the centre's facts, or as an inspector's day brought it here; and how this desk
    ended its visit, if the centre has not settled that. Raises LineDown, Refusal."""
    if seat.staff.role is not Role.INSPECTOR:
        return board.municipal_look(seat, case_id), ""
    try:
        seen = board.municipal_look(seat, case_id)
        if visit_day.kept_visit(seat, case_id) is None:
            # Opened from elsewhere than the day: what the records hold comes with it.
            visit_day.refresh(seat)
    except LineDown:
        kept = visit_day.kept_visit(seat, case_id)
        if kept is None:
            raise
        looking.note(seat, What.CASE, cases=(case_id,))
        seen = MunicipalView(kept.case, kept.facts, kept.address)
    return seen, visit_day.unsettled(seat.desk, case_id, seen.facts)


def ground_of(seat: Seat, case_id: str) -> Ground:
    """What the records say of the property, as the inspector's day brought it here."""
    kept = visit_day.kept_visit(seat, case_id)
    city = visit_day.city_of(seat.desk)
    if kept is None:
        return Ground(city)
    deed = Decimal(kept.held.land_by_deed) if kept.held is not None else None
    return Ground(city, deed or None, kept.place)


def _proposed(name: str, told: Recommendation) -> str:
    """«سعید نوری: پاسخ مثبت؛ ۲ مانع را برطرف دانسته و ۵ مدرک را باز کرده است.»"""
    cleared, seen = len(told.cleared), len(told.seen)
    words = f"{cleared} مانع را برطرف دانسته و {seen} مدرک را باز کرده است."
    return to_persian_digits(f"{name}: {told.proposal.word}؛ {words}")


def shown_case(seat: Seat, case_id: str) -> ShownCase:
    """All that the page shows of the case. Raises LineDown, Refusal."""
    seen, sent = looked_at(seat, case_id)
    try:
        service: Service | None = board.service_of(seat.desk, seen.case)
    except Refusal:
        # A service that has not come here yet: the case is read without its labels.
        service = None
    mine = (item for item in board.items(seat.desk) if item.case_id == case_id)
    refused = act_drafts.refused(seat, case_id)
    papers = signing.papers_of(seat, seen.case)
    asked = tuple(consultations.consultees(seat.desk, seen.case))
    ground = ground_of(seat, case_id) if seat.staff.role is Role.INSPECTOR else None
    turn = service is not None and seen.case.to_sign == seat.staff.role.value
    tie = signing.own_word(seat, seen.case) if turn else None
    return ShownCase(
        case=seen.case,
        facts=seen.facts,
        address=seen.address,
        service=service,
        items=tuple(mine),
        refused=refused,
        sent=sent,
        papers=papers,
        consultees=asked,
        tie=tie,
        ground=ground,
        doubts=doubts_of(seat, seen.case),
    )


def doubts_of(seat: Seat, case: Case) -> tuple[RecallBody, ...]:
    """What is known against its letters; nothing for roles that decide nothing of it.

    Raises LineDown.
    """
    decides = seat.staff.role in lawful_recalls.FIRST | lawful_recalls.SECOND
    return recalls.of_case(seat, case.case_id) if decides and case.letters else ()


def recalled_sentence(loaded: ShownCase) -> str:
    """Who recalled the letter, and why: «سعید نوری فراخوانده است: …»."""
    case, doubt = loaded.case, loaded.doubt
    if case.recall is None:
        return to_persian_digits(why_recalled(case))
    who = doubt.by if doubt is not None and doubt.by else "همکاری"
    return to_persian_digits(f"{who} این نامه را فراخوانده است: {case.recall.reason}")


def title_of(loaded: ShownCase) -> str:
    """The service's title."""
    return loaded.service.title if loaded.service else loaded.case.request.service


def _after_report(case: Case) -> str:
    """What came of the inspector's report: the case went on by itself, or an expert looks."""
    if case.state is State.IN_REVIEW and case.review_comment:
        return to_persian_digits(f"گزارش شما به کارشناس ارجاع شد. {case.review_comment}.")
    if case.state is State.IN_REVIEW:
        return "گزارش ثبت و به کارشناس ارجاع شد."
    if case.state is State.ISSUED:
        return "گزارش ثبت شد؛ نامه آمادهٔ تأیید و مهر در دفتر است."
    return ""


def sentence_of(loaded: ShownCase, staff: Staff) -> str:
    """What the office's words would say of the municipality, said to who works there."""
    case, role = loaded.case, staff.role
    if case.state in AWAITS_REPLY:
        return awaited_words(case)[1]
    if role is Role.FINANCE and case.claims:
        return "رسید متقاضی را با حساب شهرداری بسنجید."
    if role is Role.FINANCE and case.fine_asked:
        return "واریز این جریمه را در حساب شهرداری بجویید."
    if role is Role.INSPECTOR and case.state is State.BOOKED and case.inspector == staff.name:
        return f"این بازدید با شماست. {after_visit_words(case)}"
    if role is Role.INSPECTOR and case.report is not None:
        return _after_report(case)
    if loaded.tie is not None:
        return loaded.tie.words
    if case.recall is not None:
        return recalled_sentence(loaded)
    if case.to_sign == role.value and case.recommendation is not None:
        return _proposed(case.recommended_name, case.recommendation)
    # While an expert decides, he has a page of his own.
    return "گام بعد با کارشناس شهرسازی است." if case.state is State.IN_REVIEW else ""
