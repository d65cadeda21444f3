"""What citizens are told: a tracking code, no name, no sum, and nothing of the property."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain import lawful
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.counter import Halves
from desktop.domain.letter import LetterKind, Release
from desktop.domain.message import Occasion, message_of
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Slot
from desktop.domain.state import State
from tests.domain.walked import SETTING
from tests.office import CLERK, letter, request

NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
DAY = date(2026, 11, 26)
MOBILE = "09132514408"


def case(**changed: object) -> Case:
    asked = request(1)
    asked = replace(asked, party=replace(asked.party, mobile=MOBILE))
    made = Case("case-1", "office:21", State.REGISTERED, 1, asked, DAY, "clerk", NOW)
    return replace(made, **changed)  # type: ignore[arg-type]


def released(kind: LetterKind) -> tuple[Case, f.CaseFact]:
    made = replace(letter("letter-1", "case-1"), kind=kind)
    release = Release("زهرا فلاح", "متصدی", DAY, "مهر دفتر")
    fact = f.LetterReleased("letter-1", release, "ab" * 32, 2)
    return case(letters=(CaseLetter(made),)), fact


SLOT = Slot(DAY, 1, 2)
HALVES = Halves()
TOLD: dict[Occasion, tuple[Case, f.CaseFact]] = {
    Occasion.REGISTERED: (case(), f.Registered(request(1), DAY)),
    Occasion.SLOT: (case(slot=SLOT), f.SlotBooked(SLOT, "", "مریم", "")),
    Occasion.READY: released(LetterKind.ANSWER),
    Occasion.DEFICIENCY: (
        case(returned=f.Returned("", (), DAY)), f.Returned("", (), DAY)
    ),
}  # fmt: skip


@pytest.mark.parametrize("occasion", TOLD)
def test_each_occasion_tells_the_code_and_nothing_of_the_person(occasion: Occasion) -> None:
    of, fact = TOLD[occasion]
    told = message_of(of, fact, HALVES)
    assert told is not None
    assert (told.occasion, told.mobile) == (occasion, MOBILE)
    asked = of.request
    assert to_persian_digits(asked.tracking) in told.words
    for private in (asked.party.last_name, asked.party.person_id, asked.code, "ریال"):
        assert to_persian_digits(private) not in told.words
    assert len(told.words) <= 140, "two parts of a short message at the most"


def test_a_visit_is_told_to_who_will_be_there() -> None:
    other = "09351112233"
    booked = case(slot=SLOT, attending="مریم", attending_mobile=other)
    told = message_of(booked, f.SlotBooked(SLOT, "", "مریم", other), HALVES)
    assert told is not None
    assert told.mobile == other
    assert "پنجشنبه ۵ آذر، ساعت ۸:۰۰ تا ۱۱:۰۰" in told.words


def test_a_visit_that_was_called_off_is_told_and_one_that_was_missed_is_not() -> None:
    off = case(attending="مریم", attending_mobile="09351112233")
    told = message_of(off, f.VisitMissed("cancelled", "غیبت مأمور بازدید"), HALVES)
    assert told is not None
    assert told.mobile == "09351112233"
    assert "لغو شد؛ با دفتر تماس بگیرید" in told.words
    assert "غیبت" not in told.words
    # Who was away knows it.
    assert message_of(off, f.VisitMissed("absent", ""), HALVES) is None


def test_of_money_and_of_nobodys_number_nothing_is_told() -> None:
    assert message_of(*released(LetterKind.DEBT), HALVES) is None
    assert message_of(case(), f.FeeDue("office", 450_000), HALVES) is None
    for kind, told in ((LetterKind.DEBT, False), (LetterKind.ANSWER, True)):
        of, _ = released(kind)
        letter_id = of.letters[0].letter.letter_id
        given = replace(of, letters=tuple(replace(x, handed_to="مریم") for x in of.letters))
        voided = message_of(given, f.LetterVoided(letter_id, "از نو تصمیم‌گیری شد"), HALVES)
        assert (voided is not None) is told
        late = message_of(given, f.HandedOver(letter_id, "مریم", "", (), void=True), HALVES)
        assert (late is not None) is told
    asked = case().request
    silent = case(request=replace(asked, party=replace(asked.party, mobile="")))
    assert message_of(silent, f.Registered(silent.request, DAY), HALVES) is None


@pytest.mark.parametrize("number", ["0913", "x" * 500, "02136234567", "٠٩١٣٢٥١٤٤٠"])
def test_a_number_that_is_none_is_told_nothing_and_who_has_one_is(number: str) -> None:
    booked = case(slot=SLOT, attending="مریم", attending_mobile=number)
    told = message_of(booked, f.SlotBooked(SLOT, "", "مریم", number), HALVES)
    assert told is not None
    assert told.mobile == MOBILE
    asked = booked.request
    nobody = replace(booked, request=replace(asked, party=replace(asked.party, mobile=number)))
    assert message_of(nobody, f.SlotBooked(SLOT, "", "مریم", number), HALVES) is None


def test_what_is_sent_again_goes_to_the_mended_number() -> None:
    told = message_of(case(), f.MessageResent("m", "registered", "09351112233"), HALVES)
    assert told is not None
    assert (told.occasion, told.mobile) == (Occasion.REGISTERED, "09351112233")


def test_a_lack_is_told_again_with_the_day_that_holidays_put_it_off_to() -> None:
    failed = f.MessageFailed("m-1", Occasion.DEFICIENCY, MOBILE, "شماره خاموش است")
    lacking = case(
        state=State.RETURNED, returned=f.Returned("", (), DAY), unreached={"m-1": failed}
    )
    closed = OfficeCalendar({DAY: "تعطیل", DAY + timedelta(days=1): "جمعه"})
    city = replace(SETTING.city, calendar=closed)
    mended = c.ResendMessage("m-1", "09130000000")
    asked = c.Command("c", lacking.case_id, "d", 2, CLERK.staff_id, 1, NOW, mended)
    (again,) = lawful.handle(lacking, asked, CLERK, replace(SETTING, city=city))
    told = message_of(lacking, again, HALVES)
    assert told is not None
    assert told.mobile == "09130000000"
    assert "تا ۷ آذر" in told.words
    assert "تا ۵ آذر" in message_of(lacking, f.Returned("", (), DAY), HALVES).words  # type: ignore[union-attr]
