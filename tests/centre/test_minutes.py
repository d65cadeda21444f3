"""صورت‌جلسهٔ تبدیل: numbered and sealed with the second signature, checked as a letter is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import minutes, publishing
from desktop.actions.checking import lines
from desktop.domain.calendar import format_jalali
from desktop.domain.persian import isolate
from desktop.domain.stream import Topic
from desktop.wire.verdicts import Verdict
from tests.agency import Agency, convert, converted, go_path, opened_agency
from tests.delegated import TODAY, TOMORROW
from tests.publish import WHY
from tests.reports.reading import text_of
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def agency(quick_town: Town, tmp_path: Path) -> Iterator[Agency]:
    with opened_agency(quick_town, tmp_path) as opened:
        yield opened


def test_the_minutes_are_sealed_as_letters_are_and_say_what_was_signed(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    go_path(agency)
    assert agency.letter(0) == "1405/31/1"
    convert(agency)
    kept = [minutes.signed(seat.desk, office) for seat in (town.crew.supervisor, agency.clerk)]
    assert kept[0] is not None
    assert kept[0] == kept[1]
    assert kept[0].number == "1405/1"
    pdf = minutes.paper(kept[0])
    assert pdf == minutes.paper(kept[0])
    judged = town.check(pdf).judged
    assert judged.verdict is Verdict.SAMPLE
    assert ("نتیجه", "صورت‌جلسهٔ تبدیل") in lines(judged, {})
    words = " ".join(text_of(pdf))
    for told in ("۷۲۲۵", "۱۴۰۵/۳۱/۱", "مریم", "حمید", "درخواست تبدیل", "۱ باجه درست"):
        assert told in words, told
    # Who tried the counter, and when, as the counter's own signature says.
    assert kept[0].text.table is not None
    (tried,) = (row for row in kept[0].text.table.rows if "باجه درست" in row[1])
    assert tried[2:] == (isolate(format_jalali(TODAY)), agency.clerk.staff.signed)
    # A code put in the place of another is found out.
    assert "۷۲۲۵".encode() in pdf
    changed = town.check(pdf.replace("۷۲۲۵".encode(), "۷۲۲۶".encode()))
    assert changed.judged.verdict is Verdict.FALSE


@pytest.mark.long
def test_minutes_taken_back_before_their_day_are_none(agency: Agency) -> None:
    town, office = agency.town, agency.card.office_id
    go_path(agency)
    convert(agency)
    publishing.withdraw(town.crew.supervisor, Topic.OFFICE, office, TOMORROW, WHY)
    town.house.municipality.sync()
    assert minutes.signed(town.crew.supervisor.desk, office) is None
    # The next ones have the next number: what was signed and taken back keeps its own.
    convert(agency, TODAY + timedelta(days=2))
    again = minutes.signed(town.crew.supervisor.desk, office)
    assert again is not None
    assert again.number == "1405/2"
    assert again.day == TODAY + timedelta(days=2)


def test_a_proof_has_neither_number_nor_seal(agency: Agency) -> None:
    desk = agency.town.crew.supervisor.desk
    pdf = minutes.proof(
        desk, agency.card, converted(agency), TOMORROW, [], services=0, year=1405, serial=0
    )
    words = " ".join(text_of(pdf))
    assert "پیش از تأیید" in words
    assert agency.town.check(pdf).judged.verdict is Verdict.FALSE
