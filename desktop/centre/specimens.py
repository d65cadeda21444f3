"""A specimen of every letter that a service's examples lead to, as the centre would write it.

Each example goes its whole way: paid, visited, reviewed, refused by the expert; asked by each
applicant that the service admits; with nothing answered that may stay empty, and with all of it;
on a record that lacks now this, now that, or owes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from desktop.centre.deciding import counting, seen_by_visit
from desktop.centre.letters import LetterCase, valid_until
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.decision import Decision, Outcome, decide, due_beside
from desktop.domain.facts import CommissionDecided
from desktop.domain.gates import AWAITED, Question
from desktop.domain.letter import LetterHead, LetterKind
from desktop.domain.people import Applicant, Party
from desktop.domain.property import Overlay, Permit
from desktop.domain.request import Request, VisitReport
from desktop.domain.service import Effect, Example, Service
from desktop.forms.answers import decided_upon, kept_answers
from desktop.forms.example_records import OTHER_ID, OWNER_ID, example_record
from desktop.forms.examples import question
from desktop.forms.filling import body_for
from desktop.forms.samples import answered, entered

_HEAD = LetterHead("شهرداری یزد", "دفتر نمونه", "یزد", "", "")
_AUTHORITY = "واگذاری خدمات شهرسازی شهرداری یزد"
_TRACKING = "21-050903-02-0032-7"
_WHY = "در پرونده و محل دیده شد و مانعی نیست."
_REFUSED = ("نقشهٔ پیوست با وضع موجود مطابقت ندارد.", "مدارک درخواست با هم سازگار نیست.")
_RULING = "با درخواست موافقت شد"
_LAND, _BUILT = Decimal("240.50"), Decimal("186.00")
_EXPERT = (Effect.REVIEW, Effect.VISIT)
# Pay, visit, review, pay again: no case has more before its answer.
_MOST_STEPS = 6


@dataclass(frozen=True)
class Specimen:
    """A letter: of which example, on which way the case came to it, of which kind, and its case."""

    example: Example
    way: str
    kind: LetterKind
    case: LetterCase


@dataclass(frozen=True)
class _Stand:
    """A case on its way: the question as it was put, and what people have said of it so far.

    `entered` is what the expert has entered by now.
    """

    service: Service
    example: Example
    request: Request
    asked: Question
    entered: Mapping[str, str] = field(default_factory=dict)
    report: VisitReport | None = None
    cleared: Mapping[str, str] = field(default_factory=dict)
    ruling: CommissionDecided | None = None
    way: str = ""
    steps: int = 0

    def on(self, step: str) -> _Stand:
        """One step further."""
        way = f"{self.way} و {step}" if self.way else f"پس از {step}"
        return replace(self, way=way, steps=self.steps + 1)

    @cached_property
    def question(self) -> Question:
        """The question, the visit's report standing in where the records hold nothing."""
        found = seen_by_visit(self.request, self.report, self.cleared, self.asked.found)
        kept = kept_answers(
            self.service,
            self.example.applicant,
            self.example.answers,
            self.asked.day,
            found,
            self.entered,
        )
        return replace(self.asked, found=found, answers=kept)

    @cached_property
    def as_told(self) -> Request:
        """The request as its letter tells it: by what is on record now, and was entered."""
        found = self.question.found
        upon = decided_upon(self.service, self.request, found, self.entered)
        return replace(self.request, answers={**upon, "body": self.request.body})


def specimens(service: Service, city: City, day: date) -> Iterator[Specimen]:
    """All of them, the plainest first. Every example must be one that can be decided."""
    for example in service.examples:
        yield from of_example(service, example, city, day)
    shown = {example.outcome: example for example in reversed(service.examples)}
    for example in shown.values():
        for named, other in _others(day, city).items():
            yield from of_example(service, example, city, day, named, other)
    for applicant in service.applicants:
        for example in shown.values():
            if example.applicant is not applicant:
                asked = replace(example, applicant=applicant)
                yield from of_example(service, asked, city, day)


