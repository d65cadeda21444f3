"""The other fifteen services: what each record adds to the gates that fail (RULES.md §3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.decision import decide
from desktop.domain.people import Applicant
from desktop.forms.example_records import OWNER_ID
from desktop.forms.examples import failing
from tests.forms.test_five_services import DAY, effects, found_in
from tests.shipped import CITY, RECORDS, SHIPPED, question

COLUMNS = {
    "CO": "completion",
    "EX": "excavation",
    "SU": "subdivision",
    "LU": "land-use-change",
    "PR": "permit-renewal",
    "PA": "permit-amendment",
    "MR": "minor-repairs",
    "WA": "walling",
    "DE": "demolition",
    "SC": "scaffold",
    "SO": "street-occupation",
    "RE": "reissue",
    "WT": "water",
    "EL": "electricity",
    "GA": "gas",
}
_BUILDING = "CO SU LU PR PA MR WA DE SC SO"
_WHOLE = "SU LU PA WA"  # six dangs are asked
_STRICT = "CO SU LU PR PA WA"
_STREET = "DE SC SO"
_PIPES = "WT EL GA"


def of(columns: str, effect: str) -> dict[str, str]:
    return dict.fromkeys(columns.split(), effect)


# record → gate → effects by column; a column left out is not asked, or passes.
TABLE: dict[str, dict[str, dict[str, str]]] = {
    "outside-city": {"outside-city": of(f"{_BUILDING} RE {_PIPES}", "refuse")},
    "none": {"record": of(f"{_BUILDING} RE", "visit") | of(_PIPES, "note")},
    "ambiguous": {"ambiguous-record": of(f"{_BUILDING} RE {_PIPES}", "review")},
    "doubted": {"doubted-record": of(f"{_BUILDING} RE {_PIPES}", "review")},
    "stale": {"record-age": of(f"{_BUILDING} RE {_PIPES}", "review")},
    "other-owner": {
        "standing": of(f"{_BUILDING} RE", "review"),
        "co-owners": of(_WHOLE, "review"),
    },
    "dead-owner": {"deceased": of(f"{_BUILDING} RE", "review")},
    "two-owners": {"co-owners": of(_WHOLE, "review")},
    "short-shares": {"co-owners": of(_WHOLE, "review")},
    "private-deed": {"deed": of(f"{_STRICT} {_STREET}", "review") | of(f"MR {_PIPES}", "note")},
    "no-deed": {"deed": of(f"{_STRICT} {_STREET}", "review") | of(f"MR {_PIPES}", "note")},
    "waqf": {"waqf": of(f"{_STRICT} {_STREET}", "review") | of(f"MR {_PIPES}", "note")},
    "hold-known": {"hold": of(_BUILDING, "refuse")},
    "hold-unknown": {"hold": of(_BUILDING, "review")},
    "hold-transfer": {},
    "hold-build": {"hold": of(_BUILDING, "refuse")},
    "widening": {"plan-conflict": of(_STRICT, "review") | of(f"MR {_STREET}", "note")},
    "on-plan": {"plan-conflict": of(_STRICT, "review") | of(f"MR {_STREET}", "note")},
    "fine-unpaid": {
        "violation": of(_STRICT, "pay") | of(f"MR {_STREET} RE", "review") | of(_PIPES, "note")
    },
    "violation-reported": {"violation": of(f"{_BUILDING} RE", "review") | of(_PIPES, "note")},
    "demolition": {
        "violation": of(_STRICT, "refuse") | of(f"MR {_STREET} RE", "review") | of(_PIPES, "note")
    },
    "fine-paid": {},
    "debt": {"debt": of(_BUILDING, "pay")},
    "disputed-debt": {},
    "unit-parent-debt": {"parent": of(_BUILDING, "note")},
    "unit-parent-file": {"parent": of(_BUILDING, "review")},
    "no-permit": {
        "permit": effects("CO=review PA=review"),
        "permit-on-file": effects("PR=visit PA=review"),
        "named-paper": effects("RE=visit"),
        "municipal-paper": of(_PIPES, "note"),
    },
    "garden": {"garden": of("SU LU", "review")},
    "historic": {"historic-fabric": of("EX SU LU PR PA MR WA DE SC SO", "review")},
    "old-visit": {"recent-visit": effects("CO=visit PR=visit")},
    "never-visited": {"recent-visit": effects("CO=visit PR=visit")},
    "clean": {},
}
# Fails for the clean record too: the expert, and a look older than a month.
ALWAYS = {
    "EX": {"restoration:pay"},
    "CO": {"expert:review", "recent-visit:visit"},
    "SU": {"expert:review"},
    "LU": {"expert:review"},
    "PA": {"expert:review"},
}
# Where no property is found nobody looked at it, and it has no paper.
_NOWHERE = ("outside-city", "none", "ambiguous")


def _failing(column: str, name: str) -> set[str]:
    service = SHIPPED[COLUMNS[column]]
    clean = (example for example in service.examples if example.record == "clean")
    example = next(clean, service.examples[0])
    base = question(service, example, DAY)
    put = replace(
        base,
        applicant=Applicant.OWNER,
        owner_id=OWNER_ID,
        found=found_in(name),
        code=RECORDS[name](DAY).code,
        unchanged=True,
        city=CITY,
    )
    return set(failing(decide(service, put)))


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", TABLE)
def test_each_record_adds_its_gates(name: str, column: str) -> None:
    expected = {f"{gate}:{by[column]}" for gate, by in TABLE[name].items() if column in by}
    always = set(ALWAYS.get(column, ()))
    if name in _NOWHERE:
        always.discard("recent-visit:visit")
        always |= {"municipal-paper:note"} if column in _PIPES else set()
    assert _failing(column, name) == expected | always
