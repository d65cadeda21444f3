"""The municipality's side of a made-up month: visits, reviews, second looks, absences."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from desktop.centre import month_counting
from desktop.centre.streams import load_cases
from desktop.demo.filling import enter
from desktop.demo.following import made_up_report
from desktop.demo.sample_paper import sample_photos
from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.gates import AWAITED
from desktop.domain.people import Role
from desktop.domain.recommendation import (
    OTHER,
    AskedInstead,
    ChallengeReason,
    Opinion,
    Proposal,
    Recommendation,
    Verdict,
)
from desktop.domain.rota import Away
from desktop.domain.second_look import Part
from desktop.domain.service import Effect
from desktop.domain.state import State
from desktop.premises.clocks import SteppingClock
from desktop.trial.counters import Act, Counter, Person
from desktop.trial.month.beyond import Beyond
from desktop.trial.month.offices import hour_of
from desktop.wire import calls, link
from desktop.wire.assent import Purpose, assent
from desktop.wire.board import BoardAnswer, BoardAsk
from desktop.wire.board_cases import BoardCasesAnswer, BoardCasesAsk, Figure
from desktop.wire.payloads import Body
from desktop.wire.visit_plan import (
    MoveVisitsAsk,
    VisitsToMoveAnswer,
    VisitsToMoveAsk,
    away_body,
    move_subject,
)

_HOURS = {1: 12, 2: 15}
"""At what hour an inspector files the reports of a half-day."""
_ABSENT = 0.06
_REASON = "در پرونده و محل دیده شد و مانعی نیست."
_LACKING = "سند مالکیت پیوست نیست."
_AGAIN = "فیش پرداخت با مبلغ رأی سنجیده نشده است."
_REFUSED, _DISAGREES = 0.05, 0.04
_ONE_WRONG_IN = 30
# Said whatever the answer was: what comes of it is tried here, not who is right.
_NOT_RIGHT = c.SecondLook(False, "مقدار نامه با سوابق سنجیده شود.", Part.LETTER.value, "", "value")


@dataclass
class Municipality:
    """The municipality's people at one of its desks: each signs their own acts there.

    `visited` is where somebody went or found nobody, counted here as it happens.
    """

    desk: Counter
    clock: SteppingClock
    random: Random
    inspectors: dict[str, Person]
    experts: list[Person]
    signers: list[Person]
    planner: Person
    supervisors: list[Person]
    beyond: Beyond
    seen: Tally[str] = field(default_factory=Tally)

    def board(self, first: date, last: date, service: str = "", district: int = 0) -> BoardAnswer:
        """The supervisor's page over these days, both counted. Raises RuntimeError where the centre
        does not tell it."""
        days = (last - first).days + 1
        ask = BoardAsk(
            actor=self._supervisor, day=last, days=days, service=service, district=district
        )
        return BoardAnswer.model_validate_json(self._told(calls.BOARD.path, ask))

    def opened(self, figure: Figure, first: date, last: date, office: str) -> int:
        """How many cases a figure of that office opens. Raises RuntimeError as `board`."""
        days = (last - first).days + 1
        ask = BoardCasesAsk(
            actor=self._supervisor, day=last, days=days, figure=figure, office=office, limit=1
        )
        told = self._told(calls.BOARD_CASES.path, ask)
        return BoardCasesAnswer.model_validate_json(told).total

    @property
    def _supervisor(self) -> str:
        return self.supervisors[0].staff.staff_id

    def visit(self, day: date, half: int) -> None:
        """Every visit of the half-day takes place, or nobody is there."""
        self.clock.moment = hour_of(day, _HOURS[half])
        centre = self.desk.centre
        whose = month_counting.booked(centre, day, half)
        with centre.reading() as session:
            cases = load_cases(session, sorted(whose))
        self.desk.push(
            *(self._visited(cases[each], self.inspectors[whose[each]]) for each in cases)
        )

    def _visited(self, case: Case, inspector: Person) -> Act:
        if self.random.random() < _ABSENT:
            self.seen["missed"] += 1
            door, _ = sample_photos()
            missed = c.MissVisit("absent", "کسی در محل نبود.", self.clock.now(), door)
            return Act(case.case_id, missed, by=inspector, base_rev=case.rev)
        self.seen["visited"] += 1
        reported = c.ReportVisit(made_up_report(case, self.clock.now()))
        return Act(case.case_id, reported, by=inspector, base_rev=case.rev)

    def review(self, day: date, hour: int, most: int) -> None:
        """So many cases of each expert, those first that are due first."""
        self.clock.moment = hour_of(day, hour)
        cases = self._in(State.IN_REVIEW, most * len(self.experts))
        # What was proposed before stays with who proposed it.
        whose = {each.staff.staff_id: each for each in self.experts}
        self.desk.push(
            *(
                self._reviewed(case, whose.get(case.expert, self.experts[place % len(whose)]), day)
                for place, case in enumerate(cases)
            )
        )

    def hear_others(self, day: date, hour: int, most: int) -> None:
        """What commissions rule and other bodies reply, of so many cases each."""
        self.clock.moment = hour_of(day, hour)
        expert = self.experts[0]
        self.beyond.rule(self._in(State.COMMISSION, most), expert, day)
        self.beyond.reply(self._in(State.CONSULTING, most), expert, day)

    def _in(self, state: State, most: int) -> list[Case]:
        ids = month_counting.in_state(self.desk.centre, state, most)
        with self.desk.centre.reading() as session:
            return list(load_cases(session, ids).values())

    def _reviewed(self, case: Case, expert: Person, day: date) -> Act:
        failing = case.decision.failing if case.decision else ()
        reviewed = (Effect.REVIEW, Effect.VISIT)
        open_ = [f.gate for f in failing if f.effect in reviewed and f.code != AWAITED]
        centre, request = self.desk.centre, case.request
        with centre.reading() as session:
            service = centre.reference.service(session, request.service, request.version)
        first = self.beyond.instead(case, service, expert, self.signers[0], day)
        if first is not None:
            return first
        told = Recommendation(
            Proposal.LETTER,
            tuple(Opinion(gate, Verdict.CLEARED, OTHER, words=_REASON) for gate in open_),
            entered=enter(service, case.conditions, request.received_on),
            # Where others have cleared all, why it is right is said all the same.
            note="" if open_ else _REASON,
        )
        if self.random.random() < _REFUSED:
            told = Recommendation(Proposal.REFUSAL, reasons=(_LACKING,))
        self.seen[told.proposal.value] += 1
        return Act(case.case_id, c.Recommend(told), by=expert, base_rev=case.rev)

    def sign(self, day: date, hour: int, most: int) -> None:
        """So many of the experts' proposals of each signer; now and then they disagree."""
        self.clock.moment = hour_of(day, hour)
        cases = self._in(State.RECOMMENDED, most * len(self.signers))
        acts = []
        for place, case in enumerate(cases):
            by: Person | None = self.signers[place % len(self.signers)]
            payload: c.Payload = c.Countersign()
            if case.to_sign == Role.SUPERVISOR.value:
                # Twice not agreed upon.
                by = self.supervisors[0]
            elif self.random.random() < _DISAGREES:
                payload = c.Challenge(
                    "", ChallengeReason.OVERLOOKED, AskedInstead.LOOK_AGAIN, _AGAIN
                )
            self.seen[payload.kind] += 1
            acts.append(Act(case.case_id, payload, by=by, base_rev=case.rev))
        self.desk.push(*acts)

    def look_again(self, day: date, hour: int, most: int) -> None:
        """The supervisors look a second time at answers that were drawn, and object to some."""
        self.clock.moment = hour_of(day, hour)
        ids = month_counting.to_look_at(self.desk.centre, most)
        with self.desk.centre.reading() as session:
            cases = load_cases(session, ids).values()
        acts = []
        for place, case in enumerate(cases):
            # Each so many-th: also a short month has one.
            wrong = self.seen["second looks"] % _ONE_WRONG_IN == 0
            self.seen["second looks"] += 1
            self.seen["second looks, wrong"] += wrong
            payload = _NOT_RIGHT if wrong else c.SecondLook(right=True)
            by = self.supervisors[place % len(self.supervisors)]
            acts.append(Act(case.case_id, payload, by=by, base_rev=case.rev))
        self.desk.push(*acts)

    def fall_ill(self, day: date, hour: int, days: int) -> None:
        """An inspector is away from that day on; what is booked with him is moved in one act."""
        self.clock.moment = hour_of(day, hour)
        who = self.random.choice(sorted(self.inspectors))
        self.rearrange(Away(who, day, day + timedelta(days=days - 1)))
        self.seen["absences"] += 1

    def rearrange(self, away: Away | None = None) -> None:
        """The planner moves all that lost its inspector or its day, until nobody is left over."""
        body = away_body(away) if away is not None else None
        actor = self.planner.staff.staff_id
        found = self._planned(calls.VISITS_TO_MOVE.path, VisitsToMoveAsk(actor=actor, away=body))
        if away is None and not found.total:
            return
        said = assent(
            lambda text: self.planner.keys.acts.sign(text).hex(),
            self.desk.centre.identity.centre,
            Purpose.MOVE_VISITS,
            move_subject(body, found.digest),
            actor=actor,
            reason="بیماری" if away is not None else "تعطیلی",
            at=self.clock.now(),
        )
        ask = MoveVisitsAsk(away=body, digest=found.digest, assent=said)
        self._planned(calls.MOVE_VISITS.path, ask)
        self.seen["moved by the city"] += found.total

    def _planned(self, path: str, body: Body) -> VisitsToMoveAnswer:
        return VisitsToMoveAnswer.model_validate_json(self._told(path, body))

    def _told(self, path: str, body: Body) -> bytes:
        reply = self.desk.call(path, body)
        if reply.status != link.OK:
            raise RuntimeError(f"{path}: {reply.status} {reply.body!r}")
        return reply.body
