"""Printers are found and get the bytes as they are; a printer that fails is told in words."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.reports.letter import LAYOUT, draw
from desktop.ui import printing
from desktop.ui.pdf import pages, pages_at
from tests.reports import samples
from tests.ui.spooler import PRINTER, Spooler


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Spooler:
    return Spooler(tmp_path, monkeypatch, "laser", PRINTER, "office")


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Two pages, one of A4 and one of A5, a dark square in the corner of each."""
    made = pypdfium2.PdfDocument.new()
    raw = pypdfium2.raw
    for width, height in ((595.276, 841.89), (419.528, 595.276)):
        page = made.new_page(width, height)
        mark = raw.FPDFPageObj_CreateNewRect(50, 50, width / 3, height / 3)
        raw.FPDFPageObj_SetFillColor(mark, 0, 60, 120, 255)
        raw.FPDFPath_SetDrawMode(mark, raw.FPDF_FILLMODE_WINDING, 0)
        raw.FPDFPage_InsertObject(page, mark)
        page.gen_content()
    out = io.BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()


def test_the_systems_own_printer_comes_first_then_the_last_used(spooler: Spooler) -> None:
    assert [p.name for p in printing.printers()] == [PRINTER, "laser", "office"]
    assert printing.printers()[0].standard
    printing.remember("office")
    assert [p.name for p in printing.printers()] == ["office", PRINTER, "laser"]


def test_the_bytes_reach_the_queue_as_they_are(spooler: Spooler, paper: bytes) -> None:
    printing.print_pdf(paper, "laser", "نامهٔ ۱۴۰۵/۲۱/۱")
    assert spooler.jobs() == [paper]
    assert "-d laser -t نامهٔ ۱۴۰۵/۲۱/۱" in spooler.asked()


def test_a_printer_that_takes_nothing_is_told_in_words(spooler: Spooler, paper: bytes) -> None:
    spooler.break_down()
    with pytest.raises(Refusal) as told:
        printing.print_pdf(paper, PRINTER, "نامه")
    assert "نپذیرفت" in told.value.words


@pytest.mark.parametrize("demo", [False, True])
def test_without_printers_the_file_is_written(
    spooler: Spooler, paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    spooler.set_queues()
    monkeypatch.setenv("HOME", str(tmp_path))
    (only,) = printing.printers(demo=demo)
    assert only.name == (printing.PAPERLESS if demo else printing.PDF)
    printing.print_pdf(paper, only.name, "نامهٔ ۱۴۰۵/۲۱/۱")
    (kept,) = tmp_path.rglob("*.pdf")
    assert kept.name == "نامهٔ ۱۴۰۵-۲۱-۱.pdf"
    assert kept.read_bytes() == paper


def test_a_second_paper_of_one_title_never_covers_the_first(
    spooler: Spooler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler.set_queues()
    monkeypatch.setenv("HOME", str(tmp_path))
    for content in (b"one", b"two"):
        printing.print_pdf(content, printing.PDF, "رسید ثبت")
    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*.pdf")}
    assert kept == {"رسید ثبت.pdf": b"one", "رسید ثبت (۲).pdf": b"two"}


@pytest.mark.parametrize(
    ("title", "in_place", "why"),
    [("ن" * 200, False, "نام آن بلندتر"), ("نامه", True, "آن پوشه هست")],
)
def test_why_the_file_was_not_written_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, in_place: bool, why: str
) -> None:
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda _: str(tmp_path / "اسناد"))
    )
    if in_place:
        (tmp_path / "اسناد").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Refusal, match=why):
        printing.print_pdf(b"%PDF-", printing.PDF, title)


def test_pages_are_images_as_wide_as_asked(paper: bytes, qtbot: QtBot) -> None:
    first, second = pages(paper, 400)
    assert (first.width(), second.width()) == (400, 400)
    assert abs(first.height() - 566) <= 1
    assert first.pixelColor(100, 500).blue() > 100
    assert first.pixelColor(5, 5).red() == 255


