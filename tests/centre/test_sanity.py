"""What is doubted before it holds, what becomes of examples, and who may overrule it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import publishing
from desktop.centre.sanity import doubts_of_service
from desktop.demo.city import Scenario
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.limits import Limit
from desktop.domain.people import Applicant
from desktop.domain.record_words import WordColumn
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.dated import (
    Dated,
    DatedBody,
    DatedBounds,
    DatedDistrict,
    DatedDistrictName,
    DatedHalfDay,
    DatedLimit,
    DatedParcel,
    DatedRate,
    DatedTariff,
    DatedValidity,
    DatedWord,
)
from desktop.forms.loader import load
from desktop.forms.shipped import shipped_city
from desktop.wire.publishing import (
    DraftBody,
)
from desktop.wire.services import (
    VersionState,
)
from tests.houses import MORNING
from tests.publish import WHY, changed, figures, in_force, tariff
from tests.town import Town

TOMORROW = MORNING.date() + timedelta(days=1)
SINCE = iso_jalali(TOMORROW)
DIG = "length * width * restoration[pavement]"


def rate(key: str, rial: int) -> DatedRate:
    return DatedRate(table="restoration", key=key, rial=rial, since=SINCE)


def dig(amount: str) -> DatedTariff:
    return tariff("restoration", amount, TOMORROW, Purse.MUNICIPALITY)


def parcel(zone: str, least: int) -> DatedParcel:
    return DatedParcel(zone=zone, least=least, since=SINCE)


def half(number: int, begins: str, ends: str) -> DatedHalfDay:
    return DatedHalfDay(half=number, begins=begins, ends=ends, since=SINCE)


def bounds(south: str, north: str) -> DatedBounds:
    return DatedBounds(south=south, north=north, west="54.10", east="54.60", since=SINCE)


def debt_word(word: str, meaning: str) -> DatedWord:
    return DatedWord(column=WordColumn.DEBT, word=word, meaning=meaning, since=SINCE)


# A figure of the sample city (RULES.md §4), and the words of what is doubted of it; none: nothing.
FIGURES: list[tuple[Topic, Dated, tuple[str, ...]]] = [
    (Topic.TARIFF, tariff("office", "4500000", TOMORROW), ()),
    (Topic.TARIFF, tariff("office", "4500001", TOMORROW), ("می‌شود؛ بیش از ده برابر",)),
    (Topic.TARIFF, tariff("office", "45000", TOMORROW), ()),
    (Topic.TARIFF, tariff("office", "44999", TOMORROW), ("کمتر از یک‌دهم",)),
    (Topic.TARIFF, tariff("office", "4500000000", TOMORROW), ("۱۰٬۰۰۰ برابر",)),
    (Topic.TARIFF, tariff("office", "0", TOMORROW), ("صفر است",)),
    (
        Topic.TARIFF,
        tariff("office", "450000", TOMORROW, Purse.MUNICIPALITY),
        ("از دفتر به شهرداری",),
    ),
    (Topic.TARIFF, dig(f"{DIG} * 10"), ()),
    (Topic.TARIFF, dig(f"{DIG} * 11"), ("۱۱ برابر",)),
    (Topic.TARIFF, dig(f"{DIG} / 11"), ("کمتر از یک‌دهم",)),
    (Topic.TARIFF, dig(f"0 - {DIG}"), ("منفی", "صفر است")),
    (Topic.TARIFF, dig(f"{DIG} / (length - length)"), ("به صفر تقسیم", "پاسخ ۳ نمونه")),
    (Topic.TARIFF, dig(f"{DIG} / 1000000000"), ("یک‌دهم",)),
    (Topic.RATE, rate("asphalt", 68_000_000), ()),
    (Topic.RATE, rate("asphalt", 68_000_001), ("بیش از ده برابر",)),
    (Topic.RATE, rate("asphalt", 0), ("صفر است", "پاسخ ۱ نمونه")),
    (Topic.PARCEL, parcel("R1", 2_000), ()),
    (Topic.PARCEL, parcel("R1", 2_001), ("بیش از ده برابر",)),
    (Topic.PARCEL, parcel("R9", 2_001), ()),
    (Topic.VALIDITY, DatedValidity(service="no-violation", months=60, since=SINCE), ()),
    (
        Topic.VALIDITY,
        DatedValidity(service="no-violation", months=61, since=SINCE),
        ("از ۶ ماه به ۶۱ ماه",),
    ),
    (Topic.DISTRICT, DatedDistrict(district=6, ours=True, since=SINCE), ()),
    (Topic.DISTRICT, DatedDistrict(district=9, ours=False, where="مهریز", since=SINCE), ()),
    (Topic.BODY, DatedBody(name="بانک تازه", listed=True, since=SINCE), ()),
    (Topic.LIMIT, DatedLimit(limit=Limit.LESSON, value=300, since=SINCE), ()),
    (
        Topic.LIMIT,
        DatedLimit(limit=Limit.LESSON, value=301, since=SINCE),
        ("از ۳۰ روز به ۳۰۱ روز",),
    ),
    (Topic.BOUNDS, bounds("31.70", "32.10"), ()),
    (Topic.BOUNDS, bounds("31.70", "31.86"), ("دفتر بیرون از آن", "محله یا خیابان بیرون از آن")),
    (Topic.HALF_DAY, half(1, "7:00", "11:00"), ()),
    (Topic.HALF_DAY, half(1, "8:00", "11:30"), ("روی هم می‌افتد",)),
    (Topic.DISTRICT_NAME, DatedDistrictName(district=2, name="شهرک دانش", since=SINCE), ()),
    (Topic.WORD, debt_word("معوق", "final"), ()),
    (Topic.WORD, debt_word("بخشوده", "final"), ("از «تسویه یا بخشوده» به «قطعی»",)),
    (Topic.WORD, debt_word("تقسيط", ""), ("به «بی‌معنا، نزد کارشناس»",)),
]


def warnings(town: Town, draft: DraftBody) -> list[str]:
    return [each.words for each in publishing.weigh(town.crew.supervisor, draft).warnings]


def test_a_price_below_nothing_is_no_question_but_refused(small_town: Town) -> None:
    draft = figures(small_town.crew, Topic.TARIFF, tariff("office", "-5", TOMORROW))
    (hindrance,) = publishing.weigh(small_town.crew.supervisor, draft).hindrances
    assert hindrance.words == "مبلغ منفی نیست؛ صفر یا بیشتر بنویسید."


@pytest.mark.long
def test_figures_are_looked_at_for_sanity(small_town: Town) -> None:
    for topic, item, words in FIGURES:
        answer = publishing.weigh(small_town.crew.supervisor, figures(small_town.crew, topic, item))
        assert not answer.hindrances, (item, answer.hindrances)
        told = [each.words for each in answer.warnings]
        assert len(told) == len(words), (item, told)
        assert all(any(word in each for each in told) for word in words), (item, told)


def test_a_formula_that_can_never_be_worked_out_is_not_published(small_town: Town) -> None:
    for formula, words in (("5 / 0", "تقسیم بر صفر نمی‌شود"), ("5 / (3 - 3)", "حساب نمی‌شود")):
        draft = figures(small_town.crew, Topic.TARIFF, tariff("office", formula, TOMORROW))
        hindrances = publishing.weigh(small_town.crew.supervisor, draft).hindrances
        assert any(words in each.words for each in hindrances), formula


@pytest.mark.long
def test_what_is_doubted_is_held_back_until_two_overrule_it_with_a_reason(town: Town) -> None:
    """A tariff of 4,500,000,000: told, not published."""
    crew = town.crew
    draft = figures(crew, Topic.TARIFF, tariff("office", "4500000000", TOMORROW))
    answer = publishing.weigh(crew.supervisor, draft)
    with pytest.raises(Refusal, match="صفرهای عدد را بشمارید"):
        publishing.prepare(crew.supervisor, draft)
    with pytest.raises(Refusal, match="دلیل را دست‌کم"):
        publishing.prepare(crew.supervisor, draft, answer.warnings, "باشد")
    other = [answer.warnings[0].model_copy(update={"words": "چیزی نیست."})]
    with pytest.raises(Refusal, match="نگه داشته شد"):
        publishing.prepare(crew.supervisor, draft, other, WHY)
    with pytest.raises(Refusal, match="دیگر نیست"):
        publishing.prepare(crew.supervisor, draft, [*answer.warnings, *other], WHY)
    waits = publishing.prepare(crew.supervisor, draft, answer.warnings, WHY)
    assert waits.draft.overruled == answer.warnings
    # What is overruled is part of what both sign.
    assert answer.warnings[0].words in waits.draft.subject
    assert waits.prepared.reason == WHY
    town.house.office.sync()
    (found,) = publishing.waiting(crew.second)
    assert found.stale == ""
    assert publishing.sign(crew.second, found).state is VersionState.IN_FORCE


@pytest.mark.long
def test_a_doubt_that_comes_up_between_the_two_is_not_signed_away(small_town: Town) -> None:
    """A body is taken off the list; then a letter of it comes in at a counter."""
    crew = small_town.crew
    body = publishing.held(crew.supervisor.desk).city.bodies[0]
    draft = figures(crew, Topic.BODY, DatedBody(name=body, listed=False, since=SINCE))
    known = publishing.weigh(crew.supervisor, draft).warnings
    assert not any("پروندهٔ باز" in each.words for each in known)
    waits = publishing.prepare(crew.supervisor, draft, known, WHY)
    # The body asks by letter, and its case is with an expert for a wrong owner.
    small_town.register(
        small_town.record(Scenario.HOLD), "inquiry", Applicant.BANK, purpose="mortgage"
    )
    (found,) = publishing.waiting(crew.second)
    assert "۱ پروندهٔ باز" in found.stale
    with pytest.raises(Refusal, match="هشدار تازه"):
        publishing.sign(crew.second, waits)


@pytest.mark.slow
def test_a_district_that_leaves_the_city_is_told_with_its_cases(small_town: Town) -> None:
    crew = small_town.crew
    record = small_town.record(Scenario.DEBT)
    small_town.register(record)
    gone = DatedDistrict(district=record.code.district, ours=False, since=SINCE)
    told = warnings(small_town, figures(crew, Topic.DISTRICT, gone))
    assert any("۱ پروندهٔ باز" in words for words in told)


@pytest.mark.long
def test_examples_of_every_service_are_told_before_and_after(small_town: Town) -> None:
    crew = small_town.crew
    draft = figures(crew, Topic.RATE, rate("asphalt", 7_480_000))
    (line,) = publishing.weigh(crew.supervisor, draft).told.effects
    assert "«مجوز حفاری»: مبلغ از ۷۸٬۳۳۶٬۰۰۰ ریال به ۸۶٬۱۷۰٬۰۰۰ ریال در ۵ نمونه" in line
    assert "«معبر اصلی»" in line
    # What comes on two days is told of each day, what goes on is told once.
    later = DatedRate(
        table="restoration", key="mosaic", rial=9_000_000, since=iso_jalali(TOMORROW + timedelta(9))
    )
    both = figures(crew, Topic.RATE, rate("asphalt", 7_480_000), later)
    effects = publishing.weigh(crew.supervisor, both).told.effects
    assert effects.count(line) == 1
    free = publishing.weigh(crew.supervisor, figures(crew, Topic.RATE, rate("asphalt", 0)))
    assert any("پاسخ از «پرداخت» به «پاسخ مثبت»" in each for each in free.told.effects)
    assert any("نمونه عوض می‌شود" in each.words for each in free.warnings)


@pytest.mark.long
def test_a_file_whose_sums_leap_is_doubted_too(small_town: Town) -> None:
    crew = small_town.crew
    draft = changed("walling", TOMORROW, 'office = "office"', 'office = "visit"')
    assert warnings(small_town, draft) == []
    # After the visit has become ten times as dear, the office's fee would be 55 times.
    dear = tariff("visit", "25000000", TOMORROW, Purse.MUNICIPALITY)
    in_force(crew, figures(crew, Topic.TARIFF, dear))
    (words,) = warnings(small_town, draft)
    assert words.startswith("کارمزد دفتر از ۴۵۰٬۰۰۰ ریال به ۲۵٬۰۰۰٬۰۰۰ ریال")


def test_an_example_whose_sum_leaps_by_a_file_is_doubted() -> None:
    """As where a file's own formula has a zero too many."""
    city = shipped_city()
    text = whole_text(SERVICES / "excavation.toml")
    old = load(text, "excavation.toml")
    ten, more = (rate("asphalt", rial).put(city) for rial in (68_000_000, 68_100_000))
    assert list(doubts_of_service(old, old, city, ten)) == []
    told = [doubt.words for doubt in doubts_of_service(old, old, city, more)]
    assert len(told) == 5
    assert all("مبلغ از ۷۸٬۳۳۶٬۰۰۰ ریال به" in words for words in told)
