"""Outcomes that a service can have: what gates really give is within what is said of them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import decide
from desktop.domain.gates import GATES
from desktop.domain.people import Applicant
from desktop.domain.service import Effect, GateUse
from desktop.forms.example_records import RECORDS, example_record
from desktop.forms.examples import question
from desktop.forms.outcomes import OWN_EFFECTS, outcome_faults
from desktop.forms.raw import Raw
from desktop.forms.shipped import shipped_city
from tests.forms.planting import BASES
from tests.shipped import SHIPPED

DAY, CITY = date(2026, 11, 24), shipped_city()
# Fields that gates read, so that each can fail in its own way.
ANSWERS = {
    "dig_from": "2027-03-10", "dig_to": "2027-03-12", "length": "50.00", "width": "1.00",
    "depth": "1.00", "pavement": "asphalt", "split": "land", "smallest_part": "20.00",
    "paper": "permit", "paper_number": "0", "body": "کسی",
}  # fmt: skip
FIGURES = {
    "recent-visit": {"months": 12},
    "hold": {"scopes": ("any",)},
    "certificate": {"kinds": ("completion",)},
    "charge": {"charges": ("restoration",)},
}


@pytest.mark.long
def test_no_gate_asks_for_more_than_is_said_of_it() -> None:
    services = SHIPPED
    seen: dict[str, set[Effect]] = defaultdict(set)
    for gate in GATES:
        if gate == "rule":
            continue
        use = GateUse(gate, **FIGURES.get(gate, {}))  # type: ignore[arg-type]
        # A sum is worked out of the form's fields, and only where it asks them.
        service = services["excavation" if use.tariffs else "clearance"]
        only = replace(service, gates=(use,))
        for name in RECORDS:
            for applicant in (Applicant.OWNER, Applicant.BANK):
                for unchanged in (True, False, None):
                    asked = question(only, service.examples[0], DAY, CITY)
                    found = example_record(name, DAY, CITY)
                    put = replace(
                        asked, applicant=applicant, found=found.found, code=found.code,
                        unchanged=unchanged, answers=ANSWERS, city=CITY,
                    )  # fmt: skip
                    seen[gate] |= {f.effect for f in decide(only, put).failing if f.effect}
    for gate, effects in seen.items():
        assert effects <= {*OWN_EFFECTS.get(gate, (Effect.REVIEW,))}, gate
    # Most are seen to fail at all, so the table can't be wrong unseen.
    assert sum(bool(effects) for effects in seen.values()) > len(GATES) * 0.8


def told(text: str) -> list[str]:
    return [words for _, words in outcome_faults(Raw(tomllib.loads(text)))]


def without(outcome: str) -> str:
    """The fresh file without the example of that outcome."""
    tables = BASES["harim"].split("[[example]]")
    return "[[example]]".join(table for table in tables if f'outcome = "{outcome}"' not in table)


@pytest.mark.parametrize("outcome", ["answer", "pay", "visit", "review", "refuse"])
def test_an_outcome_that_no_example_shows_is_told_once(outcome: str) -> None:
    text = without(outcome)
    assert text != BASES["harim"]
    (words,) = told(text)
    assert f'outcome = "{outcome}"' in words
    assert told(BASES["harim"]) == []


def test_where_an_expert_always_looks_nothing_milder_is_asked_for() -> None:
    expert = BASES["harim"].replace('    "parent",', '    "parent",\n    "expert",', 1)
    for milder in ("answer", "pay"):
        assert (
            told(without(milder).replace('    "parent",', '    "parent",\n    "expert",', 1)) == []
        )
    assert told(expert) == []
    sometimes = '{ use = "expert", when = { reason = "اداری" } }'
    text = without("pay").replace('    "parent",', f'    "parent",\n    {sometimes},', 1)
    assert len(told(text)) == 1


def test_where_everybody_pays_first_no_answer_is_asked_for() -> None:
    charge = '{ use = "charge", charges = ["office"] }'
    text = without("answer")
    assert len(told(text)) == 1
    assert told(text.replace('    "parent",', f'    "parent",\n    {charge},', 1)) == []


def test_a_gate_that_only_notes_asks_for_no_example() -> None:
    noted = without("pay").replace('    "debt",', '    { use = "debt", effect = "note" },', 1)
    assert told(noted) == []
