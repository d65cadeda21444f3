"""What goes beyond the expert and who signs in a made-up month: commissions, bodies, objections."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from desktop.centre import objecting
from desktop.chance import new_id
from desktop.demo.following import REFERRAL
from desktop.demo.sample_paper import sample_photos
from desktop.domain import commands as c
from desktop.domain.case import VIOLATION, Case
from desktop.domain.consultation import Consultation, Reply, ReplyKind
from desktop.domain.contest import REJECTED, UPHELD, Contested, Correction
from desktop.domain.people import Applicant
from desktop.domain.ruling import FINAL, FIRST, Ruled, RulingKind, Serving
from desktop.domain.service import Effect, Service
from desktop.domain.serving import appealable, not_final, notices
from desktop.trial.counters import Act, Counter, Person

_OTHERS_ASKED, _SENT, _UPHELD, _REPLIES, _OPPOSED, _AT_ONCE = 0.05, 0.2, 0.5, 0.5, 0.2, 0.5
"""Shares: of reviewed cases, of reported violations, of objections to land, of questions a day, of
requests at the commission of Article 5, of first rulings that are none."""
_QUESTION = "نظر خود را دربارهٔ این ملک اعلام فرمایید."
_REPORTED = "تخلف گزارش‌شده رأی کمیسیون می‌خواهد"
_CONDITION = "با رعایت ضوابط همان مرجع"
_FOUND = "در حساب شهرداری دیده شد."
_FINE = 48_500_000


@dataclass
class Beyond:
    """Whoever else has a word in a case: experts enter it, `finance` looks for the money."""

    desk: Counter
    random: Random
    finance: Person
    second: Person
    """Another supervisor than who signs where the head of the department did not agree."""
    seen: Tally[str] = field(default_factory=Tally)

    def instead(
        self, case: Case, service: Service, expert: Person, signer: Person, day: date
    ) -> Act | None:
        """What a case in review needs before its expert may propose anything; None for nothing."""
        if case.awaits_second:
            return self._act("objections signed", case, c.SignObjection(agreed=True), signer)
        if service.contests:
            return self._answered(case, service, expert, day)
        if case.fine_asked:
            found = c.ClearFine(True, _FOUND, f"{self.random.randrange(10**12):012d}", day)
            return self._act("fines found", case, found, self.finance)
        article = service.commission
        if not article and self._is_reported(case) and self.random.random() < _SENT:
            article = "100"
        if case.awaits_commission(article):
            note = REFERRAL if service.commission else _REPORTED
            return self._act("referrals", case, c.SendToCommission(article, note), expert)
        if not case.consultations and self.random.random() < _OTHERS_ASKED:
            asked = c.Consult(new_id(), self._body(day), _QUESTION)
            return self._act("bodies asked", case, asked, expert)
        return None

    def _act(self, what: str, case: Case, payload: c.Payload, by: Person) -> Act:
        self.seen[what] += 1
        return Act(case.case_id, payload, by=by, base_rev=case.rev)

    def _is_reported(self, case: Case) -> bool:
        """A violation that nobody has ruled on, of the owner who asks."""
        failing = case.decision.failing if case.decision is not None else ()
        found = any(each.gate == VIOLATION and each.effect is Effect.REVIEW for each in failing)
        return (
            found and case.commission_result is None and case.request.party.kind is Applicant.OWNER
        )

    def _body(self, day: date) -> str:
        centre = self.desk.centre
        with centre.reading() as session:
            bodies = centre.reference.city(session, day).consultees
        return self.random.choice([each.name for each in bodies if not each.services])

    def _answered(self, case: Case, service: Service, expert: Person, day: date) -> Act:
        """The unit's answer to an objection: to a land's area sometimes right, else not."""
        if case.laid is None:
            raise LookupError(f"{case.case_id}: an objection that was laid before nobody")
        contested = case.laid.contested
        right = self._land(case) if self.random.random() < _UPHELD else None
        if contested is Contested.LAND and not case.laid.stranger and right is not None:
            given = c.AnswerObjection(
                True, service.field(UPHELD).choices[0].value, (right,), "نقشهٔ تازه", day
            )
        else:
            reason = service.field(REJECTED).choices[0].value
            given = c.AnswerObjection(False, reason, next=contested.grounds[0].value)
        by = self.second if contested is Contested.REFUSAL else expert
        return self._act("objections answered", case, given, by)

    def _land(self, case: Case) -> Correction | None:
        """A metre more than is on record, or less, for which two sign."""
        with self.desk.centre.reading() as session:
            record = objecting.record_of(session, case)
        if record is None:
            return None
        right = record.land + Decimal(self.random.choice((-1, 1)))
        return Correction(Contested.LAND, f"{right:.2f}", f"{record.land:.2f}")

    def rule(self, cases: Sequence[Case], expert: Person, day: date) -> None:
        """A step a day of each case at a commission: agenda, ruling, its service, its end."""
        self.desk.push(*(act for case in cases for act in self._ruled(case, expert, day)))

    def _ruled(self, case: Case, expert: Person, day: date) -> Iterator[Act]:
        if appealable(case):
            waiting = [each for each in notices(case) if each.served is None]
            for each in waiting:
                served = c.ServeRuling(
                    case.commission_result.number if case.commission_result else "",
                    each.place,
                    Serving.PERSON,
                    day,
                    each.person.name,
                    each.person.person_id,
                )
                yield self._act("rulings served", case, served, expert)
            if not waiting and not not_final(case, day) and case.commission_result is not None:
                ended = c.EndRulingTerm(case.commission_result.number)
                yield self._act("rulings final", case, ended, expert)
        elif case.agenda is None:
            session = c.PutOnAgenda(f"{case.commission}/{day.isoformat()}", day)
            yield self._act("agendas", case, session, expert)
        else:
            yield self._act("rulings", case, self._ruling(case, day), expert)

    def _ruling(self, case: Case, day: date) -> c.EnterCommissionResult:
        party = case.request.party
        asks = party.kind is Applicant.HEIR
        who = Ruled(party.name, party.person_id if asks else party.owner_id)
        number, chance = f"{case.commission}/{case.request.tracking}", self.random.random()
        if case.commission == "5":
            verdict = RulingKind.OPPOSED if chance < _OPPOSED else RulingKind.AGREED
            return c.EnterCommissionResult("", number, day, "", verdict, 0, (who,))
        if chance < _AT_ONCE:
            return c.EnterCommissionResult("", number, day, FINAL, RulingKind.ACQUITTED, 0, (who,))
        return c.EnterCommissionResult("", number, day, FIRST, RulingKind.FINE, _FINE, (who,))

    def reply(self, cases: Sequence[Case], expert: Person, day: date) -> None:
        """Half of the bodies that were asked by letter reply."""
        replied = [case for case in cases if self.random.random() < _REPLIES]
        self.desk.push(*(self._replied(case, expert, day) for case in replied))

    def _replied(self, case: Case, expert: Person, day: date) -> Act:
        asked, kind = case.awaited[0], self.random.choice(list(ReplyKind))
        entered = c.EnterReply(asked.ident, reply_of(asked, kind, day))
        return self._act("replies", case, entered, expert)


def reply_of(asked: Consultation, kind: ReplyKind, day: date) -> Reply:
    """A body's reply to its letter of that number, of the day, with its scan."""
    number = asked.numbers[-1]
    words = _CONDITION if kind.needs_words else ""
    return Reply(kind, f"{number}/پ", day, number, words, sample_photos()[0])
