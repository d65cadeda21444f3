"""The list of all gates, and putting one to a question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.gates import building, land, money, papers, people, records, rules, street
from desktop.domain.gates.question import AWAITED, Finding, Gate, Question
from desktop.domain.persian import join_and
from desktop.domain.service import Effect, GateUse


@dataclass(frozen=True)
class GateEntry:
    """A gate, and whether it looks at a found record; `rest` is what counts of it once a person has
    cleared what it found.

    One that is `if_named` is asked of a property that is named, by a service that needs none too.
    """

    gate: Gate
    needs_record: bool = True
    if_named: bool = False
    rest: Gate | None = None


GATES = {
    "outside-city": GateEntry(records.outside_city, needs_record=False),
    "record": GateEntry(records.record, needs_record=False),
    "ambiguous-record": GateEntry(records.ambiguous_record, needs_record=False),
    "doubted-record": GateEntry(records.doubted_record),
    "record-age": GateEntry(records.record_age, needs_record=False),
    "standing": GateEntry(people.standing),
    "deceased": GateEntry(people.deceased),
    "heir": GateEntry(people.heir),
    "guardian": GateEntry(people.guardian),
    "co-owners": GateEntry(people.co_owners),
    "deed": GateEntry(land.deed),
    "waqf": GateEntry(land.waqf),
    "garden": GateEntry(land.garden),
    "hold": GateEntry(land.hold),
    "plan-conflict": GateEntry(land.plan_conflict),
    "violation": GateEntry(building.violation, rest=building.fines_beside),
    "debt": GateEntry(money.debt, rest=money.debt_beside),
    "parent": GateEntry(money.parent),
    "certificate": GateEntry(building.certificate),
    "self-declaration": GateEntry(people.self_declaration, needs_record=False),
    "recent-visit": GateEntry(building.recent_visit),
    "building-on-land": GateEntry(building.building_on_land),
    "permit": GateEntry(building.permit),
    "historic-fabric": GateEntry(land.historic_fabric, if_named=True),
    "expert": GateEntry(building.expert, needs_record=False),
    "minimum-parcel": GateEntry(land.minimum_parcel),
    "blackout": GateEntry(street.blackout, needs_record=False),
    "street": GateEntry(street.street, needs_record=False),
    "restoration": GateEntry(money.charge, needs_record=False, rest=money.charge_beside),
    "charge": GateEntry(money.charge, needs_record=False, rest=money.charge_beside),
    "permit-on-file": GateEntry(papers.permit_on_file),
    "named-paper": GateEntry(papers.named_paper),
    "municipal-paper": GateEntry(papers.municipal_paper, needs_record=False),
    "rule": GateEntry(rules.rule, needs_record=False),
    "inquiry-letter": GateEntry(people.inquiry_letter, needs_record=False),
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
