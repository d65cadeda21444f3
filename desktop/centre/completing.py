"""What only the centre knows of a fact: whether a slot is free, whose, and a bill is spent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import (
    assigning,
    bills,
    consulting,
    moved_visits,
    objecting,
    passing,
    rulings,
    visits,
)
from desktop.centre.context import Centre, day_of
from desktop.centre.elsewhere_tables import CopyOutRow
from desktop.centre.letters import ForAPerson
from desktop.centre.ties import tied_inspectors
from desktop.centre.whereabouts import far_words
from desktop.domain import facts as f
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.consultation import Consulted, ConsulteeReminded
from desktop.domain.counter import SEEN_THERE
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.errors import Refusal
from desktop.domain.lawful_rulings import lies_on_record
from desktop.domain.people import Role, Staff
from desktop.domain.rota import Place, Rota
from desktop.domain.setting import Facts, Setting
from desktop.domain.state import State

_NO_WORK = (
    "{} در مرخصی یا بیرون از زمان کار شما بوده است؛ اگر به بازدید رفته‌اید، برنامه‌ریز بازدید یا "
    "ناظر شهرداری آن را اصلاح کند."
)
_AWAY = "{} غیبت شما ثبت شده است؛ اگر به بازدید رفته‌اید، برنامه‌ریز بازدید غیبت را بردارد."


@dataclass(frozen=True)
class _At:
    """Where a fact is completed: the case as it stood, its command's setting, actor, UTC moment,
    and when it was `acted`."""

    session: Session
    centre: Centre
    case: Case
    setting: Setting
    actor: Staff
    moment: datetime
    acted: datetime

    @property
    def taken_at(self) -> datetime | None:
        """When money was taken, where that was on another day than this one."""
        return self.acted if day_of(self.acted) != day_of(self.moment) else None

    @property
    def rota(self) -> Rota:
        """Who visits which district when, as is known today. Raises Refusal."""
        return self.centre.reference.rota(self.session, self.setting.today)

    @property
    def goers(self) -> Rota:
        """The same without who has to do with the case: nobody takes his word. Raises Refusal."""
        return self.rota.without(tied_inspectors(self.session, self.case))


def completed(
    session: Session,
    centre: Centre,
    case: Case | None,
    setting: Setting,
    facts: Facts,
    actor: Staff,
    moment: datetime,
    acted: datetime,
) -> Facts:
    """The facts of a command with what only the centre knows. Raises Refusal."""
    if case is None:
        return facts
    at = _At(session, centre, case, setting, actor, moment, acted)
    if isinstance(facts[0], f.VisitMissed) and facts[0].photo is not None:
        # Its fee follows by itself from the picture, once that is here (`deciding`).
        facts = facts[:1]
    return tuple(COMPLETED.get(type(fact), _as_told)(at, fact) for fact in facts)


def _as_told(_: _At, fact: f.CaseFact) -> f.CaseFact:
    return fact


def _booked(at: _At, fact: f.SlotBooked) -> f.CaseFact:
    moved = at.case.moved_by_city
    name = visits.book(at.session, at.case.case_id, fact.slot, at.goers, moved)
    moved_visits.placed(at.session, at.case.case_id)
    return replace(fact, inspector=name)


def _moved(at: _At, fact: f.SlotMoved) -> f.CaseFact:
    if at.case.slot is None:
        return fact
    moved = at.case.moved_by_city + fact.by_city
    if fact.inspector:
        # Until here the fact bears the id of whom the planner chose.
        place = Place(fact.slot.day, fact.slot.half, fact.inspector)
        name = visits.give(at.session, at.case.case_id, place, fact.slot, at.goers, moved)
    elif fact.by_city or fact.slot.day > at.setting.today:
        name = visits.book(at.session, at.case.case_id, fact.slot, at.goers, moved)
    else:
        # Nobody tells of a day on which he was away: the report would be refused, the place gone.
        _demand_there(at, fact.slot.day, fact.slot.half, "day")
        name = visits.note(at.session, at.case.case_id, fact.slot)
    return replace(fact, inspector=name or at.case.inspector)


def _paid(at: _At, fact: f.AmountPaid) -> f.CaseFact:
    sum_ = next(o for o in at.case.owed if o.key == fact.key)
    bills.settle_pair(at.session, at.case, sum_)
    bills.spend_reference(at.session, at.case, fact.payment)
    return replace(fact, taken_at=at.taken_at)


def _fee_paid(at: _At, fact: f.FeePaid) -> f.CaseFact:
    bills.spend_reference(at.session, at.case, fact.payment)
    return replace(fact, taken_at=at.taken_at)


def _refunded(at: _At, fact: f.FeeRefunded) -> f.CaseFact:
    return replace(fact, taken_at=at.taken_at)


def _voided(at: _At, fact: f.PaymentVoided) -> f.CaseFact:
    bills.free(at.session, at.case, fact.mark)
    return fact


def _fee_due(at: _At, fact: f.FeeDue) -> f.CaseFact:
    setting = at.setting
    try:
        return bills.fee_with_ids(fact, at.case, setting.service, setting.city, setting.today)
    except ForAPerson as first:
        # As where a decision asks for such a sum: it is not asked, and an expert sees to it.
        return f.InReview(first.words)


def _reported(at: _At, fact: f.VisitReported) -> f.CaseFact:
    if words := far_words(at.session, at.case, fact.report, at.setting.city):
        raise Refusal(words, field="place_reason")
    report = fact.report
    _demand_there(at, report.visited_on, at.setting.city.halves.of(report.visited_at), "visited_at")
    if not at.case.no_record:
        return fact
    city = at.setting.city
    last = city.calendar.add_working_days(fact.report.visited_on, city.answer_days)
    return replace(fact, answer_by=last, days=city.answer_days)


def _demand_there(at: _At, day: date, half: int, field: str) -> None:
    """Who is known to have been away then has seen nothing, for whatever cause he was.

    Neither whose visit it is nor who tells of it: an absence gives the visit to somebody else.
    """
    who = {visits.visitor(at.session, at.case.case_id), at.actor.staff_id}
    for each in at.rota.inspectors:
        if each.staff_id in who and each.is_away(day, half):
            words = _AWAY if each.told_away(day, half) is not None else _NO_WORK
            raise Refusal(words.format(format_jalali(day)), field=field)


def _missed(at: _At, fact: f.VisitMissed) -> f.CaseFact:
    if fact.cause in SEEN_THERE and fact.at is not None:
        _demand_there(at, day_of(fact.at), at.setting.city.halves.of(fact.at), "time")
    return _slot_free(at, fact)


def _slot_free(at: _At, fact: f.CaseFact) -> f.CaseFact:
    slot = at.case.slot
    if slot is not None and slot.day > at.setting.today:
        visits.give_back(at.session, at.case.case_id)
    return fact


def _slot_left(at: _At, fact: f.InReview) -> f.CaseFact:
    """An amendment of a booked request: the visit is decided upon anew."""
    return _slot_free(at, fact) if at.case.state is State.BOOKED else fact


def _assigned(at: _At, fact: f.Assigned) -> f.CaseFact:
    find = at.centre.reference.finding(at.session)
    return assigning.completed(
        at.session, find, at.case, fact, at.actor, at.setting.today, at.moment
    )


def _recommended(at: _At, fact: f.Recommended) -> f.CaseFact:
    if fact.signer != Role.SIGNER.value:
        return fact
    find = at.centre.reference.finding(at.session)
    # A new centre may have nobody else yet: the case waits for a person, and never for none.
    role = assigning.signs_beside(at.session, find, at.actor, at.setting.today)
    return replace(fact, signer=role.value)


def _decided(at: _At, fact: f.CommissionDecided) -> f.CaseFact:
    if not lies_on_record(fact):
        return fact
    return replace(fact, file=rulings.file_of(at.session, at.case, at.setting.city.words))


def _ruling_final(at: _At, fact: f.RulingFinal) -> f.CaseFact:
    return replace(fact, file=rulings.file_of(at.session, at.case, at.setting.city.words))


def _fine_cleared(at: _At, fact: f.FineCleared) -> f.CaseFact:
    if not fact.right:
        return fact
    bills.spend_fine(at.session, at.case, fact)
    return replace(fact, files=rulings.unpaid(at.session, at.case, at.setting.city.words))


def _objection_answered(at: _At, fact: f.ObjectionAnswered) -> f.CaseFact:
    objecting.demand_right(at.session, at.case, fact)
    return fact


def _passed_on(at: _At, fact: f.PassedOn) -> f.CaseFact:
    return passing.completed(at.session, at.centre, fact, at.moment)


def _consulted(at: _At, fact: Consulted) -> f.CaseFact:
    service = at.setting.service
    return consulting.with_letter(at.session, at.centre, at.case, service, fact, at.moment)


def _reminded(at: _At, fact: ConsulteeReminded) -> f.CaseFact:
    service = at.setting.service
    return consulting.with_reminder(at.session, at.centre, at.case, service, fact, at.moment)


def _copy_given(at: _At, fact: CopyGiven) -> f.CaseFact:
    office = at.centre.reference.office(at.session, fact.office)
    # What came out of a printer somewhere is no number any more, though this case lost it.
    own = select(func.max(CopyOutRow.copy)).where(CopyOutRow.letter_id == fact.letter_id)
    number = max(fact.copy, (at.session.scalar(own) or 0) + 1)
    return replace(fact, copy=number, place=office.on(at.setting.today).name)


COMPLETED: Mapping[type[f.CaseFact], Callable[[_At, Any], f.CaseFact]] = {
    f.SlotBooked: _booked,
    f.SlotMoved: _moved,
    f.AmountPaid: _paid,
    f.FeePaid: _fee_paid,
    f.FeeRefunded: _refunded,
    f.PaymentVoided: _voided,
    f.FeeDue: _fee_due,
    f.CommissionDecided: _decided,
    f.RulingFinal: _ruling_final,
    f.FineCleared: _fine_cleared,
    f.VisitMissed: _missed,
    f.VisitReported: _reported,
    f.Withdrawn: _slot_free,
    f.InReview: _slot_left,
    f.ObjectionAnswered: _objection_answered,
    f.PassedOn: _passed_on,
    f.Assigned: _assigned,
    f.Recommended: _recommended,
    Consulted: _consulted,
    ConsulteeReminded: _reminded,
    CopyGiven: _copy_given,
}
"""Facts that the centre completes, or spends something for."""
