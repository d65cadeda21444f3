"""An office's card as text: old ones are read, and written again as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.demo.people import OFFICE
from desktop.domain.act import Act
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.office import OfficeKind, StepFree
from desktop.wire.cards import card_text, read_act, read_card

OLD = (
    '{"address":"یزد","authority":"مصوبه","code":"21","district":2,"name":"دفتر ۲۱",'
    '"phone":"0353","postal_code":"8915818411","sample":true}'
)
WHOLE = replace(
    OFFICE,
    kind=OfficeKind.COUNTER,
    holder="محمد زارع",
    licence="۷۲/۱۴۰۴",
    licence_until=date(2027, 3, 20),
    neighbourhood="فهادان",
    latitude="31.8974",
    longitude="54.3569",
    hours=Hours(
        week=((Span(450, 840), Span(960, 1200)), (), (), (), (), (), ()),
        special=(SpecialDay(date(2026, 11, 28)),),
    ),
    counters=3,
    step_free=StepFree.YES,
    office_id="ab" * 16,
)


def test_a_card_of_before_is_read_and_written_again_to_the_byte() -> None:
    card = read_card(OLD, "21")
    assert (card.own_id, card.hours, card.has_place, card.step_free.word) == (
        "21", None, False, "نامعلوم",
    )  # fmt: skip
    assert card.licensed(date.max)
    assert card_text(card) == OLD


def test_all_of_a_card_travels_but_its_id() -> None:
    text = card_text(WHOLE)
    assert WHOLE.office_id not in text
    assert read_card(text, WHOLE.office_id) == WHOLE


def test_what_a_later_program_tells_besides_is_no_obstacle() -> None:
    assert read_card(OLD[:-1] + ',"tomorrow":1}', "21").code == "21"


def test_what_a_change_rests_on_stands_beside_the_card_and_no_later_card_goes_on_with_it() -> None:
    act = Act("۱۲/۱۴۰۵", date(2026, 11, 20), "کارگروه استانی")
    text = card_text(WHOLE, act)
    # A program of before reads the card all the same.
    assert read_card(text, WHOLE.office_id) == WHOLE
    assert read_act(text) == act
    again = card_text(read_card(text, WHOLE.office_id))
    assert again == card_text(WHOLE)
    assert read_act(again) is None
    assert read_act(OLD) is None


def test_a_licence_holds_until_its_last_day() -> None:
    assert WHOLE.licensed(date(2027, 3, 20))
    assert not WHOLE.licensed(date(2027, 3, 21))
