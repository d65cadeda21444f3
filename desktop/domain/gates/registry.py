"""The list of all gates, and putting one to a question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.gates import building, land, money, papers, people, records, rules, street
from desktop.domain.gates.question import AWAITED, Finding, Gate, Question
from desktop.domain.persian import join_and
from desktop.domain.service import Effect, GateUse


@dataclass(frozen=True)
class Entry:
    """A gate, and whether it looks at a found record."""

    gate: Gate
    needs_record: bool = True


GATES = {
    "outside-city": Entry(records.outside_city, needs_record=False),
    "record": Entry(records.record, needs_record=False),
    "ambiguous-record": Entry(records.ambiguous_record, needs_record=False),
    "doubted-record": Entry(records.doubted_record),
    "record-age": Entry(records.record_age, needs_record=False),
    "standing": Entry(people.standing),
    "deceased": Entry(people.deceased),
    "heir": Entry(people.heir),
    "guardian": Entry(people.guardian),
    "co-owners": Entry(people.co_owners),
    "deed": Entry(land.deed),
    "waqf": Entry(land.waqf),
    "garden": Entry(land.garden),
    "hold": Entry(land.hold),
    "plan-conflict": Entry(land.plan_conflict),
    "violation": Entry(building.violation),
    "debt": Entry(money.debt),
    "parent": Entry(money.parent),
    "certificate": Entry(building.certificate),
    "self-declaration": Entry(people.self_declaration, needs_record=False),
    "recent-visit": Entry(building.recent_visit),
    "building-on-land": Entry(building.building_on_land),
    "permit": Entry(building.permit),
    "historic-fabric": Entry(land.historic_fabric),
    "expert": Entry(building.expert, needs_record=False),
    "minimum-parcel": Entry(land.minimum_parcel),
    "blackout": Entry(street.blackout, needs_record=False),
    "street": Entry(street.street, needs_record=False),
    "restoration": Entry(money.charge, needs_record=False),
    "charge": Entry(money.charge, needs_record=False),
    "permit-on-file": Entry(papers.permit_on_file),
    "named-paper": Entry(papers.named_paper),
    "municipal-paper": Entry(papers.municipal_paper, needs_record=False),
    "rule": Entry(rules.rule, needs_record=False),
    "inquiry-letter": Entry(people.inquiry_letter, needs_record=False),
}


def evaluate(q: Question, use: GateUse) -> Finding | None:
    """What the gate finds; None when it is not asked. After a visit nothing asks for another.

    What rests on a value that the expert has still to enter waits for it.
    """
    if not use.when.holds(q.conditions):
        return None
    awaited = _awaited(q, use)
    if awaited:
        title = {"title": use.rule.title} if use.rule else {}
        values = {**title, "entered": join_and(awaited)}
        return Finding(use.name, AWAITED, Effect.REVIEW, values)
    finding = GATES[use.gate].gate(q, use)
    if finding is not None and finding.effect is Effect.VISIT and q.visited:
        return replace(finding, effect=Effect.REVIEW)
    return finding


def _awaited(q: Question, use: GateUse) -> list[str]:
    """The labels of what the gate's formulas rest on and the expert has still to enter."""
    if not q.awaited:
        return []
    tariffs = (q.city.tariffs[key] for key in use.tariffs if key in q.city.tariffs)
    formulas = [tariff.formula for tariff in tariffs] + ([use.rule.fails] if use.rule else [])
    rests = {name for formula in formulas for name in formula.roots}
    return [label for key, label in q.labels.items() if key in rests & q.awaited]
