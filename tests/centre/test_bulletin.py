"""The month's bulletin is what happened, counted by other means, and says nothing of a few."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.centre.bulletin import _answers, bulletin, edition
from desktop.centre.bulletin_tables import BulletinRow
from desktop.centre.context import day_of
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.bulletin import LEAST, Bulletin
from desktop.domain.bulletin_words import HIDDEN
from desktop.domain.calendar import from_jalali, jalali, month_length
from desktop.domain.correctness import Correctness
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.premises.served import write_bulletin
from desktop.reports.bulletin import csv_text
from tests.town import Town


class Cells(HTMLParser):
    """The words of the file's cells."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag not in ("script", "img", "link"), "nothing outside the file"
        self._open = tag in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.words.append(data.strip())
            self._open = False


def month_over(town: Town) -> tuple[int, int]:
    """The month of today, which is over when this is back."""
    year, month, _ = jalali(day_of(town.clock.now()))
    last = from_jalali(year, month, month_length(year, month))
    town.clock.moment += last - day_of(town.clock.now()) + timedelta(days=1)
    return year, month


def test_a_month_that_is_not_over_is_not_told(quick_town: Town) -> None:
    town = quick_town
    year, month, _ = jalali(day_of(town.clock.now()))
    with town.house.centre.reading() as session, pytest.raises(Refusal, match="تمام نشده"):
        bulletin(session, town.house.centre, year, month, town.clock.now())


@pytest.mark.slow
def test_it_counts_what_the_cases_say_and_hides_a_few(quick_town: Town, tmp_path: Path) -> None:
    town = quick_town
    instant = [town.register(town.record(Scenario.CLEAN, at)) for at in range(LEAST + 1)]
    few = [town.register(town.record(Scenario.CLEAN, 9 + at), "no-violation") for at in range(2)]
    # A letter that is voided and written anew answers once.
    case = case_now(town.crew.clerk, instant[0])
    release(town.crew, case)
    voided = case.letters[0].letter.letter_id
    following.void(town.crew.manager, case.case_id, voided, "نشانی اشتباه است")
    town.house.office.sync()
    answered = sum(bool(case_now(town.crew.clerk, each).answer) for each in [*instant, *few])
    year, month = month_over(town)
    with town.house.centre.reading() as session:
        told = bulletin(session, town.house.centre, year, month, town.clock.now())
        calendar = town.house.centre.reference.city(session, told.last).calendar
        _, by_service, of_all = _answers(session, calendar, told.first, told.last)
    assert of_all is not None
    assert of_all[0] == answered == sum(count for count, _ in by_service.values())
    assert len(case_now(town.crew.clerk, instant[0]).letters) == 2
    assert told.whole is not None
    assert told.whole.counts[-1] == len(instant) + len(few)
    assert told.saved == answered
    offices, services = told.tables
    # One office: it is the whole city, and nothing of it is small.
    assert [line.counts for line in offices.lines] == [told.whole.counts]
    # Two requests of one service are hidden, and what they could be reckoned by: the other's.
    assert [(line.counts[0], line.counts[-1]) for line in services.lines] == [(None, None)] * 2
    assert [(line.share, line.days) for line in services.lines] == [(None, None)] * 2
    assert told.correctness == "۰ بازبینی؛ برای آمار کم است"
    # So many ways were spared at each office and with each service; hidden where that count is.
    assert [line.saved for line in (told.whole, *offices.lines)] == [answered] * 2
    assert [line.saved for line in services.lines] == [None] * 2
    page, cells = write_bulletin(town.house.centre, year, month, tmp_path)
    found = Cells()
    found.feed(page.read_text(encoding="utf-8"))
    assert to_persian_digits(len(instant) + len(few)) in found.words
    assert found.words.count(HIDDEN) == 4
    rows = list(csv.reader(io.StringIO(cells.read_text(encoding="utf-8-sig"))))
    # The one office is the whole city.
    assert rows[1][2:] == rows[2][2:]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[1][rows[0].index("مراجعهٔ کمتر")] == str(answered)
    assert [rows[0].count(each) for each in ("مراجعهٔ کمتر", "دریافتی")] == [1, 1]
    beside = {row[1]: row[2] for row in rows if row[0] == "دربارهٔ ماه"}
    assert beside["درستی پاسخ‌های آنی، از بازبینی به قرعه"] == "0 بازبینی؛ برای آمار کم است"
    assert (beside["خط دفترها، قطعی، بار"], beside["سامانهٔ مرکز، کار دیررسیده"]) == (
        str(told.lines.times),
        str(told.centre.delayed),
    )
    assert csv_text(told).splitlines()[1].startswith(told.month)


@pytest.mark.slow
def test_a_month_is_told_again_as_it_was_whatever_has_become_of_it(quick_town: Town) -> None:
    town = quick_town
    centre = town.house.centre
    cases = [town.register(town.record(Scenario.CLEAN, at)) for at in range(LEAST + 3)]
    year, month = month_over(town)

    def told() -> Bulletin:
        with centre.reading() as session:
            return edition(session, centre, year, month, town.clock.now())

    first = told()
    release(town.crew, case_now(town.crew.clerk, cases[0]))
    letter = case_now(town.crew.clerk, cases[0]).letters[0].letter.letter_id
    following.void(town.crew.manager, cases[0], letter, "نشانی اشتباه است")
    town.house.office.sync()
    with centre.reading() as session:
        assert bulletin(session, centre, year, month, town.clock.now()) != first
    assert told() == first
    with centre.reading() as session:
        (row,) = session.scalars(select(BulletinRow))
        assert (row.year, row.month) == (year, month)


@pytest.mark.slow
def test_how_few_were_wrong_stands_in_no_bulletin(
    quick_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = quick_town
    town.register(town.record(Scenario.CLEAN))
    year, month = month_over(town)
    found = Correctness(drawn=60, looked=48, wrong=1)
    monkeypatch.setattr("desktop.centre.bulletin.correctness", lambda *_: found)
    with town.house.centre.reading() as session:
        told = bulletin(session, town.house.centre, year, month, town.clock.now())
    assert told.correctness == "حداکثر ۹٫۶٪"
