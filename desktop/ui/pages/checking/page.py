"""بررسی اصالت: whether a letter is true and still holds, for whoever brings its paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from desktop.actions import checking
from desktop.actions.checking import Found, Short
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import choosing, places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.checking.code_line import CodeLine
from desktop.ui.pages.checking.verdict import NONE, UNLISTED, VerdictCard
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.pairs import Pairs
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed, Job

_NAME = "بررسی اصالت"
_KINDS = "نامه یا عکس آن (*.pdf *.png *.jpg *.jpeg *.webp *.tif *.tiff)"
_SHORT = 10
_LARGEST = 40_000_000
_NOTHING = "نامه‌ای بررسی نشده است"
_HOW = "رمزینهٔ پایین نامه را بخوانید، پرونده یا عکس آن را باز کنید، یا کد کوتاه زیر آن را بنویسید."
_NO_LINE = "خط قطع است؛ با فهرستی که این رایانه دارد بررسی می‌شود."
_TOO_LARGE = "این پرونده بزرگ‌تر از یک نامه است."
_UNREADABLE = "این پرونده خوانده نمی‌شود."
_EMPTY = "رمزینه یا کد کوتاه را وارد کنید."
_UNLISTED = "در فهرست ابطال نیست"
_ONLY_VOID = "با کد کوتاه تنها ابطال دیده می‌شود؛ برای امضا رمزینه را بخوانید."
_EYE = "رمزینه درست است؛ کاغذ را با چشم بسنجید. اگر حتی یک رقم یکسان نیست، نامه را نپذیرید."
# What is held against the paper; all else stands beside it.
_COMPARED = ("شماره", "تاریخ", "مالک", "مبلغ (ریال)", "پلاک ثبتی", "اعتبار تا")


class CheckPage(Acting):
    """Enter checks what was read, F6 opens a file or a picture, Ctrl+Enter is for the next."""

    place: places.Check

    listens = frozenset({Kind.DAY})
    rail = "check"

    def __init__(self, shell: Shell, place: places.Check) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading(_NAME, "نامه‌های هر دفتر شهر"))
        self.setAcceptDrops(True)
        self.found: Found | None = None
        self.line = CodeLine()
        self.field = FormField("رمزینه یا کد کوتاه", self.line, key="short_code")
        self.line.edited.connect(lambda: self.field.set_error(None))
        self.line.returnPressed.connect(self.check)
        self.away = Banner(_NO_LINE, "neutral", icon="wifi-off")
        self.beside = Banner("", "pay")
        self.eye = Banner(_EYE, "pay", icon="eye")
        self.verdict = VerdictCard()
        self.compared, self.said = Pairs(), Pairs()
        self._compare, self._says = Card("این‌ها را با کاغذ مقایسه کنید"), Card("نامه چه می‌گوید")
        self.case = Link("باز کردن پروندهٔ این نامه")
        self.case.clicked.connect(self._open_case)
        self._build()
        self._show_nothing()

    def _build(self) -> None:
        self._compare.add(self.compared)
        self._compare.add(self.case)
        self._says.add(self.said)
        cards = Row(gap=12)
        top = Qt.AlignmentFlag.AlignTop
        cards.addWidget(self._compare, 9, top)
        cards.addWidget(self._says, 8, top)
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20), full=True)
        for part in (self.field, self.away, self.verdict, self.beside):
            scroller.add(part)
        scroller.content.addLayout(cards)
        scroller.add(self.eye)
        scroller.content.addStretch(1)
        self.setLayout(Column(scroller, gap=0))

    def enter(self) -> None:
        """Newer keys and a newer list, while the paper is taken up."""
        self._arrange()
        self.take_focus()
        self.flow(self._renewing())

    def refresh(self, changed: Changed) -> None:
        """A new day: yesterday's list is one of yesterday."""
        self.flow(self._renewing())

    def take_focus(self) -> None:
        """Where a scanner types."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: str) -> bool:
        """F6 opens a file, F5 asks for a newer list."""
        if key == "F6":
            self.choose()
        elif key == "F5":
            self.flow(self._renewing())
        else:
            return False
        return True

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

    @act
    async def check(self) -> None:
        """What was read by a scanner, pasted, or typed."""
        typed = self.line.value()
        if not typed.strip():
            self._wrong(_EMPTY)
            return
        desk = self.shell.seat.desk
        try:
            if len(typed.replace(" ", "")) <= _SHORT + 2:
                ended = await self.acting_on(partial(checking.check_short, desk, typed))
                self._show_short(ended)
            else:
                self._show(await self.acting_on(partial(checking.check_code, desk, typed)))
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
        desk = self.shell.seat.desk
        try:
            self._show(await self.acting_on(lambda: checking.check_file(desk, _content(path))))
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
        self.found = None
        self.verdict.say(NONE, _NOTHING, _HOW)
        self._show_rows([])
        for part in (self.beside, self.eye, self.away):
            part.hide()

    def _show_short(self, told: Short | None) -> None:
        self._show_nothing()
        if told is None:
            self.verdict.say(UNLISTED, _UNLISTED, _ONLY_VOID)
            return
        self.verdict.say(told.kind, told.word, told.sentence)
        self._show_rows([("شماره", isolate(to_persian_digits(told.number)))])

    def _show(self, found: Found) -> None:
        self.found = found
        judged = found.checked.judged
        word, why = checking.headline(judged), checking.reason(judged)
        self.verdict.say(judged.verdict.value, word, why)
        titles = checking.titles(self.shell.seat.desk)
        self._show_rows(checking.lines(judged, titles))
        beside = checking.file_sentence(found.checked)
        self.beside.set_words(beside)
        self.beside.setVisible(bool(beside))
        self.eye.setVisible(checking.is_valid(judged))
        self.case.setVisible(bool(found.case_id))
        self.line.clear()
        self._arrange()

    def _show_rows(self, rows: list[tuple[str, str]]) -> None:
        self.compared.clear()
        self.said.clear()
        for name, value in rows:
            if name in _COMPARED:
                self.compared.add(name, value, weight=700)
            else:
                self.said.add(name, value)
        names = {name for name, _ in rows}
        self._compare.setVisible(bool(names & set(_COMPARED)))
        self._says.setVisible(bool(names - set(_COMPARED)))
        self.case.hide()

    def _open_case(self) -> None:
        if self.found is not None and self.found.case_id:
            self.shell.go(places.Case(self.found.case_id))

    def next(self) -> None:
        """The next paper."""
        self.line.clear()
        self._show_nothing()
        self.take_focus()

    def _arrange(self) -> None:
        if self.bar is None:
            return
        following = Button("بررسی نامهٔ بعدی", "main", icon="qrcode", keys="Ctrl+Enter")
        following.clicked.connect(self.next)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        file = Button("پرونده یا عکس نامه", "quiet", icon="folder-open", keys="F6", tall=True)
        file.clicked.connect(self.choose)
        self.bar.arrange(main=following, quiets=[back, file])


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
