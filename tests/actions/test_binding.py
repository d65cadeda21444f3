"""Letters of the register as one PDF: index, bookmarks, the files themselves, void ones marked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from desktop.actions import letters, registers
from desktop.actions.binding import ToBind, bind_letters
from desktop.actions.spreadsheet import Export
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table
from desktop.domain.persian import strip_isolates, to_persian_digits
from desktop.domain.reading import Way, What
from desktop.store import readings
from desktop.wire.readings import read_line
from desktop.wire.verdicts import Verdict
from tests.reports.reading import pages_of
from tests.town import Town

pytestmark = pytest.mark.slow


def wanted(town: Town) -> list[ToBind]:
    today = town.clock.moment.date()
    lines = registers.letters(town.crew.manager.desk, today, today)
    return [ToBind(line.case_id, line.number) for line in lines]


def bound(town: Town, path: Path, chosen: list[ToBind], export: Export | None = None) -> None:
    seat = town.crew.manager
    rows = tuple((each.number,) for each in chosen)
    index = registers.sheet(seat, "اندیکاتور نامه‌ها", "آذر ۱۴۰۵", Table(("شماره",), rows))
    bind_letters(seat, path, "گردآوری نامه‌ها، آذر ۱۴۰۵", index, chosen, export or Export())


@pytest.mark.long
def test_a_month_is_one_file_with_bookmarks_and_every_letter_in_it(
    small_town: Town, tmp_path: Path
) -> None:
    town, crew = small_town, small_town.crew
    ids = [town.register(town.record(Scenario.CLEAN, number)) for number in range(3)]
    for case_id in ids[:2]:
        release(crew, case_now(crew.clerk, case_id))
    town.house.office.sync()
    gone = case_now(crew.clerk, ids[0]).letters[0]
    following.void(crew.manager, ids[0], gone.letter.letter_id, "نشانی اشتباه است")
    town.house.office.sync()
    stamped = [case_now(crew.clerk, case_id).letters[0] for case_id in ids[:2]]
    path = tmp_path / "آذر.pdf"
    chosen = wanted(town)
    # The one that was voided has a new one in its place, which nobody has stamped yet.
    assert len(chosen) == 4
    bound(town, path, chosen)
    with pikepdf.Pdf.open(path) as book:
        with book.open_outline() as outline:
            marks = [(strip_isolates(str(item.title)), item.destination) for item in outline.root]
        assert [words.partition("،")[0] for words, _ in marks] == [
            "فهرست", *(to_persian_digits(held.letter.number) for held in stamped)
        ]  # fmt: skip
        assert "ابطال شد" in marks[1][0]
        assert "ابطال شد" not in marks[2][0]
        # Each file lies in it as it was sealed.
        names = [held.letter.number.replace("/", "-") for held in stamped]
        assert sorted(book.attachments) == sorted(f"{name}.pdf" for name in names)
        for name, held in zip(names, stamped, strict=True):
            own = book.attachments[f"{name}.pdf"].get_file().read_bytes()
            assert own == letters.kept(crew.manager.desk, held)
            judged = town.check(own).judged
            assert judged is not None
            assert judged.verdict in (Verdict.SAMPLE, Verdict.VOID)
        assert str(book.Root.Lang) == "fa-IR"
        pages = len(book.pages)
    # Each letter in it is a look at that letter.
    with crew.manager.desk.store.reading() as session:
        told = readings.untold(session, 1_000)
    assert told is not None
    looks = [read_line(line)[2] for line in told.lines]
    looked = {(x.case_id, x.about) for x in looks if (x.what, x.way) == (What.LETTER, Way.FILE)}
    assert looked == {
        (case_id, held.letter.number) for case_id, held in zip(ids, stamped, strict=False)
    }
    # The pages are the letters' own.
    texts = pages_of(path.read_bytes())
    assert len(texts) == pages
    subject = stamped[1].letter.text.subject
    assert any(subject in " ".join(page) for page in texts[1:])
    _shows_void(path.read_bytes(), letters.kept(crew.manager.desk, stamped[0]))


def _shows_void(book: bytes, alone: bytes) -> None:
    """The page of the void letter is not as it was: something lies across it."""
    with pikepdf.Pdf.open(BytesIO(book)) as whole, pikepdf.Pdf.open(BytesIO(alone)) as own:
        here, there = (
            len(pikepdf.parse_content_stream(each)) for each in (whole.pages[1], own.pages[0])
        )
    assert here > there


@pytest.mark.long
def test_nothing_stamped_a_stop_and_a_folder_that_takes_nothing_leave_no_file(
    small_town: Town, tmp_path: Path
) -> None:
    town, crew = small_town, small_town.crew
    case_id = town.register(town.record(Scenario.CLEAN))
    path = tmp_path / "x.pdf"
    with pytest.raises(Refusal, match="مهر نشده"):
        bound(town, path, wanted(town))
    release(crew, case_now(crew.clerk, case_id))
    town.house.office.sync()
    stopped = Export()
    stopped.stop()
    with pytest.raises(Refusal):
        bound(town, path, wanted(town), stopped)
    with pytest.raises(Refusal, match="نمی‌توان نوشت"):
        bound(town, tmp_path / "nowhere" / "x.pdf", wanted(town))
    assert list(tmp_path.glob("**/*.pdf")) == []
    path.write_bytes(b"before")
    bound(town, path, wanted(town))
    assert path.read_bytes().startswith(b"%PDF-")
