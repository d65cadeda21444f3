"""An office under its codes: what holds on a day, and what a typed number stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.identifiers import is_tracking_code, tracking_code
from desktop.domain.office import Office, OfficeCard, named_code, spelled

CARD = OfficeCard("21", "کارگزاری ۲۱", "یزد", "", "", 2, "", sample=False, office_id="f" * 32)
CONVERTED = replace(CARD, code="7225", name="پیشخوان ۷۲۲۵")
DAY = date(2026, 11, 25)
OFFICE = Office(CARD.own_id, ((date(2026, 1, 10), CARD), (DAY, CONVERTED)))
CODES = ("7225", "21")


@pytest.mark.parametrize(
    ("day", "card", "codes"),
    [
        (date(2025, 1, 1), CARD, ("21",)),
        (date(2026, 1, 10), CARD, ("21",)),
        (date(2026, 11, 24), CARD, ("21",)),
        (DAY, CONVERTED, CODES),
        (date.max, CONVERTED, CODES),
    ],
)
def test_its_card_is_that_of_the_day(day: date, card: OfficeCard, codes: tuple[str, ...]) -> None:
    assert OFFICE.on(day) == card
    assert OFFICE.codes(day) == codes
    assert OFFICE.codes() == CODES


@pytest.mark.parametrize("typed", ["1405/21/1847", "۱۴۰۵/۷۲۲۵/۱۸۴۷"])
def test_a_letters_number_is_written_with_each_code(typed: str) -> None:
    assert spelled(typed, CODES) == ("1405/7225/1847", "1405/21/1847")


def test_a_tracking_code_under_another_code_gets_its_check_digit() -> None:
    typed = tracking_code("21", "050903", 2, 17)
    found = spelled(typed, CODES)
    assert found == (tracking_code("7225", "050903", 2, 17), typed)
    assert all(is_tracking_code(each) for each in found)
    # Who put the new code in the old one's place kept its check digit.
    assert spelled(f"7225{typed.removeprefix('21')}", CODES) == found


@pytest.mark.parametrize(
    "typed", ["21", "دهقان", "1405/31/1", "2-14-308-27-1-0-0", "31-050903-02-0017-3", "1405/21"]
)
def test_what_names_no_such_office_stays_as_it_is(typed: str) -> None:
    assert spelled(typed, CODES) == (typed,)
    assert named_code(typed) not in CODES
