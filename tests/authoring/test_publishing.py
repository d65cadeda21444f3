"""`./run service publish` and what follows, from files that a person at the municipality writes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import intake
from desktop.authoring.publishing import (
    decline_publication,
    prepare_file,
    sign_publication,
    tell_services,
    tell_waiting,
    withdraw_published,
)
from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from tests.authoring.conftest import FIRST, WHY, Town, walling

TITLE = 'title = "مجوز دیوارکشی"'


@pytest.mark.slow
def test_a_file_is_prepared_signed_and_offices_have_it_at_the_next_sync(
    town: Town, tmp_path: Path
) -> None:
    path = walling(tmp_path, TITLE, 'title = "مجوز دیوار و حصار"')
    lines = town.publish(path, FIRST, "مجوز دیوارکشی")
    assert lines[0].startswith("«مجوز دیوار و حصار» از سه‌شنبه ۱ دی ۱۴۰۵")
    assert "جای «مجوز دیوارکشی» را می‌گیرد" in lines[0]
    assert "عنوان از «مجوز دیوارکشی» به" in lines[1]
    town.house.office.sync()
    town.clock.moment += timedelta(days=28)
    assert intake.services(town.house.office.desk)["walling"].title == "مجوز دیوار و حصار"
    with pytest.raises(Refusal, match="چیزی عوض نشده"):
        town.publish(path, FIRST)


@pytest.mark.long
def test_another_title_is_asked_about(still: Town, tmp_path: Path) -> None:
    path = walling(tmp_path, TITLE, 'title = "مجوز حصار"')
    lines = prepare_file(still.first, path, FIRST)
    # What would change is told before it is asked.
    assert "«مجوز حصار»" in next(lines)
    with pytest.raises(Refusal, match="این کد اکنون «مجوز دیوارکشی» است") as asked:
        list(lines)
    assert "--replaces" in asked.value.words
    assert list(tell_waiting(still.second)) == ["چیزی در انتظار امضا نیست."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('outcome = "refuse"', 'outcome = "answer"', "نمونه"),
        ('key = "height"', 'key = "tallness"', "height"),
        ('office = "office"', 'office = "gold"', "«gold»"),
        ('icon = "', 'iconn = "', "walling.toml، سطر"),
    ],
)
def test_a_file_with_a_fault_is_never_prepared(
    still: Town, tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = walling(tmp_path, old, new)
    with pytest.raises(Refusal) as told:
        still.publish(path, FIRST)
    assert words in told.value.words
    assert list(tell_waiting(still.second)) == ["چیزی در انتظار امضا نیست."]
    with pytest.raises(Refusal, match="خوانده نشد"):
        still.publish(tmp_path / "none.toml", FIRST)


@pytest.mark.long
@pytest.mark.slow
def test_the_last_days_of_the_calendar_are_prepared_or_refused_in_words(
    town: Town, tmp_path: Path
) -> None:
    path = walling(tmp_path, 'purpose = "', 'purpose = "مجوز ')
    assert list(prepare_file(town.first, path, parse_jalali("1499/12/29")))[-1].split()[-1]
    # Its examples reach into the year after, which nobody can write.
    with pytest.raises(Refusal, match="سال باید میان ۱۳۰۰ و ۱۵۰۰"):
        list(prepare_file(town.first, path, parse_jalali("1500/12/29")))


@pytest.mark.long
def test_what_waits_is_told_declined_and_withdrawn(town: Town, tmp_path: Path) -> None:
    path = walling(tmp_path, 'purpose = "', 'purpose = "مجوز ')
    first = list(prepare_file(town.first, path, FIRST, reason=WHY))[-1].split()[-1]
    second = list(prepare_file(town.first, path, FIRST))
    assert any(first in line for line in second), "another one waits for that day"
    waiting = list(tell_waiting(town.second))
    assert first in waiting
    assert any(WHY in line and "حمید میرجلیلی" in line for line in waiting)
    assert list(decline_publication(town.second, second[-1].split()[-1], WHY))
    with pytest.raises(Refusal, match="کس دیگری"):
        list(sign_publication(town.first, first))
    assert "منتشر شد" in list(sign_publication(town.second, first))[-1]
    assert any("برقرار خواهد شد، حمید میرجلیلی، مریم شایق" in x for x in tell_services(town.first))
    (line,) = withdraw_published(town.first, Topic.SERVICE, "walling", FIRST, WHY)
    assert "همان می‌ماند: مجوز دیوارکشی" in line
    assert any("پس گرفته شد" in line for line in tell_services(town.first))
