"""How the records answer: all gates, every reason, the strictest effect (RULES.md §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from desktop.domain.gates import (
    AWAITED,
    GATES,
    UNASKED,
    Finding,
    Owed,
    Question,
    evaluate,
)
from desktop.domain.gates.money import debt_beside
from desktop.domain.known import record_values, values_of, words_of
from desktop.domain.service import Effect, GateUse, Service


class Outcome(StrEnum):
    """What the records say to a request."""

    ANSWER = "answer"
    PAY = "pay"
    VISIT = "visit"
    REVIEW = "review"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Decision:
    """The answer of a day: the outcome, what every gate found, and what is owed (Rial).

    `cleared` are the gates that a visit or an expert cleared, with the reasons given; `code` is the
    renewal code of the property that was found, empty when there was none. `anew` are the answers
    that are not as the request has them and that what the expert enters rests on.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    owed: tuple[Owed, ...]
    as_of: date
    day: date
    version: str
    cleared: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    anew: Mapping[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        """The sum of what failing gates with effect `pay` ask, Rial."""
        return sum(owed.amount for owed in self.owed)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The failing gates, strictest first."""
        failed = [f for f in self.findings if f.effect is not None]
        return tuple(sorted(failed, key=lambda f: -f.effect.strictness if f.effect else 0))

    @property
    def found(self) -> dict[str, str]:
        """By gate the code of what was found, also of what was cleared."""
        # Of a gate that is asked twice what it failed for.
        ordered = sorted(self.findings, key=lambda f: not f.passed)
        return {f.gate: str(f.values.get(FOUND, f.code)) for f in ordered}

    def near_boundary(self, days: int) -> bool:
        """Whether a gate passed within so many days of its boundary."""
        return any(f.margin is not None and f.margin <= days for f in self.findings)


FOUND = "found"
"""Among the values of a cleared finding: the code of what had been found."""
_FINDING_THE_RECORD = ("outside-city", "record", "ambiguous-record")


_CLEARABLE = (Effect.REVIEW, Effect.VISIT)


def decide(
    service: Service,
    q: Question,
    cleared: Mapping[str, str] | None = None,
    cleared_for: Mapping[str, str] | None = None,
) -> Decision:
    """Put the question to every gate of the service; cleared gates don't count, but are told.

    `cleared_for` is the code of what each was cleared for: a person cleared what was seen then.
    What the gate finds instead of it now counts, and so does whatever refuses or asks money.
    """
    cleared, seen = cleared or {}, cleared_for or {}
    q = _informed(service, q)
    findings: list[Finding] = []
    outside = lost = False
    for use in service.gates:
        entry = GATES[use.gate]
        if outside and use.gate in _FINDING_THE_RECORD:
            continue
        if lost and (entry.needs_record or use.gate == "self-declaration"):
            continue
        finding = _finding(service, q, use)
        if finding is None:
            continue
        same = seen.get(finding.gate, finding.code) == finding.code != AWAITED
        if finding.gate in cleared and finding.effect in _CLEARABLE and same:
            look = entry.rest if finding.code != UNASKED else None
            rest = look(q, use) if look is not None else None
            finding = rest or replace(
                finding,
                code="cleared",
                effect=None,
                values={**finding.values, FOUND: finding.code, "why": cleared[finding.gate]},
                owed=(),
            )
        if use.gate in _FINDING_THE_RECORD and not finding.passed:
            lost = True
            outside = use.gate == "outside-city"
        findings.append(finding)
    return Decision(
        outcome=_outcome(findings),
        findings=tuple(findings),
        owed=_owed(findings),
        as_of=q.found.as_of,
        day=q.day,
        version=service.version,
        cleared=dict(cleared),
        code=str(q.found.record.code) if q.found.record else "",
    )


def due_beside(service: Service, q: Question, decision: Decision) -> tuple[Owed, ...]:
    """The due debts that are told at once (RULES.md §3, Article 74's note): also those beside an
    unclear one, of which nothing is asked and for which the decision waits."""
    unclear = any(f.gate == "debt" and f.effect is Effect.REVIEW for f in decision.findings)
    if not unclear or q.found.record is None:
        return decision.owed
    uses = (use for use in service.gates if use.gate == "debt" and use.when.holds(q.conditions))
    found = (debt_beside(q, use) for use in uses)
    return decision.owed + tuple(owed for each in found if each is not None for owed in each.owed)


def _finding(service: Service, q: Question, use: GateUse) -> Finding | None:
    """What the gate finds; None when it is not asked.

    Where a service needs no property and none was found, what its record would have said nobody
    knows: a person looks.
    """
    entry = GATES[use.gate]
    if not entry.needs_record or q.found.record is not None:
        return evaluate(q, use)
    if service.needs_property or entry.if_named or not use.when.holds(q.conditions):
        return None
    return Finding(use.name, UNASKED, Effect.REVIEW)


def _informed(service: Service, q: Question) -> Question:
    """The question with all that formulas rest on, and what else is asked."""
    answers = values_of(service.fields, q.answers, q.day, str(q.applicant))
    labels = {field.key: field.label for field in service.fields}
    return replace(
        q,
        city=q.city.serving(service),
        known={**answers, **record_values(q.found.record)},
        labels=labels,
        shown=words_of(service.fields, q.answers),
        gates=frozenset(use.gate for use in service.gates),
        awaited=_awaited(service, q),
    )


def _awaited(service: Service, q: Question) -> frozenset[str]:
    """What the expert must enter and has not, and what he may be asked or sees for it."""
    seen = {**q.conditions, "record": "found" if q.found.record else "none"}
    awaited: set[str] = set()
    for each in service.fields:
        if not each.by_expert:
            continue
        rests = {*each.when.values, *(each.formula.roots if each.formula else ())}
        missing = each.required and not q.answers.get(each.key) and each.when.holds(seen)
        if missing or rests & awaited:
            awaited.add(each.key)
    return frozenset(awaited)


def _owed(findings: list[Finding]) -> tuple[Owed, ...]:
    """What is to be paid, each sum once however many gates ask for it: one key is paid at once."""
    asked = {o.key: o for f in findings if f.effect is Effect.PAY for o in f.owed}
    return tuple(asked.values())


def _outcome(findings: list[Finding]) -> Outcome:
    effects = [f.effect for f in findings if f.effect is not None]
    strictest = max(effects, key=lambda e: e.strictness, default=Effect.NOTE)
    return Outcome.ANSWER if strictest is Effect.NOTE else Outcome(strictest.value)
