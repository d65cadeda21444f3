"""Both sides of each boundary of the gates: the boundary day passes, the next one fails."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import add_months
from desktop.domain.city import City
from desktop.domain.identifiers import RenewalCode
from desktop.domain.people import Applicant
from desktop.domain.property import Certificate, Debt, Hold, Owner, Permit
from desktop.domain.service import Effect
from tests.property import DAY, OTHER, OWNER, TODAY, a_property, ask, effect, finding, found_in
from tests.spelled import CertificateKind, DebtStatus, Deed, HoldScope

CITY_WITH_BANK = City(bodies=("بانک مسکن، شعبهٔ مرکزی یزد",))
days = st.dates(date(2020, 1, 1), date(2034, 12, 31))
ISSUED = date(2024, 3, 1)


@given(days)
def test_a_permit_serves_through_the_day_it_expires(day: date) -> None:
    held = a_property(permits=(Permit("1", ISSUED, day),))
    assert effect(ask(held, day=day), "permit") == ""
    assert effect(ask(held, day=day + DAY), "permit") == "visit"


@given(days)
def test_a_no_violation_certificate_serves_through_its_last_day(day: date) -> None:
    held = a_property(certificates=(Certificate(CertificateKind.NO_VIOLATION, "1", ISSUED, day),))
    kinds = ("no-violation",)
    assert effect(ask(held, day=day), "certificate", kinds=kinds) == ""
    assert effect(ask(held, day=day + DAY), "certificate", kinds=kinds) == "visit"


@given(days, st.sampled_from([1, 12]))
def test_a_visit_of_exactly_so_many_months_ago_is_recent(day: date, months: int) -> None:
    oldest = add_months(day, -months)
    assert effect(ask(a_property(last_visit=oldest), day=day), "recent-visit", months=months) == ""
    late = ask(a_property(last_visit=oldest - DAY), day=day)
    assert effect(late, "recent-visit", months=months) == "visit"


def test_a_missing_day_of_the_month_is_its_last() -> None:
    # 31 Shahrivar 1405 less one month is 31 Mordad; 31 Farvardin 1405 less one is 29 Esfand 1404.
    day = date(2026, 4, 20)
    last = ask(a_property(last_visit=date(2026, 3, 20)), day=day)
    assert effect(last, "recent-visit", months=1) == ""
    early = ask(a_property(last_visit=date(2026, 3, 19)), day=day)
    assert effect(early, "recent-visit", months=1) == "visit"


@given(days)
def test_a_hold_is_active_through_its_last_day(day: date) -> None:
    held = a_property(holds=(Hold("شعبهٔ ۳", "7", ISSUED, HoldScope.ALL, day),))
    assert effect(ask(held, day=day), "hold", scopes=("all",)) == "refuse"
    after = finding(ask(held, day=day + DAY), "hold", scopes=("all",))
    assert (after.effect, after.margin) == (None, 1)


@given(days)
def test_a_debt_is_due_on_its_day(day: date) -> None:
    owing = a_property(debts=(Debt(1404, "نوسازی", 100, 0, day, DebtStatus.FINAL, "", ""),))
    assert effect(ask(owing, day=day), "debt") == "pay"
    assert effect(ask(owing, day=day - DAY), "debt") == ""
    assert effect(ask(owing, day=day - DAY), "debt", all_debts=True) == "pay"


@pytest.mark.parametrize(
    ("due", "status", "principal", "due_effect", "all_effect"),
    [
        (None, DebtStatus.FINAL, 1, "pay", "pay"),
        (None, DebtStatus.ARTICLE_77, 1, "", "pay"),
        (TODAY - DAY, DebtStatus.ARTICLE_77, 1, "", "pay"),
        (TODAY, "", 1, "pay", "pay"),
        (TODAY, DebtStatus.FINAL, 0, "", ""),
    ],
)
def test_which_debts_count(
    due: date | None, status: str, principal: int, due_effect: str, all_effect: str
) -> None:
    owing = ask(a_property(debts=(Debt(1404, "پسماند", principal, 0, due, status, "", ""),)))
    assert effect(owing, "debt") == due_effect
    assert effect(owing, "debt", all_debts=True) == all_effect


@given(days)
def test_records_may_be_as_old_as_the_city_allows(day: date) -> None:
    old = ask(found_in(a_property(), as_of=day - timedelta(days=30)), day=day)
    older = ask(found_in(a_property(), as_of=day - timedelta(days=31)), day=day)
    assert effect(old, "record-age") == ""
    assert effect(older, "record-age") == "review"


@pytest.mark.parametrize(("area", "failing"), [("0.00", ""), ("0.01", "note")])
def test_any_widening_is_told(area: str, failing: str) -> None:
    assert effect(ask(a_property(widening=Decimal(area))), "plan-conflict") == failing


@pytest.mark.parametrize(("built", "asked"), [("0.00", "-"), ("0.01", "visit")])
def test_papers_of_a_building_are_asked_where_something_is_built(built: str, asked: str) -> None:
    bare = ask(a_property(built=Decimal(built)))
    assert effect(bare, "permit") == asked
    assert effect(bare, "certificate", kinds=("completion",)) == asked


@pytest.mark.parametrize(("district", "failing"), [(0, "refuse"), (1, ""), (5, ""), (6, "refuse")])
def test_the_city_ends_at_its_districts(district: int, failing: str) -> None:
    code = RenewalCode(district, 1, 1, 1)
    assert effect(ask(a_property(), code=code), "outside-city") == failing
    assert effect(ask(a_property(), code=None), "outside-city") == ""


@pytest.mark.parametrize(
    ("first", "second", "consenting", "failing"),
    [
        ("6", "0", (), ""),
        ("3", "3", (), "review"),
        ("3", "3", (OTHER,), ""),
        ("3", "2.99", (OTHER,), "review"),
        ("3", "3.01", (OTHER,), "review"),
    ],
)
def test_six_dang_must_agree(
    first: str, second: str, consenting: tuple[str, ...], failing: str
) -> None:
    owners = (
        Owner("فاطمه", "دهقان", OWNER, Decimal(first)),
        Owner("جواد", "حاتمی", OTHER, Decimal(second)),
    )
    assert effect(ask(a_property(owners=owners), consenting=consenting), "co-owners") == failing


@pytest.mark.parametrize(
    ("completion", "failing"),
    [(ISSUED, ""), (ISSUED - DAY, "visit"), (ISSUED + DAY, "")],
)
def test_a_completion_on_or_after_the_permit_serves_for_it(completion: date, failing: str) -> None:
    held = a_property(
        permits=(Permit("1", ISSUED, TODAY - DAY),),
        certificates=(Certificate(CertificateKind.COMPLETION, "2", completion, None),),
    )
    assert effect(ask(held), "permit") == failing


def test_after_a_visit_nothing_asks_for_another() -> None:
    never = a_property(last_visit=None)
    assert effect(ask(never, visited=True), "recent-visit", months=12) == Effect.REVIEW


@pytest.mark.parametrize(
    ("body", "used", "failing"),
    [
        ("بانک مسکن، شعبه مرکزی  یزد", False, ""),
        ("بانک مسکن، شعبهٔ مرکزی یزد", True, "review"),
        ("بانک مسکن", False, "review"),
        ("", False, "review"),
    ],
)
def test_an_asking_body_is_known_and_its_letter_new(body: str, used: bool, failing: str) -> None:
    from_bank = ask(
        a_property(),
        applicant=Applicant.BANK,
        city=CITY_WITH_BANK,
        answers={"body": body, "letter_number": "1"},
        letter_used=used,
    )
    assert effect(from_bank, "inquiry-letter") == failing
    assert effect(ask(a_property()), "inquiry-letter") == "-"


@pytest.mark.parametrize(
    ("deed", "code", "told"),
    [
        (Deed.SINGLE_SHEET, "formal", ""),
        (Deed.PRIVATE, "informal", "review"),
        (Deed.NONE, "informal", "review"),
        ("", "unknown", "review"),
    ],
)
def test_a_record_that_says_nothing_of_the_deed_is_not_one_without(
    deed: str, code: str, told: str
) -> None:
    asked = ask(a_property(deed=deed))
    assert (finding(asked, "deed").code, effect(asked, "deed")) == (code, told)
