"""Signing in: the drawing, name and password, and in a demo office its people by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_latin_digits
from desktop.settings import resources
from desktop.ui import theme
from desktop.ui.frame import HELP_WIDTH, LOOKED_AT, SET_UP
from desktop.ui.palette import Theme
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.rail import TileBand
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import Chip, ChipLook
from desktop.ui.widgets.told.progress import Progress
from desktop.ui.work import Job, Work

if TYPE_CHECKING:
    # The page is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Desk, Seat
    from desktop.actions.samples import Sample
    from desktop.domain.service import Service
    from desktop.ui.pages.door.newcomer import Join, Newcomer

_PANEL = 600
# The drawing is still a drawing beside the help; narrower it gives way.
_LEAST_DRAWING = 240
_PASSPHRASE = "همان که هنگام راه‌اندازی دفتر برای این رایانه برگزیدید؛ گذرواژهٔ کسی نیست."
# Nobody can read a password or set another: the person's key is wrapped with it.
_FORGOTTEN = (
    "گذرواژه را فراموش کرده‌اید؟ کسی آن را نمی‌بیند؛ از {whom} بخواهید شما را از نو معرفی کند."
)
_LOCKED = "قفل است. با ورود دوبارهٔ {name} همان صفحه بازمی‌گردد."
_SAMPLE = ChipLook("دفتر نمونه", "school", "pay")
_PRACTICE = ChipLook("دفتر آموزشی، فاقد اعتبار", "school", "pay")


@dataclass(frozen=True)
class Door:
    """What the window is handed when the desks are open.

    `password` is the demo people's, shown on the page; empty for a real office. `told` is what
    whoever opened it should read once, empty where there is nothing. `cut_line` is a
    demo's alone: it cuts the line to its own centre, to be tried without, and joins it; and so are
    `samples`, people and properties to try for a service. With `set_up` the demo is looked at from
    the wizard of a machine that is no office's desk yet, and this is the way back. By `join`, at a
    real desk, who has a one-time code gets a password here. `staff` and
    `sign_in` are actions.access's, so that this page loads nothing heavy.
    """

    desk_of: Callable[[Role], Desk]
    desks: tuple[Desk, ...]
    staff: tuple[Staff, ...]
    sign_in: Callable[[Desk, str, str], Seat]
    place: str
    office: str
    password: str
    told: str = ""
    cut_line: Callable[[bool], None] | None = None
    samples: Callable[[Service], Sequence[Sample]] | None = None
    set_up: Callable[[], None] | None = None
    join: Join | None = None


class Drawing(QWidget):
    """Wind towers, portal and dome, cropped from the sides; none in high contrast."""

    _DARKER = 0.35

    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(str(resources() / "art" / "sign-in.svg"))
        self._kept: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier().changed.connect(self._forget)

    def _forget(self) -> None:
        self._kept = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw once for a size, then copy."""
        if theme.tokens().bordered:
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._kept is None or self._kept.size() != size:
            self._kept = self._drawn(size, ratio)
        QPainter(self).drawPixmap(0, 0, self._kept)

    def _drawn(self, size: QSize, ratio: float) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(theme.colour("bg"))
        painter = QPainter(pixmap)
        whole = self._renderer.defaultSize()
        scale = max(size.height() / whole.height(), size.width() / whole.width())
        wide, high = whole.width() * scale, whole.height() * scale
        place = QRectF((size.width() - wide) / 2, size.height() - high, wide, high)
        self._renderer.render(painter, place)
        if theme.tokens().name is Theme.DARK:
            painter.setOpacity(self._DARKER)
            painter.fillRect(pixmap.rect(), Qt.GlobalColor.black)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


