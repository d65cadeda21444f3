"""What is not known never passes: unread cells, unclear debts, visits that can't have been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import add_months
from desktop.domain.gates import GATES, evaluate
from desktop.domain.people import Applicant
from desktop.domain.property import Article100File, Certificate, Debt, Owner, Permit, PropertyRecord
from desktop.domain.service import Effect, GateUse
from desktop.domain.words import letter_reason
from tests.property import (
    BUILDING,
    DAY,
    OWNER,
    TODAY,
    a_property,
    ask,
    effect,
    finding,
    found_in,
)
from tests.spelled import CertificateKind, FileStatus

BARE = a_property(built=Decimal(0))
FLAT = replace(BUILDING, flat=4)


def owned(dead: bool | None) -> PropertyRecord:
    return a_property(owners=(Owner("فاطمه", "دهقان", OWNER, Decimal(6), dead),))


@pytest.mark.parametrize(
    ("applicant", "dead", "deceased", "heir"),
    [
        (Applicant.OWNER, False, "", "-"),
        (Applicant.OWNER, True, "review", "-"),
        (Applicant.OWNER, None, "review", "-"),
        (Applicant.ATTORNEY, True, "review", "-"),
        (Applicant.GUARDIAN, True, "review", "-"),
        (Applicant.HEIR, True, "-", ""),
        (Applicant.HEIR, False, "-", "review"),
        (Applicant.HEIR, None, "-", "review"),
        (Applicant.BANK, True, "-", "-"),
    ],
)
def test_an_heir_stands_for_one_who_is_recorded_as_dead_and_nobody_else_does(
    applicant: Applicant, dead: bool | None, deceased: str, heir: str
) -> None:
    asked = ask(owned(dead), applicant=applicant)
    assert (effect(asked, "deceased"), effect(asked, "heir")) == (deceased, heir)


def test_an_heir_of_somebody_who_owns_nothing_is_an_experts() -> None:
    stranger = ask(owned(True), applicant=Applicant.HEIR, owner_id="9990002029")
    assert effect(stranger, "heir") == "review"
    assert effect(stranger, "standing") == "review"


@pytest.mark.parametrize("applicant", Applicant)
def test_only_a_guardian_needs_a_courts_leave(applicant: Applicant) -> None:
    expected = "review" if applicant is Applicant.GUARDIAN else "-"
    assert effect(ask(owned(False), applicant=applicant), "guardian") == expected


def test_a_foreigners_code_is_looked_at_by_an_expert_whatever_is_recorded() -> None:
    found = finding(replace(ask(owned(False)), foreign=True), "standing")
    assert (found.code, found.effect) == ("foreign", "review")


@pytest.mark.parametrize(("year", "code"), [(1355, "older"), (1356, "none"), (None, "none")])
def test_what_stood_before_the_citys_year_is_asked_for_no_permit(
    year: int | None, code: str
) -> None:
    old = a_property(year_built=year)
    assert finding(ask(old), "permit").code == code
    flat = ask(found_in(a_property(code=FLAT), building=old))
    assert finding(flat, "permit").code == code


def test_a_flats_own_year_stands_before_its_buildings() -> None:
    flat = a_property(code=FLAT, year_built=1390)
    asked = ask(found_in(flat, building=a_property(year_built=1340)))
    assert finding(asked, "permit").code == "none"


@pytest.mark.parametrize(
    ("record", "unless", "code", "failing"),
    [
        (a_property(), "", "built", ""),
        (BARE, "", "land", "review"),
        (BARE, "permit", "land", "review"),
        (replace(BARE, permits=(Permit("1", TODAY, None),)), "permit", "permit", ""),
        (replace(BARE, permits=(Permit("1", TODAY, TODAY),)), "permit", "permit", ""),
        (replace(BARE, permits=(Permit("1", TODAY, TODAY - DAY),)), "permit", "land", "review"),
        (replace(BARE, permits=(Permit("1", TODAY, None),)), "", "land", "review"),
        (replace(BARE, unread=("built",)), "", "unread", "review"),
    ],
)
def test_an_act_on_what_stands_is_asked_of_what_stands(
    record: PropertyRecord, unless: str, code: str, failing: str
) -> None:
    found = finding(ask(record), "building-on-land", unless=unless)
    assert (found.code, str(found.effect or "")) == (code, failing)


@given(st.integers(-3, 400))
def test_a_visit_counts_from_its_day_until_so_many_months_are_over(ago: int) -> None:
    seen = TODAY - timedelta(days=ago)
    asked = ask(a_property(last_visit=seen))
    passes = add_months(TODAY, -12) <= seen <= TODAY
    assert effect(asked, "recent-visit", months=12) == ("" if passes else "visit")


@pytest.mark.parametrize(
    ("finished", "failing"),
    [(TODAY - DAY, "visit"), (TODAY - 5 * DAY, ""), (TODAY - 9 * DAY, ""), (None, "")],
)
def test_a_visit_before_the_finish_did_not_see_the_building(
    finished: date | None, failing: str
) -> None:
    answers = {"finished_on": finished.isoformat()} if finished else {}
    asked = ask(a_property(last_visit=TODAY - 5 * DAY), answers=answers)
    assert effect(asked, "recent-visit", months=1, after="finished_on") == failing


def debts(*statuses: str) -> PropertyRecord:
    owed = (Debt(1400 + n, "نوسازی", 1_000, 0, None, s, "", "") for n, s in enumerate(statuses))
    return a_property(debts=tuple(owed))


@pytest.mark.parametrize(
    ("statuses", "due", "cleared", "amount"),
    [
        (("قطعی", ""), "pay", "pay", 2_000),
        (("کمیسیون ماده 77",), "", "pay", 0),
        (("در دست اعتراض",), "", "pay", 0),
        (("پرداخت شده", "بخشوده", "ابطال"), "", "", 0),
        (("تقسیط",), "review", "review", 0),
        (("چیز دیگر",), "review", "review", 0),
        (("قطعی", "تقسیط"), "review", "review", 0),
    ],
)
def test_of_an_unclear_debt_nothing_is_asked_and_nothing_is_cleared(
    statuses: tuple[str, ...], due: str, cleared: str, amount: int
) -> None:
    asked = ask(debts(*statuses))
    assert effect(asked, "debt") == due
    assert effect(asked, "debt", all_debts=True) == cleared
    assert sum(owed.amount for owed in finding(asked, "debt").owed) == amount


def test_of_what_was_paid_in_another_sum_nothing_is_asked_and_nothing_is_cleared() -> None:
    (debt,) = debts("قطعی").debts
    asked = ask(a_property(debts=(replace(debt, paid_otherwise=True),)))
    for all_debts in (False, True):
        found = finding(asked, "debt", all_debts=all_debts)
        assert (found.code, found.effect, found.owed) == ("paid-otherwise", "review", ())
    above = finding(ask(found_in(a_property(code=FLAT), building=asked.record)), "parent")
    assert (above.code, above.values["status"]) == ("unclear", "پرداخت‌شده با مبلغ دیگر")
    fine = Article100File(
        "اضافه بنا", Decimal(12), FileStatus.FINE_UNPAID, 5_000, paid_otherwise=True
    )
    found = finding(ask(a_property(files=(fine,))), "violation")
    assert (found.code, found.effect, found.owed) == ("paid-otherwise", "review", ())


def test_an_unclear_debt_above_is_said_as_it_stands() -> None:
    asked = ask(found_in(a_property(code=FLAT), building=debts("تقسیط")))
    found = finding(asked, "parent")
    assert (found.code, found.effect, found.values["status"]) == ("unclear", "note", "تقسیط")


UNREAD: dict[str, tuple[str, dict[str, object], str]] = {
    "widening": ("plan-conflict", {}, "note"),
    "on_plan": ("plan-conflict", {}, "note"),
    "historic": ("historic-fabric", {}, "review"),
    "last_visit": ("recent-visit", {"months": 12}, "visit"),
    "built": ("certificate", {"kinds": ("completion",)}, "visit"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_a_cell_that_could_not_be_read_passes_no_gate(name: str) -> None:
    gate, use, failing = UNREAD[name]
    record = a_property(unread=(name,), doubted=True, built=Decimal(0), last_visit=None)
    assert effect(ask(record), gate, **use) == failing
    doubt = finding(ask(record), "doubted-record")
    assert (doubt.code, doubt.values["columns"]) == ("unread", name)


@pytest.mark.parametrize(("days", "failing"), [(-1, "review"), (0, ""), (30, ""), (31, "review")])
def test_records_are_of_the_past_and_not_of_long_ago(days: int, failing: str) -> None:
    found = found_in(a_property(), as_of=TODAY - timedelta(days=days))
    assert effect(ask(found), "record-age") == failing


def test_a_certificate_of_an_unknown_kind_is_no_completion_and_an_experts_to_read() -> None:
    other = Certificate("پایان کاری", "1", TODAY, None)
    held = Certificate(CertificateKind.COMPLETION, "2", TODAY, None)
    kinds = ("completion",)
    unknown = ask(a_property(certificates=(other,)))
    assert effect(unknown, "certificate", kinds=kinds) == "review"
    noted = evaluate(unknown, GateUse("certificate", Effect.NOTE, kinds=kinds))
    assert noted is not None
    assert "پایان کاری" in letter_reason(noted)
    assert effect(ask(a_property()), "certificate", kinds=kinds) == "visit"
    assert effect(ask(a_property(certificates=(other, held))), "certificate", kinds=kinds) == ""


def test_without_lists_of_words_nothing_passes_by_a_word() -> None:
    asked = ask(a_property())
    bare = replace(asked, city=replace(asked.city, words=type(asked.city.words)({})))
    assert effect(bare, "deed") == "review"
    assert effect(bare, "garden") == "review"
    assert set(GATES) >= {"deed", "garden"}


def test_an_heir_of_one_who_is_dead_in_one_row_and_alive_in_another_is_an_experts() -> None:
    half = Owner("فاطمه", "دهقان", OWNER, Decimal(3), True)
    both = a_property(owners=(half, replace(half, dead=False)))
    assert effect(ask(both, applicant=Applicant.HEIR), "heir") == "review"
    assert effect(ask(both), "deceased") == "review"


def test_a_certificate_of_a_kind_nobody_knows_sends_nobody_a_visit() -> None:
    unknown = Certificate("گواهی پایان کار ساختمان", "9", TODAY - DAY, None)
    for permits in ((), (Permit("1", TODAY - 9 * DAY, TODAY - DAY),)):
        record = a_property(permits=permits, certificates=(unknown,))
        found = finding(ask(record), "permit")
        assert (found.code, found.effect) == ("unlisted", "review")
        assert "گواهی پایان کار ساختمان" in letter_reason(found)
    valid = a_property(permits=(Permit("1", TODAY, TODAY),), certificates=(unknown,))
    assert effect(ask(valid), "permit") == ""


def test_what_could_not_be_read_of_the_building_is_not_known_of_its_flats() -> None:
    permit = Permit("1", TODAY - DAY, TODAY)
    building = a_property(permits=(permit,), refused=("file", "permit"))
    flat = ask(found_in(a_property(code=FLAT), building=building))
    assert (finding(flat, "parent").code, effect(flat, "parent")) == ("doubted", "review")
    assert (finding(flat, "permit").code, effect(flat, "permit")) == ("doubted", "review")
    own = ask(found_in(a_property(code=FLAT, permits=(permit,)), building=building))
    assert effect(own, "permit") == ""
    # Of a debt of the building a flat is only told: what of it could not be read stops nobody.
    owing = a_property(permits=(permit,), refused=("debt",))
    assert effect(ask(found_in(a_property(code=FLAT), building=owing)), "parent") == ""
