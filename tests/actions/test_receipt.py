"""The receipt's promise: what it says of the answer is so on the day it is printed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import counter_acts, papers, second_looks
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, release
from desktop.domain.errors import Refusal
from tests.reports.reading import text_of
from tests.town import Town

AWAITED, OUT, GIVEN = "پس از تأیید و مهر", "نامهٔ مهرشدهٔ آن تحویل می‌شود", "تحویل شده است"


def told(town: Town, case_id: str) -> str:
    """The words of the receipt that is printed now."""
    return " ".join(text_of(papers.receipt(town.crew.clerk, case_id)))


@pytest.mark.slow
def test_it_follows_the_letter_from_the_answer_into_the_applicants_hand(town: Town) -> None:
    crew = town.crew
    case_id = town.register(None, "no-violation")
    assert AWAITED in told(town, case_id)
    release(crew, case_now(crew.clerk, case_id))
    assert OUT in told(town, case_id)
    assert AWAITED not in told(town, case_id)
    deliver(crew, case_now(crew.clerk, case_id))
    deliver(crew, case_now(crew.clerk, case_id))
    assert GIVEN in told(town, case_id)
    assert AWAITED not in told(town, case_id)


@pytest.mark.slow
def test_who_needs_a_visit_is_told_so_and_who_must_pay_by_no_day_that_goes_by(town: Town) -> None:
    visited = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    owing = town.register(town.record(Scenario.DEBT), "clearance")
    assert "پس از بازدید ملک" in told(town, visited)
    assert "پس از پرداخت بدهی" in told(town, owing)
    assert "مهلت شهرداری" not in told(town, owing)


@pytest.mark.long
def test_of_a_letter_that_is_to_be_voided_it_promises_nothing(town: Town) -> None:
    crew = town.crew
    case_id = town.register(None, "no-violation")
    release(crew, case_now(crew.clerk, case_id))
    found = case_now(crew.clerk, case_id)
    second_looks.look_again(crew.supervisor, found, right=False, comment="متراژ نادرست است.")
    town.house.office.sync()
    assert "در دست ابطال" in told(town, case_id)
    assert OUT not in told(town, case_id)


@pytest.mark.slow
def test_a_withdrawn_request_is_promised_no_answer(town: Town) -> None:
    case_id = town.register(None, "no-violation", pay=False)
    assert "زمان تقریبی پاسخ" in told(town, case_id)
    counter_acts.withdraw(town.crew.clerk, case_id, "ملک فروخته شد")
    assert "انصراف داده است" in told(town, case_id)
    assert "زمان تقریبی" not in told(town, case_id)


def test_on_a_doubtful_day_no_receipt_is_printed(town: Town) -> None:
    case_id = town.register(None, "no-violation", pay=False)
    town.clock.moment -= timedelta(days=30)
    with pytest.raises(Refusal, match="ساعت این رایانه عقب است"):
        papers.receipt(town.crew.clerk, case_id)
