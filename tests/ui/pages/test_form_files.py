"""Papers in the case form: dropped, pasted, chosen, scanned; looked at, turned, taken out, kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import board, documents, drafts
from desktop.actions.intake import FEE
from desktop.domain.request import DocumentFile
from desktop.scans.folder import ATTACHED
from desktop.trial.scanned import paper, photograph, save
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.tabs import DOCUMENTS
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.papers.document_papers import DocumentPapers
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.widgets.told.toast import Toast
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk, a_form
from tests.ui.pages.paper_hands import settle

Key = Qt.Key
DEED = "deed"
# What is led to is brought again while what stands above still changes.
_SETTLED_MS = 250


@pytest.fixture
def clerk(kept_office: Office, qtbot: QtBot) -> Clerk:
    """The clerk at an empty form; who was there before may have left drafts."""
    QSettings().remove("scanner")
    return Clerk(kept_office, qtbot)


@pytest.fixture
def fresh_clerk(office: Office, qtbot: QtBot) -> Clerk:
    """The same in an office that has seen nothing yet."""
    return Clerk(office, qtbot)


def row_of(clerk: Clerk, key: str = DEED) -> DocumentRow:
    return clerk.body.documents.rows[key]


def box_of(clerk: Clerk, key: str = DEED) -> DocumentPapers:
    box = row_of(clerk, key).papers
    assert box is not None
    return box


def drop(clerk: Clerk, *paths: Path, key: str = DEED) -> None:
    """Drag the files over a document's row and let go."""
    row = row_of(clerk, key)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    centre = row.rect().center()
    enter = QDragEnterEvent(
        centre,
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(row, enter)
    assert enter.isAccepted()
    let_go = QDropEvent(
        QPointF(centre),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(row, let_go)
    QApplication.processEvents()


@pytest.fixture
def taken(tmp_path: Path) -> Callable[..., Path]:
    """Makes photographs of a deed."""

    def take(name: str, **how: float) -> Path:
        return save(photograph(paper("سند مالکیت"), **{"wide": 1600, **how}), tmp_path / name)  # type: ignore[arg-type]

    return take


def pages_of(clerk: Clerk, key: str = DEED) -> int:
    """How many pages the form would register."""
    seen = next(document for document in clerk.body.documents.seen() if document.key == key)
    return seen.file.pages if seen.file else 0


@pytest.mark.long
def test_dropped_pictures_become_pages_of_the_document(
    clerk: Clerk, taken: Callable[..., Path]
) -> None:
    drop(clerk, taken("a.jpg"), taken("b.png", angle=-3))
    assert [thumb.has_image() for thumb in box_of(clerk).strip.thumbs] == [True, True]
    assert pages_of(clerk) == 2
    assert box_of(clerk).words.text() == ""


@pytest.mark.long
def test_a_picture_is_pasted_and_files_are_chosen(clerk: Clerk, taken: Callable[..., Path]) -> None:
    row = row_of(clerk)
    QApplication.clipboard().setImage(QImage(str(taken("a.png"))))
    row.clip.setFocus()
    press(clerk.page, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pages_of(clerk) == 1
    clerk.body.documents.files.pick = lambda _: [taken("b.jpg"), taken("c.jpg")]
    row.clip.click()
    assert pages_of(clerk) == 3
    QApplication.clipboard().setText("متن")
    press(clerk.page, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "در حافظه عکس یا فایلی نیست" in box_of(clerk).words.text()
    assert pages_of(clerk) == 3


@pytest.mark.long
def test_a_bad_file_is_told_under_its_document_and_the_good_ones_stay(
    clerk: Clerk, taken: Callable[..., Path], tmp_path: Path
) -> None:
    liar = tmp_path / "scan.jpg"
    liar.write_text("این عکس نیست")
    drop(clerk, taken("a.jpg"), liar)
    assert pages_of(clerk) == 1
    assert "نه عکس است و نه PDF" in box_of(clerk).words.text()
    assert "scan.jpg" in box_of(clerk).words.text()
    # Of any size up to what fits into memory a picture becomes a page; beyond that it is told.
    for size, told in ((40, ""), (129, "بزرگ‌تر است")):
        camera = taken(f"camera-{size}.jpg")
        with camera.open("r+b") as whole:
            whole.truncate(size << 20)
        before = pages_of(clerk)
        drop(clerk, camera)
        assert told in box_of(clerk).words.text()
        assert pages_of(clerk) == before + (not told)
    drop(clerk, tmp_path / "gone.jpg")
    assert "در جای خود نیست" in box_of(clerk).words.text()
    assert pages_of(clerk) == 2


@pytest.mark.long
@pytest.mark.parametrize("zoom", [100, 150])
def test_what_is_wrong_with_a_file_is_wholly_in_sight(
    kept_office: Office, qtbot: QtBot, tmp_path: Path, zoom: int
) -> None:
    clerk = Clerk(kept_office, qtbot, "completion")
    kept_office.window.set_look(Look(Theme.LIGHT, zoom, motion=False))
    liar = tmp_path / "scan.jpg"
    liar.write_text("این عکس نیست")
    clerk.body.documents.files.pick = lambda _: [liar]
    # Each that is told makes its row higher: one of them comes to stand at the fold.
    for key, row in clerk.body.documents.rows.items():
        clerk.page.jump(f"document.{key}")
        settle()
        row.clip.setFocus()
        row.clip.click()
        qtbot.wait(_SETTLED_MS)
        told = box_of(clerk, key).words
        assert "نه عکس است و نه PDF" in told.text()
        assert told.visibleRegion().boundingRect() == told.rect(), key
    kept_office.window.set_look(Look(Theme.LIGHT, 100, motion=False))


@pytest.mark.long
def test_what_can_not_be_read_is_told_at_once_and_may_be_accepted(
    clerk: Clerk, taken: Callable[..., Path]
) -> None:
    drop(clerk, taken("dark.jpg", light=0.2))
    box = box_of(clerk)
    assert box.words.text().startswith("صفحهٔ ۱ تاریک است؛")
    assert "خوانا نیست" in row_of(clerk).accessibleName()
    box.accept.click()
    assert box_of(clerk).words.text() == ""
    assert "خوانا نیست" not in row_of(clerk).accessibleName()
    assert pages_of(clerk) == 1


@pytest.mark.long
def test_a_page_that_can_not_be_read_remains_until_it_is_accepted(
    clerk: Clerk, taken: Callable[..., Path]
) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    remains = clerk.page.panel.remains
    clerk.qtbot.waitUntil(lambda: remains.sentence() == "کارمزد مانده")
    drop(clerk, taken("dark.jpg", light=0.2))
    clerk.qtbot.waitUntil(lambda: remains.sentence() == "۱ مورد و کارمزد مانده")
    assert clerk.body.documents.summary_words() == "۳ از ۴ کامل"
    box_of(clerk).accept.click()
    clerk.qtbot.waitUntil(lambda: remains.sentence() == "کارمزد مانده")


@pytest.mark.long
def test_pages_are_turned_and_taken_out_and_brought_back(
    clerk: Clerk, taken: Callable[..., Path]
) -> None:
    drop(clerk, taken("a.jpg"), taken("b.jpg", angle=0))
    before = clerk.body.documents.files.papers(DEED)
    first = box_of(clerk).strip.thumbs[0]
    first.setFocus()
    press(clerk.page, Key.Key_Delete)
    assert pages_of(clerk) == 1
    toast = clerk.office.window.findChild(Toast)
    assert toast is not None
    assert "حذف شد" in toast.words.text()
    toast.link.click()
    assert clerk.body.documents.files.papers(DEED) == before
    box_of(clerk).strip.turned.emit(1)
    turned = clerk.body.documents.files.papers(DEED)
    assert turned.pages[0] == before.pages[0]
    assert turned.pages[1] != before.pages[1]


@pytest.mark.long
def test_a_page_is_looked_at_and_the_focus_comes_back(
    clerk: Clerk, taken: Callable[..., Path]
) -> None:
    drop(clerk, taken("a.jpg"), taken("b.jpg"))
    thumb = box_of(clerk).strip.thumbs[1]
    thumb.setFocus()
    press(clerk.page, Key.Key_Return)
    QApplication.processEvents()
    cover = clerk.page.papers.document_cover
    assert cover.isVisible()
    assert "۲ صفحه" in cover.title.text()
    assert cover.frame.pdf().startswith(b"%PDF")
    assert cover.frame.hasFocus()
    press(clerk.page, Key.Key_Escape)
    assert not cover.isVisible()
    assert thumb.hasFocus()
    assert isinstance(clerk.office.page, CaseForm)


@pytest.mark.long
def test_pages_are_there_again_with_the_draft(
    fresh_clerk: Clerk, taken: Callable[..., Path]
) -> None:
    clerk = fresh_clerk
    clerk.fill_party(a_form(clerk.office))
    drop(clerk, taken("a.jpg"))
    held = clerk.body.documents.files.papers(DEED)
    clerk.office.go(places.Home())
    clerk.open("no-violation", clerk_draft(clerk))
    assert clerk.body.documents.files.papers(DEED) == held
    assert len(box_of(clerk).strip.thumbs) == 1


def clerk_draft(clerk: Clerk) -> str:
    """The id of the only draft."""
    (draft,) = drafts.mine(clerk.office.window.seat)
    return draft.draft_id


@pytest.mark.long
def test_a_registered_paper_is_seen_at_the_counter_and_by_the_municipality(
    fresh_clerk: Clerk, taken: Callable[..., Path]
) -> None:
    clerk = fresh_clerk
    office = clerk.office
    filled = a_form(office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    drop(clerk, taken("a.jpg"))
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    clerk.register()
    case_id = office.case_id
    view = board.look(office.house.office.desk, case_id)
    assert view.case is not None
    file = next(d for d in view.case.request.documents if d.key == DEED).file
    assert file is not None
    assert documents.content(office.crew.supervisor, case_id, file).startswith(b"%PDF")
    page = office.go(places.Case(case_id))
    assert isinstance(page, CasePage)
    page.tabs.open(DOCUMENTS)
    look = next(link for link in page.tabs.findChildren(Link) if link.text() == "دیدن ۱ صفحه")
    look.click()
    assert page.cover.isVisible()
    assert page.cover.frame.pdf() == documents.content(office.crew.clerk, case_id, file)


@pytest.mark.long
def test_a_scan_comes_from_the_folder_and_is_put_away(
    clerk: Clerk, taken: Callable[..., Path], tmp_path: Path
) -> None:
    folder = tmp_path / "scanner"
    folder.mkdir()
    strip = clerk.body.documents.scanner
    strip.pick = lambda _: str(folder)
    strip.link.click()
    strip.look()
    taken("scan-1.jpg").rename(folder / "scan-1.jpg")
    strip.look()
    assert not strip.attach.isVisible()
    strip.look()
    assert strip.attach.isVisible()
    # At once, not with the next look: a scan is pressed into the row where the keys are.
    clerk.page.jump("document.deed")
    assert strip.attach.text() == f"پیوست به «{clerk.body.documents.rows['deed'].words()}»"
    strip.attach.click()
    assert pages_of(clerk) == 1
    assert [path.name for path in folder.iterdir()] == [ATTACHED]
    strip.look()
    strip.look()
    assert not strip.attach.isVisible()


@pytest.mark.long
def test_scans_alone_are_a_draft(fresh_clerk: Clerk, taken: Callable[..., Path]) -> None:
    clerk = fresh_clerk
    drop(clerk, taken("a.jpg"))
    clerk.office.go(places.Home())
    clerk.open("no-violation", clerk_draft(clerk))
    assert pages_of(clerk) == 1


@pytest.mark.slow
def test_a_scan_stays_aimed_while_one_goes_to_its_button(clerk: Clerk) -> None:
    part = clerk.body.documents
    part.scanner.show_arrived([Path("scan.jpg")])
    last = list(part.rows)[-1]
    clerk.page.jump(f"document.{last}")
    part.scanner.look()
    part.scanner.attach.setFocus()
    part.scanner.look()
    assert part.rows[last].words() in part.scanner.attach.text()


@pytest.mark.slow
def test_a_late_document_does_not_show_under_another_title(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = clerk.page.papers.document_cover
    late: list[Callable[[], None]] = []

    def run(
        owner: object,
        job: Callable[[], bytes],
        then: Callable[[bytes], None],
        *_: object,
        **__: object,
    ) -> None:
        if owner is shown:
            late.append(lambda: then(job()))

    first, second = DocumentFile("a" * 64, 10, 1), DocumentFile("b" * 64, 10, 1)
    monkeypatch.setattr(documents, "content", lambda _seat, _case, file: file.sha256.encode())
    monkeypatch.setattr(shown._work, "run", run)
    for title, file in (("نخست", first), ("دوم", second)):
        shown.show_document(clerk.office.window.seat, "c", title, file)
    seen: list[bytes] = []
    monkeypatch.setattr(shown.frame, "set_pdf", seen.append)
    late[1]()
    late[0]()
    assert seen == [b"b" * 64]


@pytest.mark.long
def test_enter_stops_at_the_clip_where_a_scan_is_asked(kept_office: Office, qtbot: QtBot) -> None:
    """And where the scan alone is missing, the number and the date that are right stay plain."""
    clerk = Clerk(kept_office, qtbot, "inquiry")
    (row,) = [each for each in clerk.body.documents.rows.values() if each.clip.asked]
    row.seen.setFocus()
    press(clerk.page, Qt.Key.Key_Space)
    clerk.enter()
    for text in ("1181", "1405/08/03"):
        clerk.type(text)
        clerk.enter()
        if row.date is None:
            break
    assert row.clip.hasFocus()
    clerk.page.jump("party.person_id")
    clerk.register()
    assert row.error()
    assert (row.number.state(), row.clip._wrong) == ("", True)
    assert row.date is None or row.date.state() == ""
    clerk.attach(row.key)
    clerk.register()
    assert not row.clip._wrong
    row.seen.setFocus()
    for _ in range(2 if row.date is None else 3):
        clerk.enter()
    assert not row.clip.hasFocus()