class SignIn(QWidget):
    """`signed_in` gives the seat; before the desks are open it shows what is being done.

    `retried` comes by Enter when they could not be opened: what stood in the way may be mended;
    `unlocked` gives the passphrase that was asked for.
    """

    signed_in = Signal(object)
    retried = Signal()
    unlocked = Signal(str)
    checking = Signal(object)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._door: Door | None = None
        self._busy = self._early = self._troubled = False
        # Whether a person is typing a name or password of their own.
        self._typing = False
        theme.ground(self, "surface")
        self._place = Label("شهرداری یزد", "section", "text2")
        self.name = FormField("نام کاربری", TextLine(max_length=60), key="name")
        self._line = PasswordLine()
        self.password = FormField("گذرواژه", self._line, key="password")
        self._phrase = PasswordLine()
        self.passphrase = FormField(
            "عبارت رمز این رایانه", self._phrase, key="passphrase", hint=_PASSPHRASE
        )
        self.passphrase.hide()
        self._phrase.returnPressed.connect(self.go)
        self._phrase.edited.connect(lambda: self.passphrase.set_error(None))
        self.newcomer: Newcomer | None = None
        self.comes = Link("کد یک‌بارمصرف دارم")
        self.comes.clicked.connect(self._begin_newcomer)
        self.comes.hide()
        self.button = Button("ورود", "main", icon="arrow-left", keys="Enter")
        self.button.clicked.connect(self.go)
        self._layout_icon = IconLabel("info-circle", 16, "text2")
        self._note = Label("", "small", "text2")
        self.progress = Progress()
        # The start can't be stopped half way; the window can be closed.
        self.progress.stop.hide()
        self.progress.hide()
        self.forgotten = Label("", "small", "text2", wrap=True)
        self.forgotten.hide()
        self._locked = Label("", wrap=True)
        self._locked.hide()
        self.warning = Banner("", "pay", icon="clock-exclamation")
        self.warning.hide()
        self.notice = Banner("", "neutral")
        self.notice.hide()
        self.looked_at = Banner(LOOKED_AT, "pay", icon="school", link=SET_UP)
        self.looked_at.followed.connect(self._go_back)
        self.looked_at.hide()
        self._people = Card(margins=(1, 1, 1, 1), gap=0)
        self._rows: dict[str, ListRow] = {}
        self._sample = QWidget()
        self._build()
        for control in (self.name.control, self.password.control):
            if isinstance(control, TextLine):
                control.returnPressed.connect(self.go)
                control.edited.connect(self._typed)
                control.edited.connect(self._tell_layout)
                control.installEventFilter(self)
        self._tell_layout()

    def _build(self) -> None:
        panel = Scroller(gap=14, margins=(16, 70, 16, 70), full=True)
        column = panel.content
        column.addStretch(2)
        column.addLayout(
            Column(Label("پیشخوان شهرسازی", "headline", weight=700), self._place, gap=0)
        )
        column.addWidget(self.looked_at)
        column.addWidget(self.warning)
        column.addWidget(self.notice)
        column.addWidget(self._locked)
        column.addWidget(self.passphrase)
        self._newcomer_place = Column(gap=0)
        column.addLayout(self._newcomer_place)
        column.addWidget(self.name)
        column.addWidget(self.password)
        column.addWidget(self.forgotten)
        line = Row(gap=12)
        line.addWidget(self.button)
        line.addWidget(self._layout_icon)
        line.addWidget(self._note)
        line.addStretch(1)
        line.addWidget(self.comes)
        column.addLayout(line)
        column.addWidget(self.progress)
        self._chip = Chip(_SAMPLE)
        self._hint = Label("", "small", "text2")
        self._secret = Label("", "small", weight=500)
        told = Row(gap=8)
        for widget in (self._chip, self._hint, self._secret):
            told.addWidget(widget)
        told.addStretch(1)
        sample = Column(gap=6)
        sample.addLayout(told)
        sample.addWidget(self._people)
        sample.setContentsMargins(0, theme.px(10), 0, 0)
        self._sample.setLayout(sample)
        self._sample.hide()
        column.addWidget(self._sample)
        column.addStretch(3)
        self._panel = panel
        art = self._art = QWidget()
        under = Column(Drawing(), gap=0)
        under.addWidget(TileBand(24))
        art.setLayout(under)
        whole = Row(gap=0)
        whole.addWidget(panel)
        whole.addWidget(art, 1)
        self._whole = whole
        self.setLayout(whole)
        self.name.control.setFocus()
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """The panel's width at the zoom in force."""
        self._panel.setFixedWidth(theme.px(_PANEL))

    def put_help(self, panel: QWidget) -> None:
        """The help's panel, hidden until it is asked for."""
        panel.hide()
        self._whole.addWidget(panel)

    def show_help(self, panel: QWidget, *, shown: bool) -> None:
        """The help at the left; where it leaves the drawing no room, in its place."""
        room = self.width() - theme.px(_PANEL)
        beside = room >= theme.px(HELP_WIDTH + _LEAST_DRAWING)
        panel.setFixedWidth(theme.px(HELP_WIDTH) if beside else room)
        self._art.setVisible(beside or not shown)
        panel.setVisible(shown)

    def open(self, door: Door) -> None:
        """The desks are open: people can sign in."""
        self._door = door
        self.progress.finish()
        self.looked_at.setVisible(door.set_up is not None)
        self.comes.setVisible(door.join is not None)
        if not self.passphrase.isHidden():
            self._phrase.clear()
            self._show_passphrase(shown=False)
        self._place.setText(f"{door.place}، {door.office}")
        self._hint.setText("یکی را با شماره برگزینید. گذرواژهٔ همه:")
        self._secret.setText(door.password)
        self.notice.set_words(door.told)
        self.notice.setVisible(bool(door.told))
        for number, person in enumerate(door.staff if door.password else (), start=1):
            row = ListRow(
                person.name,
                second=person.title or person.role.word,
                icon=DUTIES[person.role].icon,
                keys=str(number),
                chevron=False,
                strong=True,
                inset=14,
            )
            row.clicked.connect(lambda _=False, name=person.name: self.choose(name))
            self._people.add(row)
            self._rows[person.name] = row
        self._sample.setVisible(bool(door.password))
        self._chip.set_look(_PRACTICE if door.desks[0].training else _SAMPLE)
        if self.name.value() or self.password.value():
            self._mark()
        else:
            self.begin(door.staff[0].name if door.password and door.staff else "")
        if self._early:
            self._early = False
            self.go()

    def shut(self) -> None:
        """The desks are closed again: nobody can sign in, nothing of their people shows."""
        self._door, self._early, self._troubled = None, False, False
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        self._locked.hide()
        self._sample.hide()
        self.looked_at.hide()
        self.begin("")

    def _go_back(self) -> None:
        if self._door is not None and self._door.set_up is not None:
            self._door.set_up()

    def ask_passphrase(self, words: str) -> None:
        """The desk's key is kept under a passphrase: that comes before name and password.

        `words` say why it is asked for once more; empty at first.
        """
        self._early = False
        self.progress.finish()
        self._show_passphrase(shown=True)
        self.passphrase.set_error(words or None)
        self._phrase.setFocus()

    def _show_passphrase(self, *, shown: bool) -> None:
        self.passphrase.setVisible(shown)
        for field in (self.name, self.password):
            field.setVisible(not shown)
        self.button.setText("باز کردن دفتر" if shown else "ورود")

    @property
    def _newcomer_shows(self) -> bool:
        return self.newcomer is not None and not self.newcomer.isHidden()

    def _begin_newcomer(self) -> None:
        # Nobody but who comes for the first time pays for it.
        from desktop.ui.pages.door.newcomer import Newcomer

        if self._door is None or self._door.join is None:
            return
        if self.newcomer is None:
            self.newcomer = Newcomer(self._work)
            self.newcomer.joined.connect(self._joined)
            self.newcomer.joined_late.connect(self._tell_joined)
            self.newcomer.left.connect(self._end_newcomer)
            self._newcomer_place.addWidget(self.newcomer)
        self._show_newcomer(shown=True)
        self.newcomer.begin(self._door.join)

    def _end_newcomer(self) -> None:
        if self.newcomer is not None:
            self.newcomer.leave()
        self._show_newcomer(shown=False)
        self.begin("")

    def _joined(self, name: str) -> None:
        self._show_newcomer(shown=False)
        self._tell_joined(name)
        self.begin(name)

    def _tell_joined(self, name: str) -> None:
        if not self._newcomer_shows:
            self.notice.set_words(f"گذرواژهٔ {name} ساخته شد؛ با آن وارد شوید.")
            self.notice.show()

    def _show_newcomer(self, *, shown: bool) -> None:
        if self.newcomer is not None:
            self.newcomer.setVisible(shown)
        for part in (self.name, self.password, self.button, self.comes):
            part.setVisible(not shown)
        for told in (self._note, self._layout_icon, self.forgotten, self.notice):
            told.hide()

    def wait(self) -> None:
        """The desks are being opened; name and password can be typed meanwhile."""
        self.progress.start("دفتر باز می‌شود…")

    def tell_progress(self, words: str, done: int, whole: int) -> None:
        """What the start is doing."""
        self.progress.show()
        self.progress.tell(words, done / whole if whole else None)

    def tell_trouble(self, words: str) -> None:
        """Why the desks can't be opened."""
        self._early = False
        self._troubled = self._door is None
        self.progress.finish()
        if not self.passphrase.isHidden():
            self.passphrase.set_error(words)
            self._phrase.setFocus()
        elif self._newcomer_shows and self.newcomer is not None:
            self.newcomer.tell(words)
        else:
            self.name.set_error(words)

    def warn(self, words: str) -> None:
        """What is wrong before anybody is in: a clock that can't be right; nothing for no words."""
        self.warning.set_words(words)
        self.warning.setVisible(bool(words))

    def begin(self, name: str) -> None:
        """Ask for a password again; the name stands there already."""
        self.name.set_value(name)
        self.password.set_value("")
        self.password.set_error(None)
        self.forgotten.hide()
        self._typing = False
        focus = self.password if name else self.name
        focus.control.setFocus()
        self._tell_layout()
        self._mark()

    def lock(self, name: str) -> None:
        """The seat is left for a while: who left it comes back, and to what."""
        self._locked.setText(_LOCKED.format(name=name))
        self._locked.show()
        self.begin(name)

    def choose(self, name: str) -> None:
        """One of the demo's people; the password is everybody's, and shown."""
        self.begin(name)
        if self._door is not None:
            self.password.set_value(self._door.password)
            self._tell_layout()

    def press(self, key: str) -> None:
        """A digit picks a person of the demo; Esc goes back to signing in."""
        if key == "Esc" and self._newcomer_shows:
            self._end_newcomer()
        elif key.isdigit() and 0 < int(key) <= len(self._rows):
            self.choose(list(self._rows)[int(key) - 1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a demo a digit picks a person also where a line has the focus and nothing is typed."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = to_latin_digits(event.text())
            picks = self._rows and not self._typing
            if picks and digit.isdigit() and 0 < int(digit) <= len(self._rows):
                self.press(digit)
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._typing = bool(self.name.control.hasFocus() or self.password.value())

    def _tell_layout(self) -> None:
        """Which keyboard the last letters came from, where a password does not show them."""
        letters = [char for char in str(self.password.value()) if char.isalpha()]
        latin = bool(letters) and letters[-1].isascii()
        self._note.setText("صفحه‌کلید: انگلیسی" if latin else "صفحه‌کلید: فارسی")
        self._note.setVisible(bool(letters))
        self._layout_icon.setVisible(bool(letters))

    def _tell_forgotten(self) -> None:
        """Whom to ask: who leads the office, and for all others the municipality."""
        staff = self._door.staff if self._door is not None else ()
        person = next((p for p in staff if p.name == self.name.value()), None)
        managed = person is None or person.role is Role.CLERK
        whom = "مسئول دفتر" if managed else "راهبر سامانه در شهرداری"
        self.forgotten.setText(_FORGOTTEN.format(whom=whom))
        self.forgotten.show()

    def _mark(self) -> None:
        for name, row in self._rows.items():
            row.set_chosen(name == self.name.value())

    def go(self) -> None:
        """Check name and password, off this thread: the check is slow on purpose."""
        door = self._door
        if self._newcomer_shows and self.newcomer is not None:
            self.newcomer.go()
            return
        if door is None and not self.passphrase.isHidden():
            if phrase := str(self.passphrase.value()):
                self.passphrase.set_error(None)
                self.unlocked.emit(phrase)
            else:
                self.passphrase.set_error("عبارت رمز را وارد کنید.")
            return
        if door is None:
            # Signed in as soon as the desks are open.
            self._early = bool(self.password.value())
            if self._troubled:
                self._troubled = False
                self.name.set_error(None)
                self.retried.emit()
            return
        if self._busy:
            return
        name, password = str(self.name.value()), str(self.password.value())
        if not password:
            self.password.set_error("گذرواژه را وارد کنید.")
            self.password.control.setFocus()
            return
        person = next((p for p in door.staff if p.name == name), None)
        desk = door.desk_of(person.role) if person else door.desks[0]
        self._work.flow(self, self._enter(partial(door.sign_in, desk, name, password)))
        if person is not None:
            self.checking.emit(person.role)

    async def _enter(self, check: Callable[[], Seat]) -> None:
        self._busy = True
        try:
            seat = await Job(check)
        except Refusal as no:
            self.password.set_error(no.words)
            self.password.control.setFocus()
            self._tell_forgotten()
            return
        finally:
            self._busy = False
        self._locked.hide()
        self.notice.hide()
        self.password.set_value("")
        self.signed_in.emit(seat)