def of_example(
    service: Service,
    example: Example,
    city: City,
    day: date,
    named: str = "",
    other: Mapping[str, Any] | None = None,
) -> Iterator[Specimen]:
    """The letters of one example, on its record or on one that is otherwise in something."""
    asked = question(service, example, day, city)
    if other:
        if asked.found.record is None:
            return
        record = replace(asked.found.record, **other)
        asked = replace(asked, found=replace(asked.found, record=record))
    requests = _requests(service, example, asked, city)
    # What a record holds has nothing to do with what was answered.
    for request in requests[:1] if other else requests:
        begun = _Stand(service, example, request, asked)
        for kind, stand, decision, refusal in _ways(begun):
            form = service.letters.get(kind)
            if form is None:
                # A letter that is missing is told where the letters stand.
                continue
            told = stand.as_told
            months = city.months(service) if kind is LetterKind.ANSWER else form.months
            case = LetterCase(
                request=told,
                decision=decision,
                refusal=refusal,
                report=stand.report,
                record=stand.question.found.record,
                head=_HEAD,
                day=day,
                valid_until=valid_until(
                    replace(form, months=months), day, told.conditions, city.calendar
                ),
                authority=_AUTHORITY,
                article=service.commission if stand.ruling else "",
                ruling=stand.ruling,
                sample=True,
                ways=city.objections,
                check_at=city.check_at,
            )
            yield Specimen(example, "، ".join(filter(None, (named, stand.way))), kind, case)


def _others(day: date, city: City) -> Mapping[str, Mapping[str, Any]]:
    """What a property's record may lack, or owe, and its letters must do with."""
    owing = example_record("debt", day, city).found.record
    return {
        "ملک بی‌بازدید پیشین": {"last_visit": None},
        "ملک بی‌پروانه": {"permits": ()},
        "ملک بی‌گواهی": {"certificates": ()},
        "ملک بی‌پلاک ثبتی": {"plate": None},
        "ملک بی‌نشانی": {"address": ""},
        "ملک بی‌کاربری": {"use": ""},
        "ملک بی‌مساحت": {"land": Decimal(0), "built": Decimal(0)},
        "ملک بی‌مالک": {"owners": ()},
        "پروانهٔ بی‌تاریخ": {"permits": (Permit("2-1147", None, None),)},
        "ملک بدهکار": {"debts": owing.debts if owing else ()},
    }


def _requests(service: Service, example: Example, asked: Question, city: City) -> list[Request]:
    """The example as it would be registered: bare, with all answered, with the other choices."""
    party = _party(service, example, city)
    kept: list[dict[str, str]] = []
    for optional, last in ((False, False), (True, False), (True, True)):
        others = {f.key: f.choices[-1].value for f in service.fields if last and f.choices}
        given = others | dict(example.answers)
        applicant = example.applicant
        answers = answered(service, applicant, given, asked.day, asked.found, optional=optional)
        if applicant.is_body:
            answers["body"] = party.name
        if answers not in kept:
            kept.append(answers)
    return [
        Request(
            service=service.code,
            version=service.version,
            tracking=_TRACKING,
            received_on=asked.day,
            party=party,
            code=str(asked.code or "") if service.needs_property else "",
            plate=asked.plate,
            unchanged=example.unchanged if service.declares else "",
            answers=answers,
            documents=(),
        )
        for answers in kept
    ]


def _party(service: Service, example: Example, city: City) -> Party:
    kind = example.applicant
    if kind.is_body:
        named = example.answers.get("body") or body_for(service, kind, city)
        return Party(kind, last_name=named)
    if kind is Applicant.COMPANY:
        return Party(kind, OWNER_ID, last_name="شرکت عمران کویر")
    own = Party(kind, OWNER_ID, "فاطمه", "دهقان")
    if not kind.represents:
        return own
    return replace(
        Party(kind, OTHER_ID, "جواد", "حاتمی"),
        represented_id=own.person_id,
        represented_name=own.name,
    )


