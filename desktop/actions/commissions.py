"""What people do with the commissions: referral, agenda, ruling, its service, a fine's payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions import board, looking
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import (
    ClearFine,
    EndRulingTerm,
    EnterCommissionResult,
    ObjectToRuling,
    PutOnAgenda,
    SendToCommission,
    ServeRuling,
)
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import AgendaCase, SessionAgenda
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.ruling import Ruled, RulingKind
from desktop.reports import agenda as agenda_paper
from desktop.wire import calls
from desktop.wire.commissions import Awaits, CommissionBody, CommissionsAnswer, CommissionsAsk


@dataclass(frozen=True)
class Ruling:
    """A ruling as it is typed: sum in Rial, `note` what is written beside its kind."""

    verdict: RulingKind
    number: str
    decided_on: date
    against: tuple[Ruled, ...]
    stage: str = ""
    fine: int = 0
    note: str = ""


def listed(
    seat: Seat, article: str = "", awaits: Awaits | None = None, offset: int = 0
) -> CommissionsAnswer:
    """A page of the cases at the commissions. Raises LineDown, Refusal."""
    ask = CommissionsAsk(
        actor=seat.staff.staff_id, article=article, awaits=awaits or "", offset=offset
    )
    return seat.desk.ask(calls.COMMISSIONS, ask)


def send(seat: Seat, case: Case, article: str, note: str) -> None:
    """To the commission of Article 100 or 5. Raises Refusal."""
    seat.do_one(case.case_id, SendToCommission(article, note), shown=case)


def put_on_agenda(seat: Seat, case: Case, session: str, held_on: date) -> None:
    """Into the session of that number and day. Raises Refusal."""
    seat.do_one(case.case_id, PutOnAgenda(session, held_on), shown=case)


def put_all_on_agenda(
    seat: Seat, case_ids: Sequence[str], session: str, held_on: date
) -> dict[str, str]:
    """Each into that session; why not, by case, of those that can't be. Raises LineDown."""
    refused: dict[str, str] = {}
    for case_id in case_ids:
        try:
            case, _ = board.municipal_case(seat, case_id)
            put_on_agenda(seat, case, session, held_on)
        except Refusal as no:
            refused[case_id] = no.words
    return refused


def agenda(seat: Seat, row: CommissionBody) -> bytes:
    """The agenda of that case's session, with all its cases (A5). Raises LineDown, Refusal."""
    if row.session_on is None:
        raise Refusal("این پرونده در دستور جلسه‌ای نیست.")
    named = (row.session, row.session_on)
    rows = [
        one for one in _in_sessions(seat, row.article) if (one.session, one.session_on) == named
    ]
    looking.on_paper(seat, [one.case_id for one in rows])
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        services = desk.reference.services(session, today)
        card = desk.reference.office(session, MUNICIPALITY, today)
    cases = tuple(
        AgendaCase(
            tracking_code=isolate(to_persian_digits(one.tracking)),
            applicant=to_persian_digits(one.applicant),
            property=isolate(to_persian_digits(one.code)),
            service=services[one.service].title if one.service in services else one.service,
            waits=one.result,
        )
        for one in rows
    )
    return agenda_paper.draw(
        SessionAgenda(card.head, row.article, row.session, row.session_on, cases, card.sample)
    )


def _in_sessions(seat: Seat, article: str) -> list[CommissionBody]:
    """All cases that wait for the ruling of a session, in the sessions' order."""
    found: list[CommissionBody] = []
    while True:
        answer = listed(seat, article, Awaits.RULING, len(found))
        found += answer.rows
        if not answer.rows or len(found) >= answer.total:
            return found


def rule(seat: Seat, case: Case, ruling: Ruling) -> None:
    """What the commission decided in its session. Raises Refusal."""
    entered = EnterCommissionResult(
        ruling.note,
        ruling.number,
        ruling.decided_on,
        ruling.stage,
        ruling.verdict,
        ruling.fine,
        ruling.against,
    )
    seat.do_one(case.case_id, entered, shown=case)


def serve(seat: Seat, case: Case, service: ServeRuling, *, municipal: bool) -> None:
    """Served on a person, or why it was not; at the counter by the desk's own copy of the case.

    Raises Refusal.
    """
    seat.do_one(case.case_id, service, shown=case if municipal else None)


def object_to(
    seat: Seat, case: Case, place: int, paper: str, day: date, *, municipal: bool
) -> None:
    """A person's objection to a first ruling, in its term. Raises Refusal."""
    shown = case if municipal else None
    seat.do_one(case.case_id, ObjectToRuling(place, paper, day), shown=shown)


def end_term(seat: Seat, case: Case) -> None:
    """The first ruling is final: all were served and nobody objected in time. Raises Refusal."""
    ruling = case.commission_result
    number = ruling.number if ruling is not None else ""
    seat.do_one(case.case_id, EndRulingTerm(number), shown=case)


def clear_fine(seat: Seat, case: Case, answer: ClearFine) -> None:
    """Finance says whether the fine was paid. Raises Refusal."""
    seat.do_one(case.case_id, answer, shown=case)
