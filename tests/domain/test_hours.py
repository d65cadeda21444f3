"""An office's hours: until when it is open, when it opens next, and what nobody may write."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import TEHRAN, WEEKDAYS, OfficeCalendar
from desktop.domain.errors import Refusal
from desktop.domain.hours import (
    MIDNIGHT,
    Hours,
    Span,
    SpecialDay,
    read_spans,
    read_stretch,
    runs,
    spans_words,
)
from desktop.domain.office_words import special_words
from desktop.domain.outage import Stretch, length, open_in, together, without
from desktop.wire.codec import adapter

SATURDAY = date(2026, 11, 21)
WEEK = Hours(
    week=(*((read_spans("۷:۳۰–۱۴:۰۰ و ۱۶–۲۰"),) * 5), read_spans("7:30-13"), ()),
    special=(SpecialDay(date(2026, 11, 28)), SpecialDay(date(2026, 11, 27), (Span(540, 720),))),
)
CALENDAR = OfficeCalendar({date(2026, 11, 24): "تعطیل"})


def at(day: int, text: str) -> datetime:
    hour, minute = map(int, text.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    ("moment", "until", "opens"),
    [
        (at(21, "7:29"), None, at(21, "7:30")),
        (at(21, "7:30"), at(21, "14:00"), at(21, "16:00")),
        (at(21, "14:00"), None, at(21, "16:00")),
        (at(21, "19:59"), at(21, "20:00"), at(22, "7:30")),
        # A holiday in the middle of the week, then an ordinary day.
        (at(23, "20:00"), None, at(25, "7:30")),
        (at(24, "9:00"), None, at(25, "7:30")),
        # A Friday on which it opens all the same, and a Saturday on which it does not.
        (at(26, "13:00"), None, at(27, "9:00")),
        (at(27, "11:00"), at(27, "12:00"), at(29, "7:30")),
    ],
)
def test_open_until_and_the_next_opening(
    moment: datetime, until: datetime | None, opens: datetime
) -> None:
    assert WEEK.open_until(moment, CALENDAR) == until
    assert WEEK.next_opening(moment, CALENDAR) == opens


@pytest.mark.slow
def test_over_midnight_is_two_days_and_one_opening() -> None:
    night = Hours(week=((Span(1200, MIDNIGHT),), (Span(0, 120),), (), (), (), (), ()))
    assert night.open_until(at(21, "23:00"), CALENDAR) == at(22, "2:00")
    assert night.open_until(at(22, "1:59"), CALENDAR) == at(22, "2:00")
    assert night.next_opening(at(21, "23:00"), CALENDAR) == at(28, "20:00")
    assert Hours().next_opening(at(21, "8:00"), CALENDAR) is None
    always = Hours(week=((Span(0, MIDNIGHT),),) * 7)
    assert always.open_until(at(25, "8:00"), OfficeCalendar()) is not None
    assert always.next_opening(at(25, "8:00"), OfficeCalendar()) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("۱۶–۲", "پایان کار پیش از آغاز آن است"),
        ("8-8", "پایان کار پیش از آغاز آن است"),
        ("8-12 و 11-14", "روی هم"),
        ("16-20 و 8-12", "روی هم"),
        ("8-25", "مانند ۷:۳۰"),
        ("8:60-9", "مانند ۷:۳۰"),
        ("صبح", "مانند ۷:۳۰"),
        ("20-24:30", "پایان کار پیش از آغاز"),
    ],
)
def test_hours_that_nobody_may_write(typed: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_spans(typed)


def test_what_is_wrong_is_told_with_its_day() -> None:
    wrong = Hours(
        week=((Span(600, 500),), *((),) * 6),
        special=(SpecialDay(SATURDAY), SpecialDay(SATURDAY, (Span(0, 60), Span(30, 90)))),
    )
    told = list(wrong.faults)
    assert told[0].startswith("شنبه: پایان کار")
    assert "روی هم" in told[1]
    assert "دو بار" in told[2]
    assert not list(WEEK.faults)


spans = st.lists(st.integers(0, MIDNIGHT), max_size=6, unique=True).map(
    lambda ends: tuple(
        Span(a, b) for a, b in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)
    )
)
weeks = st.builds(Hours, week=st.tuples(*([spans] * len(WEEKDAYS))))


@given(spans)
def test_spans_are_read_as_they_are_written(written: tuple[Span, ...]) -> None:
    assert read_spans(spans_words(written)) == written


@pytest.mark.slow
@given(weeks, st.integers(0, 20_000))
def test_it_is_open_or_opens_later_and_never_both_wrong(hours: Hours, minutes: int) -> None:
    """Against a count minute by minute of the spans themselves."""
    moment = datetime(2026, 11, 21, tzinfo=TEHRAN) + timedelta(minutes=minutes)

    def is_open(at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        return any(s.opens <= minute < s.closes for s in hours.on(at.date(), CALENDAR))

    until, opens = hours.open_until(moment, CALENDAR), hours.next_opening(moment, CALENDAR)
    assert (until is not None) == is_open(moment)
    if until is not None and until - moment < timedelta(days=30):
        assert not is_open(until)
        assert is_open(until - timedelta(minutes=1))
    if opens is not None:
        assert moment < opens
        assert is_open(opens)
        assert not is_open(opens - timedelta(minutes=1))


@pytest.mark.slow
@given(weeks)
def test_hours_travel_as_they_are(hours: Hours) -> None:
    told = adapter(Hours).dump_json(hours)
    assert adapter(Hours).validate_json(told) == hours


def test_days_in_a_row_with_the_same_hours_are_told_as_one() -> None:
    morning = (Span(540, 780),)
    days = [date(2026, 12, 19) + timedelta(days=n) for n in range(4)]
    hours = WEEK.with_days(days, morning).with_days(days[2:3], ())
    assert special_words(hours.special, days[0]) == [
        ("۲۸ تا ۲۹ آذر", "۹:۰۰ تا ۱۳:۰۰"),
        ("۳۰ آذر", "تعطیل"),
        ("۱ دی", "۹:۰۰ تا ۱۳:۰۰"),
    ]
    assert special_words(hours.with_days(days[2:3], morning).special, days[0]) == [
        ("۲۸ آذر تا ۱ دی", "۹:۰۰ تا ۱۳:۰۰")
    ]
    # As the week says again; what is not meant stays.
    assert hours.with_days(days, None).special == tuple(sorted(WEEK.special, key=lambda d: d.day))


@given(
    st.dictionaries(
        st.integers(0, 40).map(lambda n: SATURDAY + timedelta(days=n)),
        st.sampled_from([(), (Span(0, 60),), (Span(60, 120),)]),
    )
)
def test_runs_hold_every_day_once(told: dict[date, tuple[Span, ...]]) -> None:
    found = runs(SpecialDay(day, spans) for day, spans in told.items())
    days = {
        run.first + timedelta(days=n): run.spans
        for run in found
        for n in range((run.last - run.first).days + 1)
    }
    assert days == told
    # As few as can be.
    for one, other in zip(found, found[1:], strict=False):
        assert one.last + timedelta(days=1) < other.first or one.spans != other.spans


def test_an_outage_lasts_as_long_as_the_office_was_open_in_it() -> None:
    # Written before the evening's end, sent the next morning but one: between them lie two nights
    # and a holiday.
    night = Stretch(at(23, "19:50"), at(25, "8:00"))
    assert length([night]) == timedelta(hours=36, minutes=10)
    assert length(open_in([night], [WEEK], CALENDAR)) == timedelta(minutes=40)
    # Of the centre's any office that was open counts, each minute once.
    early = Hours(week=((Span(7 * 60, 8 * 60),),) * 7)
    assert length(open_in([night], [WEEK, early], CALENDAR)) == timedelta(minutes=70)
    assert open_in([night], [], CALENDAR) == []


def test_the_time_of_others_is_taken_out_of_an_outage() -> None:
    day = Stretch(at(21, "8:00"), at(21, "12:00"))
    others = [
        Stretch(at(21, "7:00"), at(21, "8:30")),
        Stretch(at(21, "9:00"), at(21, "9:30")),
        Stretch(at(21, "13:00"), at(21, "14:00")),
    ]
    left = without([day], others)
    assert left == [
        Stretch(at(21, "8:30"), at(21, "9:00")),
        Stretch(at(21, "9:30"), at(21, "12:00")),
    ]
    assert together([*left, *others[:2]]) == [Stretch(at(21, "7:00"), at(21, "12:00"))]


@pytest.mark.parametrize(
    ("typed", "opens", "closes"),
    [
        ("۱۴ تا ۱۶", 840, 960),
        ("22-2", 1320, 1560),
        ("۲۳:۳۰ تا ۰:۱۵", 1410, 1455),
        ("0-24", 0, 1440),
    ],
)
def test_a_stretch_may_end_on_the_next_day(typed: str, opens: int, closes: int) -> None:
    assert read_stretch(typed) == Span(opens, closes)


@pytest.mark.parametrize(
    "typed", ["", "۸ تا ۸", "14-16 و 18-20", "24:30 تا ۳", "دو تا چهار", "25-26", "16-14"]
)
def test_what_is_no_stretch_is_none(typed: str) -> None:
    with pytest.raises(Refusal):
        read_stretch(typed)