_Written = tuple[LetterKind, _Stand, Decision, tuple[str, ...]]


def _ways(stand: _Stand) -> Iterator[_Written]:
    """The letters that a case gets from here on, one after another, on every way it can go."""
    asked = stand.question
    decision = decide(stand.service, asked, counting(stand.cleared, asked.found))
    if decision.outcome is Outcome.ANSWER:
        yield LetterKind.ANSWER, stand, decision, ()
    elif decision.outcome is Outcome.REFUSE:
        yield LetterKind.REFUSAL, stand, decision, ()
    elif stand.steps < _MOST_STEPS:
        owed = decision.owed if decision.outcome is Outcome.PAY else ()
        if stand.service.debts_at_once:
            owed = due_beside(stand.service, asked, decision)
        if owed:
            yield LetterKind.DEBT, stand, replace(decision, owed=owed), ()
        yield from _awaited(stand, decision)


def _awaited(stand: _Stand, decision: Decision) -> Iterator[_Written]:
    """The letters after what is awaited: payment, a visit, an expert's word."""
    if decision.outcome is Outcome.PAY:
        yield from _ways(_paid(stand, decision))
    elif decision.outcome is Outcome.VISIT:
        seen = _clearing(stand, decision, (Effect.VISIT,))
        yield from _ways(_visited(stand, seen))
        yield from _ways(_visited(stand, stand.cleared))
    else:
        refused = replace(decision, outcome=Outcome.REFUSE, owed=())
        yield LetterKind.REFUSAL, stand.on("رد کارشناس"), refused, _REFUSED
        yield from _ways(_reviewed(stand, decision))


def _clearing(stand: _Stand, decision: Decision, effects: tuple[Effect, ...]) -> Mapping[str, str]:
    """What was cleared before, and now every failing gate with one of the effects."""
    open_ = [f for f in decision.failing if f.effect in effects and f.code != AWAITED]
    return {**stand.cleared, **{finding.gate: _WHY for finding in open_}}


def _paid(stand: _Stand, decision: Decision) -> _Stand:
    paid = {owed.key: owed.amount for owed in decision.owed}
    settled = {**stand.asked.settled, **paid}
    asked = replace(
        _overlaid(stand.asked, Overlay(settled=dict.fromkeys(paid, 0))), settled=settled
    )
    return replace(stand, asked=asked).on("پرداخت")


def _overlaid(asked: Question, overlay: Overlay) -> Question:
    record = asked.found.record
    if record is None:
        return asked
    overlaid = overlay.over(record, asked.found.as_of)
    return replace(asked, found=replace(asked.found, record=overlaid))


def _visited(stand: _Stand, cleared: Mapping[str, str]) -> _Stand:
    """After a visit that cleared so much; the rest is an expert's."""
    day = stand.asked.day
    report = VisitReport(
        visited_at=datetime.combine(day, time(10), TEHRAN),
        present=stand.request.party.name,
        land=str(_LAND),
        built=str(_BUILT),
        floors=2,
        units=2,
        use="مسکونی",
        condition="built",
        bounds=("کوچه", "پلاک ۲۹", "پلاک ۲۵", "کوچه"),
        lane_width="8.00",
        advance="",
        violation="",
        violation_area="",
        latitude="",
        longitude="",
        result="مطابق مدارک",
        cleared=cleared,
    )
    seen = _overlaid(stand.asked, Overlay(visited=day, land=_LAND, built=_BUILT))
    asked = replace(seen, visited=True)
    return replace(stand, asked=asked, report=report, cleared=cleared).on("بازدید")


def _reviewed(stand: _Stand, decision: Decision) -> _Stand:
    ruling = stand.ruling
    if stand.service.commission:
        ruling = CommissionDecided(_RULING, "5/1204", stand.asked.day)
    cleared = _clearing(stand, decision, _EXPERT)
    said = entered(stand.service, stand.example.entered, stand.asked.day)
    reviewed = replace(stand, ruling=ruling, cleared=cleared, entered=said)
    return reviewed.on("بررسی کارشناس")