@pytest.mark.long
def test_pages_painted_for_a_printer_keep_their_size(
    paper: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "out.pdf"))
    device.setResolution(600)
    device.setFullPage(True)
    printing.paint_pages(device, pages_at(paper, 600))
    out = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    sizes = [page.get_size() for page in out]
    out.close()
    assert [(round(w), round(h)) for w, h in sizes] == [(595, 842), (420, 595)]
    _same_picture((tmp_path / "out.pdf").read_bytes(), paper)


def _same_picture(one: bytes, other: bytes) -> None:
    for mine, theirs in zip(pages(one, 240), pages(other, 240), strict=True):
        assert _dark(mine) == pytest.approx(_dark(theirs), abs=0.02)
        assert _dark(mine) > 0.01


def _dark(image: QImage) -> float:
    small = image.scaled(120, 170)
    points = [(x, y) for x in range(120) for y in range(170)]
    return sum(small.pixelColor(x, y).red() < 160 for x, y in points) / len(points)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Path]:
    """A scheduler of its own with one queue, «desk», that prints into the file given."""
    # What runs the filters is another user, so the folder is no private one of the test's; a
    # scheduler prints to no file in memory.
    folder = Path(tempfile.mkdtemp(prefix="queue-", dir="/var/tmp"))
    folder.chmod(0o755)
    for name in ("root", "spool", "tmp", "cache", "state", "out"):
        (folder / name).mkdir()
    (folder / "tmp").chmod(0o1777)
    (folder / "cupsd.conf").write_text(_CUPSD.format(folder=folder), encoding="ascii")
    files = _FILES.format(folder=folder)
    (folder / "cups-files.conf").write_text(files, encoding="ascii")
    arguments = ("-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf")
    scheduler = subprocess.Popen(["cupsd", *arguments])
    monkeypatch.setenv("CUPS_SERVER", str(folder / "socket"))
    try:
        qtbot.waitUntil(lambda: (folder / "socket").exists(), timeout=10_000)
        subprocess.run(
            ["lpadmin", "-p", "desk", "-E", "-v", f"file://{folder}/out/printed", "-P", _DRIVER],
            check=True,
            capture_output=True,
        )
        yield folder / "out" / "printed"
    finally:
        scheduler.terminate()
        scheduler.wait(20)
        shutil.rmtree(folder)


_DRIVER = "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd"
_CUPSD = """LogLevel warn
Listen {folder}/socket
DefaultAuthType None
WebInterface No
Browsing No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
_FILES = """FileDevice Yes
Sandboxing Relaxed
ServerRoot {folder}/root
RequestRoot {folder}/spool
TempDir {folder}/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
User lp
Group lp
"""


@pytest.mark.slow
def test_a_real_queue_prints_the_letter_it_was_handed(queue: Path, qtbot: QtBot) -> None:
    letter = draw(samples.letter(), samples.RELEASE, layout=LAYOUT, copy=1)
    assert [p.name for p in printing.printers()] == ["desk"]
    printing.print_pdf(letter, "desk", "نامهٔ ۱۴۰۵/۲۱/۱")

    def done() -> bool:
        listed = ["lpstat", "-W", "completed", "-o"]
        return b"desk-1" in subprocess.run(listed, capture_output=True, check=True).stdout

    qtbot.waitUntil(done, timeout=60_000)
    assert queue.read_bytes().startswith(b"%!PS")
    printed = queue.with_suffix(".pdf")
    subprocess.run(["ps2pdf", str(queue), str(printed)], check=True, capture_output=True)
    _same_picture(printed.read_bytes(), letter)


def test_a_queue_that_is_not_there_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    assert printing.printers() == (printing.Printer(printing.PDF),)
    with pytest.raises(Refusal) as told:
        printing.print_pdf(b"%PDF-1.4", "desk", "letter")
    assert "desk" in told.value.words
