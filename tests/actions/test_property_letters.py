"""All letters of one property as one PDF for a court, whichever offices they were given at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from desktop.actions import letters, property_letters
from desktop.actions.spreadsheet import Export
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.reading import Way, What
from desktop.store import readings
from desktop.wire.readings import read_line
from tests.heirs import Heir, open_heir
from tests.reports.reading import pages_of
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def other(small_town: Town, tmp_path: Path) -> Heir:
    return open_heir(small_town, tmp_path)


def stamped(town: Town, number: int = 0) -> Case:
    case_id = town.register(town.record(Scenario.CLEAN, number), "clearance")
    release(town.crew, case_now(town.crew.clerk, case_id))
    return case_now(town.crew.clerk, case_id)


def test_letters_of_all_offices_stand_in_it_and_the_index_tells_what_does_not(
    other: Heir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = other.town
    there = replace(town, crew=other.crew)
    first, second = stamped(town), stamped(there)
    gone = first.letters[0].letter
    following.void(town.crew.manager, first.case_id, gone.letter_id, "نشانی اشتباه است")
    stamped(town, 1)
    other.hear()
    code, seat = first.code, town.crew.supervisor
    assert code
    path = tmp_path / "ملک.pdf"
    cases = property_letters.cases_of(seat, code)
    assert [row.case_id for row in cases] == [first.case_id, second.case_id]
    property_letters.bind_property(seat, path, code, cases, Export())
    kept = {
        case.letters[0].letter.number.replace("/", "-"): letters.kept(desk, case.letters[0])
        for case, desk in ((first, town.crew.clerk.desk), (second, other.running.desk))
    }
    with pikepdf.Pdf.open(path) as book:
        assert {
            name.removesuffix(".pdf"): book.attachments[name].get_file().read_bytes()
            for name in book.attachments
        } == kept
    index = " ".join(pages_of(path.read_bytes())[0])
    for words in ("همهٔ دفترهای شهر", "هست ابطال شد", "نیست مهر نشده"):
        assert words in index
    for case in (first, second):
        assert to_persian_digits(case.letters[0].letter.number) in index
    # Who saw them is written at his desk.
    with seat.desk.store.reading() as session:
        told = readings.untold(session, 1_000)
    assert told is not None
    looks = [read_line(line)[2] for line in told.lines]
    files = {x.case_id for x in looks if (x.what, x.way) == (What.LETTER, Way.FILE)}
    assert files == {first.case_id, second.case_id}
    # What this program draws otherwise than its office released it is told, not passed off.
    drawn = {case.letters[0].letter.letter_id: letters.drawn(case.letters[0]) for case in (first,)}
    monkeypatch.setattr(
        property_letters, "drawn", lambda held: drawn.get(held.letter.letter_id, b"%PDF-")
    )
    property_letters.bind_property(seat, path, code, cases, Export())
    with pikepdf.Pdf.open(path) as book:
        assert len(book.attachments) == 1
    assert "فایل آن نزد دفتر است" in " ".join(pages_of(path.read_bytes())[0])
    drawn.clear()
    with pytest.raises(Refusal, match="نزد دفترهاست"):
        property_letters.bind_property(seat, tmp_path / "x.pdf", code, cases, Export())
    assert not (tmp_path / "x.pdf").exists()
