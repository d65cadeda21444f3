"""Every kind of figure holds from its day, at centre and desks; of nothing there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.actions import intake
from desktop.domain.calendar import iso_jalali
from desktop.domain.city import City
from desktop.domain.objection import Ground
from desktop.domain.record_words import Deed, WordColumn
from desktop.domain.stream import Topic
from desktop.forms.dated import (
    Dated,
    DatedBody,
    DatedDistrict,
    DatedObjection,
    DatedParcel,
    DatedRate,
    DatedValidity,
    DatedWord,
)
from desktop.forms.shipped import shipped_city
from tests.houses import MORNING
from tests.publish import figures, in_force, refused, tariff
from tests.town import Town

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
SINCE = iso_jalali(TOMORROW)

# A figure, how it is read off the city, and what is read before its day and from it on.
FIGURES: list[tuple[Topic, Dated, Callable[[City], object], object, object]] = [
    (
        Topic.RATE,
        DatedRate(table="restoration", key="asphalt", rial=7_000_000, since=SINCE),
        lambda city: city.rates["restoration"]["asphalt"],
        6_800_000,
        7_000_000,
    ),
    (
        Topic.PARCEL,
        DatedParcel(zone="R1", least=250, since=SINCE),
        lambda city: city.parcels["R1"],
        200,
        250,
    ),
    (
        Topic.DISTRICT,
        DatedDistrict(district=7, ours=True, since=SINCE),
        lambda city: (7 in city.districts, city.where.get(7, "")),
        (False, "شهرداری شاهدیه"),
        (True, ""),
    ),
    (
        Topic.DISTRICT,
        DatedDistrict(district=8, ours=False, where="شهرداری زارچ", since=SINCE),
        lambda city: city.where.get(8, ""),
        "",
        "شهرداری زارچ",
    ),
    (
        Topic.BODY,
        DatedBody(name="بانک رسالت، شعبهٔ مرکزی یزد", listed=True, since=SINCE),
        lambda city: "بانک رسالت، شعبهٔ مرکزی یزد" in city.bodies,
        False,
        True,
    ),
    (
        Topic.BODY,
        DatedBody(name="بانك ملي، شعبه مركزي يزد", listed=False, since=SINCE),
        lambda city: "بانک ملی، شعبهٔ مرکزی یزد" in city.bodies,
        True,
        False,
    ),
    (
        Topic.WORD,
        DatedWord(column=WordColumn.DEED, word="سند دیجیتال", meaning="formal", since=SINCE),
        lambda city: city.words.deed("سند ديجيتال"),
        None,
        Deed.FORMAL,
    ),
    (
        Topic.OBJECTION,
        DatedObjection(ground=Ground.DUES, sentence="تا ۲۰ روز در کمیسیون.", since=SINCE),
        lambda city: city.objections.way(Ground.DUES, ""),
        shipped_city().objections.way(Ground.DUES, ""),
        "تا ۲۰ روز در کمیسیون.",
    ),
]


@pytest.mark.long
def test_every_kind_of_figure_holds_from_its_day(town: Town) -> None:
    desk = town.house.office.desk
    for topic in dict.fromkeys(topic for topic, *_ in FIGURES):
        items = [item for of, item, *_ in FIGURES if of is topic]
        in_force(town.crew, figures(town.crew, topic, *items))
    town.house.office.sync()

    def cities() -> tuple[City, City]:
        with town.house.centre.reading() as session:
            day = town.clock.moment.date()
            return town.house.centre.reference.city(session, day), intake.figures(desk)

    for city in cities():
        assert [read(city) for _, _, read, _, _ in FIGURES] == [x[3] for x in FIGURES]
    town.clock.moment += timedelta(days=1)
    for city in cities():
        assert [read(city) for _, _, read, _, _ in FIGURES] == [x[4] for x in FIGURES]


@pytest.mark.parametrize(
    ("topic", "item", "words"),
    [
        (Topic.VALIDITY, DatedValidity(service="nobody", months=3, since=SINCE), "نیست"),
        (Topic.VALIDITY, DatedValidity(service="completion", months=3, since=SINCE), "پایان ندارد"),
        (Topic.TARIFF, tariff("ofice", "450000", TOMORROW), "شاید «office»"),
        (Topic.TARIFF, tariff("office", "450000 *", TOMORROW), "فرمول"),
        (
            Topic.RATE,
            DatedRate(table="restoration", key="asfalt", rial=1, since=SINCE),
            "شاید «asphalt»",
        ),
        (
            Topic.RATE,
            DatedRate(table="pavements", key="asphalt", rial=1, since=SINCE),
            "هیچ تعرفه‌ای از جدول «pavements»",
        ),
        (
            Topic.TARIFF,
            tariff("a-key-that-is-longer-than-any-database-would-keep-it", "1", TOMORROW),
            "بلند است",
        ),
    ],
)
def test_figures_of_nothing_are_refused(
    small_town: Town, topic: Topic, item: Dated, words: str
) -> None:
    assert words in refused(small_town.crew, topic, item)


def test_the_last_district_stays(small_town: Town) -> None:
    """A city without a district would refuse everybody."""
    gone = [DatedDistrict(district=n, ours=False, since=SINCE) for n in range(1, 6)]
    assert "هیچ منطقه‌ای" in refused(small_town.crew, Topic.DISTRICT, *gone)
