"""How far, until when, what to bring: as a citizen reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.identifiers import phone_words
from desktop.domain.nearest import Near
from desktop.domain.nearest_words import (
    distance_words,
    entrance_words,
    office_title,
    opening_words,
    papers_words,
    shuts_soon,
    unusual_days,
    way_words,
    week_words,
)
from desktop.domain.office import OfficeCard, StepFree
from desktop.domain.people import Applicant
from desktop.domain.persian import strip_isolates, to_persian_digits
from desktop.domain.service import Service
from tests.shipped import SHIPPED

DAY = date(2026, 11, 24)  # a Tuesday, 3 Azar 1405
NOW = datetime.combine(DAY, time(10, 42), TEHRAN)
CARD = OfficeCard("30", "دفتر پیشخوان 30", "", "", "", 2, "", sample=True, neighbourhood="نعیم‌آباد")
PLAIN = Hours((*((Span(450, 1200),),) * 5, (Span(450, 780),), ()))


@pytest.mark.parametrize(
    ("metres", "far", "way"),
    [
        (0, "۰ متر", "پیاده ۱ دقیقه"),
        (824, "۸۲۰ متر", "پیاده ۱۰ دقیقه"),
        (994, "۹۹۰ متر", "پیاده ۱۲ دقیقه"),
        (995, "۱٫۰ کیلومتر", "پیاده ۱۲ دقیقه"),
        (1_250, "۱٫۳ کیلومتر", "پیاده ۱۶ دقیقه"),
        (2_199, "۲٫۲ کیلومتر", "پیاده ۲۷ دقیقه"),
        (2_200, "۲٫۲ کیلومتر", "با خودرو ۶ دقیقه"),
        (12_340, "۱۲٫۳ کیلومتر", "با خودرو ۳۱ دقیقه"),
        (None, "فاصله نامعلوم", ""),
    ],
)
def test_how_far_it_is(metres: int | None, far: str, way: str) -> None:
    assert (distance_words(metres), way_words(metres)) == (far, way)


def at(hour: int, minute: int = 0, ahead: int = 0) -> datetime:
    return datetime.combine(DAY + timedelta(days=ahead), time(hour, minute), TEHRAN)


@pytest.mark.parametrize(
    ("until", "opens", "words"),
    [
        (at(20), None, "باز تا ۲۰:۰۰"),
        (at(0, ahead=1), None, "باز تا ۲۴:۰۰"),
        (at(1, 30, ahead=1), None, "باز تا ۱:۳۰ فردا"),
        (at(0, ahead=2), None, "شبانه‌روزی"),
        (datetime.max.replace(tzinfo=TEHRAN), None, "شبانه‌روزی"),
        (None, at(16), "امروز از ۱۶:۰۰"),
        (None, at(7, 30, ahead=1), "فردا از ۷:۳۰"),
        (None, at(7, 30, ahead=4), "شنبه از ۷:۳۰"),
        (None, at(7, 30, ahead=6), "دوشنبه از ۷:۳۰"),
        (None, at(7, 30, ahead=7), "۱۰ آذر از ۷:۳۰"),
        (None, None, "ساعت کار نامعلوم"),
    ],
)
def test_until_when_or_from_when(
    until: datetime | None, opens: datetime | None, words: str
) -> None:
    assert opening_words(Near(CARD, 1, until, opens), NOW) == words


def test_three_hours_before_it_shuts_it_is_told() -> None:
    assert shuts_soon(Near(CARD, 1, at(13, 30)), NOW)
    assert not shuts_soon(Near(CARD, 1, at(13, 42)), NOW)
    assert not shuts_soon(Near(CARD, 1, opens=at(11)), NOW)


def test_a_week_is_told_in_as_few_words_as_it_has_kinds_of_days() -> None:
    assert week_words(PLAIN) == "شنبه تا چهارشنبه ۷:۳۰ تا ۲۰:۰۰، پنجشنبه ۷:۳۰ تا ۱۳:۰۰"
    odd = Hours(((Span(480, 720),), (), (Span(480, 720),), (), (), (), ()))
    assert week_words(odd) == "شنبه ۸:۰۰ تا ۱۲:۰۰، دوشنبه ۸:۰۰ تا ۱۲:۰۰"
    assert week_words(Hours()) == "بسته"
    assert week_words(None) == "ساعت کار نامعلوم"


def test_days_that_are_not_as_the_week_says_are_told_beforehand() -> None:
    hours = Hours(PLAIN.week, (SpecialDay(DAY + timedelta(days=1), (Span(480, 600),)),))
    holidays = OfficeCalendar({DAY + timedelta(days=2): "", DAY + timedelta(days=7): ""})
    assert list(unusual_days(hours, holidays, DAY)) == [
        "چهارشنبه ۴ آذر ۱۴۰۵: ۸:۰۰ تا ۱۰:۰۰", "پنجشنبه ۵ آذر ۱۴۰۵: بسته"
    ]  # fmt: skip
    assert list(unusual_days(None, holidays, DAY)) == []


def test_an_office_is_called_with_its_neighbourhood_once() -> None:
    assert office_title(CARD) == "دفتر پیشخوان ۳۰، نعیم‌آباد"
    named = OfficeCard(
        "30", "دفتر نعيم آباد", "", "", "", 2, "", sample=True, neighbourhood="نعیم‌آباد"
    )
    assert office_title(named) == "دفتر نعيم آباد"


def test_a_telephone_is_read_in_groups() -> None:
    assert strip_isolates(phone_words("03537250021")).split() == ["۰۳۵", "۳۷۲۵", "۰۰۲۱"]
    assert strip_isolates(phone_words("09132514408")).split() == ["۰۹۱۳", "۲۵۱", "۴۴۰۸"]
    assert strip_isolates(phone_words("137")) == "۱۳۷"
    assert phone_words("") == ""


@pytest.mark.parametrize("service", SHIPPED.values(), ids=lambda each: each.code)
def test_every_service_says_what_to_bring(service: Service) -> None:
    told = papers_words(service)
    assert told
    assert all(words.endswith(".") for words in told)
    own = Applicant.OWNER if Applicant.OWNER in service.applicants else service.applicants[0]
    first = service.asked_documents({"applicant": own.value})
    assert all(to_persian_digits(document.title) in told[0] for document in first)
    # Nobody is sent home for a paper that he was not told of.
    for applicant in service.applicants:
        line = next((words for words in told[1:] if applicant.word in words.split(":")[0]), "")
        for document in service.asked_documents({"applicant": applicant.value}):
            assert to_persian_digits(document.title) in told[0] + line
    assert all(to_persian_digits(d.title) in " ".join(told) for d in service.documents)


def test_a_comma_in_a_papers_title_does_not_part_it() -> None:
    told = papers_words(SHIPPED["no-violation"])
    assert told[0].startswith("گزارش ناظر، مرحلهٔ عدم خلاف؛ سند مالکیت؛ کارت ملی متقاضی؛ ")
    assert "وارث: گواهی انحصار وراثت." in told


def test_only_an_entrance_that_is_known_to_have_no_step_is_told() -> None:
    told = {each: entrance_words(replace(CARD, step_free=each)) for each in StepFree}
    assert told == {**dict.fromkeys(StepFree, ""), StepFree.YES: "ورودی بدون پله"}
