"""بررسی اصالت: whether a letter is true and still holds, for whoever brings its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent

from desktop.actions import checked, checking
from desktop.actions.checked import CheckedLetter, KeptCheck
from desktop.actions.checking import FoundLetter, Short
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import choosing, places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.checking.camera import CameraCard
from desktop.ui.pages.checking.code_line import CodeLine
from desktop.ui.pages.checking.compare import Compare
from desktop.ui.pages.checking.done import done_with
from desktop.ui.pages.checking.today import Today
from desktop.ui.pages.checking.verdict import NONE, UNLISTED, VerdictCard
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.lists.timeline import Happening, Timeline
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed, Job

_NAME = "بررسی اصالت"
_KINDS = "نامه یا عکس آن (*.pdf *.png *.jpg *.jpeg *.webp *.tif *.tiff)"
_SHORT = 10
_LARGEST = 40_000_000
_NOTHING = "نامه‌ای بررسی نشده است"
_HOW = "رمزینهٔ پایین نامه را بخوانید، فایل یا عکس آن را باز کنید، یا کد کوتاه زیر آن را بنویسید."
_NO_LINE = "خط قطع است؛ با فهرستی که این رایانه دارد بررسی می‌شود."
_TOO_LARGE = "این فایل بزرگ‌تر از یک نامه است."
_UNREADABLE = "این فایل خوانده نمی‌شود."
_EMPTY = "رمزینه یا کد کوتاه را وارد کنید."
_UNLISTED = "در فهرست ابطال نیست"
_ONLY_VOID = "با کد کوتاه تنها ابطال دیده می‌شود؛ برای امضا رمزینه را بخوانید."
_EYE = "رمزینه درست است؛ کاغذ را با چشم بسنجید. اگر حتی یک رقم یکسان نیست، نامه را نپذیرید."
_TOLD = "به مسئول دفتر و شهرداری خبر داده می‌شود."
_PICTURE = "تصویر کاغذ"
_SLIP = "نتیجهٔ بررسی"
# What is held against the paper; all else stands beside it.
_COMPARED = ("شماره", "تاریخ", "مالک", "مبلغ (ریال)", "پلاک ثبتی", "نتیجه", "اعتبار تا")


@dataclass(frozen=True)
class _Told:
    """What was found of a letter and what it says, what was done with it here, and what was checked
    today."""

    kept: KeptCheck
    rows: Sequence[tuple[str, str]]
    done: Sequence[Happening]
    today: Sequence[CheckedLetter]


@dataclass(frozen=True)
class _ByShortCode:
    """What the list says of a short code (None: nothing), to which day it reaches, and what was
    checked today."""

    told: Short | None
    voids: str
    today: Sequence[CheckedLetter]


class CheckPage(Acting):
    """Enter checks what was read, F6 opens a file or a picture, F9 the camera, Space ticks what is
    the same on the paper, F8 prints what was found, Ctrl+Enter is for the next."""

    place: places.Check

    listens = frozenset({Kind.DAY})
    rail = "check"

    def __init__(self, shell: Shell, place: places.Check) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading(_NAME, "نامه‌های هر دفتر شهر"))
        self.setAcceptDrops(True)
        self.kept: KeptCheck | None = None
        # What was read of the paper, where that was a picture or a file.
        self._content = b""
        # Whoever held a paper before the camera holds the next there too.
        self._by_camera = False
        self.line = CodeLine()
        # What of it was looked up last.
        self._judged = ""
        self.field = FormField("رمزینه یا کد کوتاه", self.line, key="short_code")
        self.line.setText(place.typed)
        self.line.edited.connect(self._typed)
        self.line.returnPressed.connect(self.check)
        self.camera = CameraCard(shell.work)
        self.camera.read.connect(self._read)
        self.camera.gone.connect(self._arrange)
        self.away = Banner(_NO_LINE, "neutral", icon="wifi-off")
        self.away.hide()
        self.beside = Banner("", "pay")
        self.eye = Banner(_EYE, "pay", icon="eye")
        self.verdict = VerdictCard()
        self.compare, self.said, self.done = Compare(), Pairs(), Timeline()
        self.compare.counted.connect(self._arrange)
        self.compare.differs.connect(self._differ)
        municipal = shell.seat.staff.role.is_municipal
        here = "در شهرداری" if municipal else "در این دفتر"
        self._says, self._here = Card("این نامه"), Card(here, " ")
        self.case = self._here.add_link("باز کردن پرونده")
        self.case.clicked.connect(self._open_case)
        self.checks = Today()
        self.checks.asked.connect(self._show_picture)
        self.cover = PaperCover(shell.work, self)
        self._build()
        self._show_nothing()

    def _build(self) -> None:
        self._says.add(self.said)
        self._here.add(self.done)
        cards = Row(gap=12)
        top = Qt.AlignmentFlag.AlignTop
        cards.addWidget(self.compare, 9, top)
        beside = Column(self._says, self._here, gap=12)
        beside.addStretch(1)
        cards.addLayout(beside, 8)
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20), full=True)
        for part in (self.field, self.camera, self.away, self.verdict, self.beside):
            scroller.add(part)
        scroller.content.addLayout(cards)
        scroller.add(self.eye)
        scroller.add(self.checks)
        scroller.content.addStretch(1)
        self.setLayout(Column(scroller, gap=0))

    def enter(self) -> None:
        """Newer keys and a newer list, while the paper is taken up."""
        self._arrange()
        self.camera.ask()
        self.take_focus()
        self.flow(self._renewing())
        self.flow(self._looking_back())

    def leave(self) -> None:
        """The camera is for others."""
        self.camera.close_camera()

    def refresh(self, changed: Changed) -> None:
        """A new day: yesterday's list is one of yesterday."""
        self.flow(self._renewing())
        self.flow(self._looking_back())

    def take_focus(self) -> None:
        """Where a scanner types."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: str) -> bool:
        """F6 opens a file, F9 the camera, F5 asks for a newer list, F8 shows what was found as a
        paper."""
        if self.cover.isVisible():
            return key == "Esc" and self.cover.close_cover()
        if key == "Esc":
            return self.camera.close_camera()
        if key == "F9" and self.camera.sources:
            self.look()
            return True
        if key == "F6":
            self.choose()
        elif key == "F5":
            self.flow(self._renewing())
        elif key == "F8" and self.kept is not None:
            self.show_slip()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A scanner types into the line from wherever the ticks have led."""
        typed = event.text()
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if typed.strip() and typed.isprintable() and not event.modifiers() & commands:
            self.take_focus()
            self.line.insert(typed)
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self.field.set_error(None)
        self.place = places.Check(self.line.text())

    def _clear_line(self) -> None:
        self.line.clear()
        self.place = places.Check()

    async def _looking_back(self) -> None:
        self.checks.show_checks(await Job(partial(checked.of_today, self.shell.seat)))

    async def _renewing(self) -> None:
        renew = partial(checking.renew, self.shell.seat.desk)
        try:
            await Job(renew, line=True)
        except Refusal:
            # Without a line, and by a program that the centre does not answer, what is here counts.
            self.away.show()
        else:
            self.away.hide()

    # Ways in.

    def look(self) -> None:
        """F9: the code is held before the camera."""
        self.camera.open_camera()
        self._arrange()

    def _read(self, code: str) -> None:
        """The camera saw a code: its picture freezes and stays with the check."""
        if self.acting:
            self.camera.go_on()
        else:
            self.act(self._checking_code(code, self.camera.picture))

    async def _checking_code(self, code: str, picture: bytes) -> None:
        seat = self.shell.seat
        find = partial(checking.check_code, seat.desk, code)
        try:
            told = await self.acting_on(partial(_told, seat, find))
        except Refusal as no:
            self._wrong(no.words)
            self.camera.go_on()
            return
        self._show(told, picture, by_camera=True)
        self.camera.close_camera()

    @act
    async def check(self) -> None:
        """What was read by a scanner, pasted, or typed."""
        self._judged = typed = self.line.value()
        if not typed.strip():
            self._wrong(_EMPTY)
            return
        seat = self.shell.seat
        try:
            if len(typed.replace(" ", "")) <= _SHORT + 2:
                self._show_short(await self.acting_on(partial(_by_short_code, seat, typed)))
            else:
                find = partial(checking.check_code, seat.desk, typed)
                self._show(await self.acting_on(partial(_told, seat, find)))
        except Refusal as no:
            self._wrong(no.words)

    def choose(self) -> None:
        """A letter's file, or a picture of one."""
        path = choosing.open_file(self, "گزینش نامه یا عکس آن", _KINDS)
        if path is not None:
            self.check_path(path)

    def check_path(self, path: Path) -> None:
        """A file that was chosen or dropped."""
        self.act(self._checking(path))

    async def _checking(self, path: Path) -> None:
        seat = self.shell.seat
        try:
            content = await self.acting_on(partial(_content, path))
            find = partial(checking.check_file, seat.desk, content)
            self._show(await self.acting_on(partial(_told, seat, find)), content)
        except Refusal as no:
            self._show_nothing()
            self.shell.tell(no.words, "refuse")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if it had been chosen."""
        event.acceptProposedAction()
        path = _dropped(event)
        if path is not None:
            self.check_path(path)

    # What is shown.

    def _wrong(self, words: str) -> None:
        self._show_nothing()
        self.field.set_error(words)
        self.take_focus()

    def _show_nothing(self) -> None:
        self.kept = None
        self.verdict.say(NONE, _NOTHING, _HOW)
        self._show_rows([], compared=False)
        for part in (self.beside, self.eye, self._here):
            part.hide()
        self._arrange()

    def _show_short(self, found: _ByShortCode) -> None:
        self._show_nothing()
        self.checks.show_checks(found.today)
        told = found.told
        if told is None:
            self.verdict.say(UNLISTED, _UNLISTED, _ONLY_VOID, found.voids)
        else:
            self.verdict.say(told.kind, told.word, told.sentence, found.voids)
            number = isolate(to_persian_digits(told.number))
            self._show_rows([("شماره", number)], compared=False)
        self._arrange()

    def _show(self, told: _Told, content: bytes = b"", *, by_camera: bool = False) -> None:
        self.kept, self._content, self._by_camera = told.kept, content, by_camera
        found = told.kept.found
        judged = found.checked.judged
        self._say_verdict(found)
        self._show_rows(told.rows, compared=judged.ended is None)
        beside = checking.file_sentence(found.checked)
        self.beside.set_words(beside)
        self.beside.setVisible(bool(beside))
        self.eye.setVisible(checking.is_valid(judged))
        self.done.set_happenings(told.done)
        self._here.setVisible(self._leads is not None)
        self.checks.show_checks(told.today)
        self._clear_line()
        self._arrange()
        first = self.compare.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_verdict(self, found: FoundLetter) -> None:
        judged = found.checked.judged
        word, why = checking.headline(judged, found.on), checking.reason(judged)
        self.verdict.say(judged.verdict.value, word, why, checking.voids(judged))

    def _show_rows(self, rows: Sequence[tuple[str, str]], *, compared: bool) -> None:
        self.said.clear()
        lines = [row for row in rows if compared and row[0] in _COMPARED]
        self.compare.show_lines(lines)
        for name, value in rows:
            if (name, value) not in lines:
                self.said.add(name, value)
        self.compare.setVisible(bool(lines))
        self._says.setVisible(len(lines) < len(rows))

    @act
    async def _differ(self) -> None:
        kept = self.kept
        if kept is None:
            return
        seat, names, content = self.shell.seat, self.compare.differing, self._content
        await self.acting_on(partial(checked.differ, seat, kept, names, content), papers=True)
        if self.kept is not kept:
            # The next paper was taken up meanwhile.
            return
        while self.compare.differing != names:
            # Ticked otherwise while that was kept: what is said last counts.
            names = self.compare.differing
            await self.acting_on(partial(checked.differ, seat, kept, names, content), papers=True)
        judged = kept.found.checked.judged
        if names:
            words = f"{checked.differing_words(names)} {_TOLD}"
            self.verdict.say("false", checked.DIFFERS, words, checking.voids(judged))
        else:
            self._say_verdict(kept.found)
        self.eye.setVisible(not names and checking.is_valid(judged))
        self._arrange()
        # The verdict is above, where the line is that the next paper is read into.
        self.take_focus()
        await self._looking_back()

    def show_slip(self) -> None:
        """F8: what was found, on paper for who brought the letter."""
        kept = self.kept
        if kept is None:
            return
        seat, names = self.shell.seat, self.compare.differing
        self.cover.show_paper(_SLIP, partial(checked.slip, seat, kept, names))

    def _show_picture(self, check: CheckedLetter) -> None:
        self.cover.show_paper(_PICTURE, partial(checked.picture, self.shell.seat, check))

    @property
    def _leads(self) -> Place | None:
        """Where the letter's case is opened from here; None where it is not known."""
        if self.kept is None:
            return None
        found = self.kept.found
        if found.case_id:
            return places.Case(found.case_id)
        number = checking.number_of(found.checked.judged)
        if number and self.shell.seat.staff.role.is_municipal:
            return places.MunicipalQueue(typed=number)
        return None

    def _open_case(self) -> None:
        if self._leads is not None:
            self.shell.go(self._leads)

    def next(self) -> None:
        """The next paper; first the one whose code was typed."""
        if self.line.value().strip() and self.line.value() != self._judged:
            self.check()
            return
        self._clear_line()
        self._show_nothing()
        if self._by_camera:
            self.look()
        self.take_focus()

    def _arrange(self) -> None:
        if self.bar is None:
            return
        first = self.verdict.kind == NONE
        following = Button(
            "بررسی نامه" if first else "بررسی نامهٔ بعدی", "main", icon="qrcode", keys="Ctrl+Enter"
        )
        following.clicked.connect(self.next)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        file = Button("فایل یا عکس نامه", "quiet", icon="folder-open", keys="F6", tall=True)
        file.clicked.connect(self.choose)
        quiets = [back, file]
        if self.camera.sources and not self.camera.is_open:
            camera = Button("دوربین", "quiet", icon="camera", keys="F9", tall=True)
            camera.clicked.connect(self.look)
            quiets.append(camera)
        if self.kept is not None:
            slip = Button("چاپ نتیجه", "quiet", icon="printer", keys="F8", tall=True)
            slip.clicked.connect(self.show_slip)
            quiets.append(slip)
        left = self.compare.left()
        words = to_persian_digits(f"{left} مورد مانده") if left else ""
        self.bar.arrange(main=following, quiets=quiets, sentence=words)


def _told(seat: Seat, find: Callable[[], FoundLetter]) -> _Told:
    found = find()
    kept = checked.keep(seat, found)
    rows = checking.lines(found.checked.judged, checking.titles(seat.desk))
    return _Told(kept, rows, done_with(seat.desk, found), checked.of_today(seat))


def _by_short_code(seat: Seat, typed: str) -> _ByShortCode:
    told = checking.check_short(seat.desk, typed)
    if told is not None:
        checked.keep_short(seat, told)
    return _ByShortCode(told, checking.voids_listed(seat.desk), checked.of_today(seat))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise Refusal(_TOO_LARGE)
        return path.read_bytes()
    except OSError:
        raise Refusal(_UNREADABLE) from None


def _dropped(event: QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].is_file() else None
