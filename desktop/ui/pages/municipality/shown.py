"""What a role of the municipality is shown of a case, and the words over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.actions import board, looking, visit_day
from desktop.actions.board import MunicipalView, WorkItem
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.consultation import Consultee
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.reading import What
from desktop.domain.recommendation import Recommendation
from desktop.domain.request import SeenDocument
from desktop.domain.service import Service
from desktop.domain.state import AWAITS_REPLY, State
from desktop.domain.stream import Fact
from desktop.domain.ties import Tie
from desktop.ui.pages.inspection.report_form import Ground
from desktop.ui.standing.case import awaited_words


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
    return Ground(city, deed or None, kept.point if kept.surveyed else None)


def _proposed(name: str, told: Recommendation) -> str:
    """«سعید نوری: پاسخ مثبت؛ ۲ مانع را برطرف دانسته و ۵ مدرک را باز کرده است.»"""
    cleared, seen = len(told.cleared), len(told.seen)
    words = f"{cleared} مانع را برطرف دانسته و {seen} مدرک را باز کرده است."
    return to_persian_digits(f"{name}: {told.proposal.word}؛ {words}")


def title_of(loaded: ShownCase) -> str:
    """The service's title."""
    return loaded.service.title if loaded.service else loaded.case.request.service


def _after_report(case: Case) -> str:
    """What came of the inspector's report: the case went on by itself, or an expert looks."""
    if case.state is State.IN_REVIEW and case.review_comment:
        return to_persian_digits(f"گزارش شما نزد کارشناس رفت. {case.review_comment}.")
    if case.state is State.IN_REVIEW:
        return "گزارش ثبت شد و نزد کارشناس رفت."
    if case.state is State.ISSUED:
        return "گزارش ثبت شد؛ نامه آمادهٔ تأیید و مهر در دفتر است."
    return ""


def sentence_of(loaded: ShownCase, role: Role) -> str:
    """What the office's words would say of the municipality, said to the municipality."""
    case = loaded.case
    if case.state in AWAITS_REPLY:
        return awaited_words(case)[1]
    if role is Role.FINANCE and case.claims:
        return "رسید متقاضی را با حساب شهرداری بسنجید."
    if role is Role.FINANCE and case.fine_asked:
        return "واریز این جریمه را در حساب شهرداری بجویید."
    if role is Role.INSPECTOR and case.report is not None:
        return _after_report(case)
    if loaded.tie is not None:
        return loaded.tie.words
    if case.to_sign == role.value and case.recommendation is not None:
        return _proposed(case.recommended_name, case.recommendation)
    # While an expert decides, he has a page of his own.
    return "گام بعد با کارشناس شهرسازی است." if case.state is State.IN_REVIEW else ""
