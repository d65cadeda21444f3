"""Papers read off the window's thread: scans in turn, progress, enough, a form that goes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import documents
from desktop.actions.documents import PaperSource
from desktop.reports.bundle import bundle
from desktop.scans.folder import ATTACHED, ScanFolder
from desktop.scans.opening import open_pages
from desktop.scans.page import DPI, page_of
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.work import Work
from tests.papers import picture
from tests.ui.pages.conftest import Office

pytestmark = pytest.mark.slow
TITLE = "سند مالکیت"


@dataclass
class Desk:
    """What the files ask of the window, with work on threads of its own."""

    office: Office
    work: Work
    told: list[str]
    undo: Callable[[], None] = lambda: None

    @property
    def seat(self) -> object:
        return self.office.crew.clerk

    def toast(self, words: str, undo: str = "", action: Callable[[], None] = lambda: None) -> None:
        self.told.append(words)
        self.undo = action


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    work = Work()
    yield Desk(office, work, [])
    work.close()


@pytest.fixture
def row(qtbot: QtBot) -> DocumentRow:
    made = DocumentRow("deed", TITLE)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def files(desk: Desk, row: DocumentRow) -> FormFiles:
    made = FormFiles(desk, row)  # type: ignore[arg-type]
    made.serve(row)
    return made


def many(pages: int) -> PaperSource:
    """A PDF of so many pages."""
    drawn = (next(open_pages(picture(seed, 400), "x").pages) for seed in range(pages))
    content = bundle([page_of(image).jpeg for image in drawn], DPI)
    return PaperSource("قرارداد.pdf", lambda: content)


@pytest.mark.long
def test_scans_are_read_one_after_the_other_and_put_away_when_read(
    files: FormFiles, row: DocumentRow, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / f"scan-{number}.png" for number in range(3)]
    for seed, path in enumerate(paths):
        path.write_bytes(picture(seed))
    folder = ScanFolder(tmp_path)
    files.add(row, [documents.scanned_source(folder, path) for path in paths])
    assert files.busy
    qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
    assert len(files.papers("deed").pages) == 3
    box = row.papers
    assert box is not None
    qtbot.waitUntil(lambda: all(t.has_image() for t in box.strip.thumbs), timeout=10_000)
    assert sorted(path.name for path in (tmp_path / ATTACHED).iterdir()) == [
        "scan-0.png",
        "scan-1.png",
        "scan-2.png",
    ]


@pytest.mark.long
def test_enough_is_enough(files: FormFiles, row: DocumentRow, qtbot: QtBot) -> None:
    files.add(row, [many(12)])
    qtbot.waitUntil(lambda: row.papers is not None and "از ۱۲" in row.papers.reading.text())
    assert row.papers is not None
    assert row.papers.stop.isVisible()
    row.papers.stop.click()
    qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
    held = files.papers("deed")
    assert 1 <= len(held.pages) < 12
    assert held.file is not None
    assert held.file.pages == len(held.pages)


@pytest.mark.long
def test_a_row_that_goes_while_its_paper_is_read_harms_nobody(
    files: FormFiles, row: DocumentRow, desk: Desk, qtbot: QtBot
) -> None:
    leaving = DocumentRow("card", "کارت ملی")
    files.serve(leaving)
    files.add(leaving, [many(3)])
    files.add(row, [many(2)])
    files.leave()
    assert "در پیش‌نویس نیامد" in desk.told[0]
    leaving.deleteLater()
    QApplication.processEvents()
    gc.collect()
    qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
    assert len(files.papers("card").pages) == 3
    assert len(files.papers("deed").pages) == 2


@pytest.mark.long
def test_pages_change_in_turn_and_nothing_that_came_meanwhile_is_lost(
    files: FormFiles, row: DocumentRow, desk: Desk, qtbot: QtBot
) -> None:
    def settled() -> tuple[str, ...]:
        qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
        return tuple(page.sha256 for page in files.papers("deed").pages)

    files.add(row, [many(2)])
    first, second = settled()
    assert row.papers is not None
    row.papers.strip.removed.emit(0)
    # The pages that show are not the last word: a second act has to wait for them.
    row.papers.strip.removed.emit(0)
    assert files.busy
    files.add(row, [PaperSource("اسکن.png", partial(picture, 9))])
    (kept, added) = settled()
    assert kept == second
    desk.undo()
    assert settled() == (first, second, added)


@pytest.mark.long
def test_a_bug_with_one_paper_does_not_hold_up_the_others(
    files: FormFiles, row: DocumentRow, qtbot: QtBot
) -> None:
    def broken() -> bytes:
        raise MemoryError

    files.add(row, [PaperSource("بزرگ.tif", broken), PaperSource("اسکن.png", partial(picture, 9))])
    qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
    assert len(files.papers("deed").pages) == 1


def test_a_scan_that_is_not_taken_stays_in_its_folder(
    files: FormFiles, row: DocumentRow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "scan.jpg"
    path.write_bytes(b"half a scan")
    files.add(row, [documents.scanned_source(ScanFolder(tmp_path), path)])
    qtbot.waitUntil(lambda: not files.busy, timeout=20_000)
    assert path.exists()
    assert row.papers is not None
    assert row.papers.words.text()
