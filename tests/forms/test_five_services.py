"""Our own table of the five services: each gate's effect for each applicant (RULES.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import Outcome, decide
from desktop.domain.letter import LetterKind
from desktop.domain.people import Applicant
from desktop.domain.property import Article100File, Found
from desktop.forms.example_records import OWNER_ID
from desktop.forms.examples import failing
from tests.shipped import BODIES, CITY, RECORDS, SHIPPED, question, run
from tests.spelled import FileStatus

DAY = date(2026, 11, 24)
BODY_KINDS = (Applicant.BANK, Applicant.NOTARY, Applicant.AGENCY)
# Tenants and shopkeepers ask only where a service's file lists them; none that ships does.
APPLICANTS = tuple(kind for kind in Applicant if not kind.holds)
# The table's columns: a service, its deal where that matters, and the code used below.
COLUMNS = {
    "NV": ("no-violation", ""),
    "IN": ("inquiry", ""),
    "TO": ("transfer", "sale"),
    "TX": ("transfer", "mortgage"),
    "CL": ("clearance", ""),
    "BP": ("building-permit", ""),
}
EVERY = "NV IN TO TX CL BP"


def effects(text: str) -> dict[str, str]:
    """`NV=note IN=review` as a mapping; a column left out is not asked or passes."""
    return dict(part.split("=") for part in text.split())


def everywhere(effect: str) -> dict[str, str]:
    return dict.fromkeys(EVERY.split(), effect)


# record → (gate, effects by column, applicants of whom it is not asked)
TABLE: dict[str, tuple[str, dict[str, str], tuple[Applicant, ...]]] = {
    "outside-city": ("outside-city", everywhere("refuse"), ()),
    "none": ("record", everywhere("visit"), ()),
    "ambiguous": ("ambiguous-record", everywhere("review"), ()),
    "doubted": ("doubted-record", everywhere("review"), ()),
    "stale": ("record-age", everywhere("review"), ()),
    "other-owner": ("standing", everywhere("review"), BODY_KINDS),
    "dead-owner": ("deceased", everywhere("review"), (*BODY_KINDS, Applicant.HEIR)),
    "two-owners": ("co-owners", effects("BP=review"), ()),
    "short-shares": ("co-owners", effects("BP=review"), ()),
    "private-deed": ("deed", effects("NV=review IN=note TO=review TX=review BP=review"), ()),
    "no-deed": ("deed", effects("NV=review IN=note TO=review TX=review BP=review"), ()),
    "waqf": ("waqf", effects("NV=note IN=note TO=review TX=note BP=review"), ()),
    "hold-known": ("hold", effects("NV=refuse IN=note TO=refuse TX=refuse BP=refuse"), ()),
    "hold-unknown": ("hold", effects("NV=review IN=note TO=review TX=review BP=review"), ()),
    "hold-transfer": ("hold", effects("IN=note TO=refuse TX=refuse"), ()),
    "hold-build": ("hold", effects("IN=note BP=refuse"), ()),
    "widening": ("plan-conflict", effects("NV=note IN=note TO=note TX=note BP=review"), ()),
    "on-plan": ("plan-conflict", effects("NV=note IN=note TO=note TX=note BP=review"), ()),
    "fine-unpaid": ("violation", effects("NV=pay IN=note TO=pay TX=note BP=pay"), ()),
    "violation-reported": (
        "violation",
        effects("NV=review IN=note TO=review TX=note BP=review"),
        (),
    ),
    "demolition": ("violation", effects("NV=refuse IN=note TO=refuse TX=note BP=refuse"), ()),
    "fine-paid": ("violation", {}, ()),
    "debt": ("debt", effects("NV=pay IN=note TO=pay TX=note CL=pay BP=pay"), ()),
    "disputed-debt": ("debt", effects("CL=pay"), ()),
    "unit-parent-debt": ("parent", everywhere("note"), ()),
    "unit-parent-file": (
        "parent",
        effects("NV=review IN=note TO=review TX=note CL=note BP=review"),
        (),
    ),
    "no-completion": ("certificate", effects("TO=visit TX=note"), ()),
    "no-permit": ("permit", effects("NV=visit"), ()),
    "old-visit": ("recent-visit", effects("NV=visit BP=visit"), ()),
    "never-visited": ("recent-visit", effects("NV=visit BP=visit"), ()),
    "garden": ("garden", effects("BP=review"), ()),
    "historic": ("historic-fabric", effects("BP=review"), ()),
    "clean-unit": ("parent", {}, ()),
    "settled": ("debt", {}, ()),
}
# Other gates that the same record trips: (gate, effects by column).
ALSO = {
    "no-permit": ("certificate", effects("IN=visit TO=visit TX=note")),
    "other-owner": ("co-owners", effects("BP=review")),
}


# Where no record is found nobody asks who has died.
NOWHERE = ("outside-city", "none", "ambiguous")


def represented(column: str, name: str, applicant: Applicant) -> set[str]:
    """What an heir and a guardian are asked beside, whatever the record is made to show."""
    if name in NOWHERE:
        return set()
    if applicant is Applicant.HEIR and name != "dead-owner":
        return {"heir:review"}
    deals = column in ("TO", "TX")
    return {"guardian:review"} if applicant is Applicant.GUARDIAN and deals else set()


def found_in(name: str) -> Found:
    """The named record, without the debt that is not yet due, unless the debt is the point."""
    found = RECORDS[name](DAY).found
    if found.record is None or "debt" in name:
        return found
    return replace(found, record=replace(found.record, debts=()))


def asked(column: str, name: str, applicant: Applicant, unchanged: bool | None) -> set[str]:
    """The failing gates of the column's service."""
    code, deal = COLUMNS[column]
    base = question(SHIPPED[code], SHIPPED[code].examples[0], DAY)
    answers = {"body": BODIES[0], "letter_number": "1"}
    if deal:
        answers |= {"deal": deal, "building": "finished"}
    put = replace(
        base,
        applicant=applicant,
        owner_id=OWNER_ID,
        found=found_in(name),
        code=RECORDS[name](DAY).code,
        unchanged=unchanged,
        answers=answers,
        city=CITY,
    )
    return set(failing(decide(SHIPPED[code], put)))


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("name", TABLE)
def test_each_gate_has_its_effect_for_each_applicant(name: str, column: str) -> None:
    gate, by_column, exempt = TABLE[name]
    for applicant in APPLICANTS:
        expected = set()
        if column in by_column and applicant not in exempt:
            expected.add(f"{gate}:{by_column[column]}")
        other, also = ALSO.get(name, ("", {}))
        if column in also:
            # The agency's is the one reply that only notes a missing certificate.
            noted = column == "IN" and applicant is Applicant.AGENCY
            expected.add(f"{other}:{'note' if noted else also[column]}")
        expected |= represented(column, name, applicant)
        assert asked(column, name, applicant, True) == expected, applicant


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_is_declared_or_denied(column: str) -> None:
    for applicant in APPLICANTS:
        declares = column in ("NV", "IN", "TO", "TX")
        silent = "note" if applicant in BODY_KINDS else "visit"
        changed = {"self-declaration:visit"} if declares else set()
        quiet = {f"self-declaration:{silent}"} if declares else set()
        beside = represented(column, "settled", applicant)
        assert asked(column, "settled", applicant, False) == changed | beside, applicant
        assert asked(column, "settled", applicant, None) == quiet | beside, applicant


