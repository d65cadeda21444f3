"""What an announcement says of its time, to whom it is, and what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.announcement import About, Announcement, span_words
from desktop.domain.calendar import TEHRAN

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=TEHRAN)  # سه‌شنبه ۳ آذر ۱۴۰۵
NOTE = Announcement("1", About.NOTE, "اطلاع", "متنی که چیزی می‌گوید", NOW, "حمید میرجلیلی")
OUTAGE = replace(
    NOTE, about=About.OUTAGE, since=NOW + timedelta(hours=3), until=NOW + timedelta(hours=5)
)
LESSONS = replace(
    NOTE, about=About.TRAINING, services=("walling",), due=(NOW + timedelta(days=11)).date()
)


def test_a_span_says_its_day_once_where_it_is_one() -> None:
    late = NOW.replace(hour=22, minute=0)
    assert span_words(NOW, late) == "سه‌شنبه ۳ آذر، ۱۰:۴۲ تا ۲۲:۰۰"
    over = late + timedelta(hours=4)
    assert span_words(late, over) == "سه‌شنبه ۳ آذر، ۲۲:۰۰ تا چهارشنبه ۴ آذر، ۰۲:۰۰"


def test_each_kind_says_when_in_its_own_words() -> None:
    assert NOTE.when() == ""
    assert OUTAGE.when() == "سه‌شنبه ۳ آذر، ۱۳:۴۲ تا ۱۵:۴۲"
    assert LESSONS.when() == "پیش از ۱۴ آذر"
    one = replace(OUTAGE, offices=("21",), counters=(1, 3))
    assert one.when() == "سه‌شنبه ۳ آذر، ۱۳:۴۲ تا ۱۵:۴۲، باجه‌های ۱ و ۳"
    assert replace(one, counters=(2,)).when().endswith("، باجهٔ ۲")
    # A counter is one office's.
    for offices in ((), ("21", "22")):
        assert [part for part, _ in replace(one, offices=offices).faults(NOW)] == ["counters"]


def test_nobody_named_is_everybody() -> None:
    assert NOTE.is_for("21")
    assert replace(NOTE, offices=("22", "23")).is_for("22")
    assert not replace(NOTE, offices=("22", "23")).is_for("21")


def test_what_it_is_about_passes() -> None:
    assert not NOTE.is_over(NOW + timedelta(days=400))
    assert not OUTAGE.is_over(NOW + timedelta(hours=4))
    assert OUTAGE.is_over(NOW + timedelta(hours=5))
    assert not LESSONS.is_over(NOW + timedelta(days=11))
    assert LESSONS.is_over(NOW + timedelta(days=12))


def test_what_is_whole_has_no_fault() -> None:
    for whole in (NOTE, OUTAGE, LESSONS):
        assert list(whole.faults(NOW)) == []