def test_an_unknown_status_is_an_open_file_for_an_expert() -> None:
    found = found_in("settled")
    assert found.record is not None
    file = Article100File("", found.record.land, "چیز دیگر", 0)
    for column, expected in effects("NV=review IN=note TO=review TX=note BP=review").items():
        code, deal = COLUMNS[column]
        base = question(SHIPPED[code], SHIPPED[code].examples[0], DAY)
        put = replace(
            base,
            applicant=Applicant.OWNER,
            found=replace(found, record=replace(found.record, files=(file,))),
            answers={"deal": deal, "building": "finished", "letter_number": "1"},
        )
        assert failing(decide(SHIPPED[code], put)) == (f"violation:{expected}",)


def test_of_several_open_files_the_strictest_decides_and_fines_count_only_if_it_pays() -> None:
    found = found_in("settled")
    assert found.record is not None
    fine = Article100File("الف", found.record.land, FileStatus.FINE_UNPAID, 700)
    other = replace(fine, violation="ب", fine=300)
    demolition = replace(fine, status=FileStatus.DEMOLITION_DUE, fine=0)

    def amount(*files: Article100File) -> tuple[str, int]:
        assert found.record is not None
        base = question(SHIPPED["no-violation"], SHIPPED["no-violation"].examples[0], DAY)
        record = replace(found.record, files=files)
        decision = decide(
            SHIPPED["no-violation"], replace(base, found=replace(found, record=record))
        )
        return str(decision.outcome), decision.amount

    assert amount(fine, other) == ("pay", 1000)
    assert amount(fine, demolition) == ("refuse", 0)


@pytest.mark.parametrize("code", SHIPPED)
def test_a_service_passes_its_own_examples(code: str) -> None:
    assert run(SHIPPED[code], DAY) == []
    assert run(SHIPPED[code], date(2028, 2, 29)) == []


@pytest.mark.parametrize(
    ("code", "outcomes"),
    [
        ("no-violation", "answer pay visit review refuse"),
        ("inquiry", "answer visit review refuse"),
        ("transfer", "answer pay visit review refuse"),
        ("clearance", "answer pay visit review refuse"),
        ("building-permit", "answer pay visit review refuse"),
    ],
)
def test_the_examples_show_every_outcome_that_a_service_can_have(code: str, outcomes: str) -> None:
    service = SHIPPED[code]
    assert {example.outcome for example in service.examples} == set(outcomes.split())
    assert (LetterKind.DEBT in service.letters) is (Outcome.PAY in outcomes.split())


def test_an_example_that_comes_out_otherwise_is_told() -> None:
    service = SHIPPED["clearance"]
    wrong = replace(service.examples[0], name="وارونه", outcome="refuse")
    gates = replace(service.examples[0], name="دلیل", gates=("debt:pay",))
    told = run(replace(service, examples=(wrong, gates)), DAY)
    assert [fault.number for fault in told] == [0, 1]
    assert ["«وارونه»" in told[0].words, "«دلیل»" in told[1].words] == [True, True]


def test_keys_stand_in_the_order_of_the_home_page() -> None:
    assert [(s.digit, s.code) for s in SHIPPED.values() if s.digit] == [
        (1, "no-violation"),
        (2, "inquiry"),
        (3, "transfer"),
        (4, "clearance"),
        (5, "building-permit"),
        (6, "completion"),
        (7, "excavation"),
        (8, "subdivision"),
        (9, "land-use-change"),
    ]
