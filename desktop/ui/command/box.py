"""The box of commands: grows from the search of the header over the corner of the page (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.help.entry import Entry, Help
from desktop.help.finding import Where, find
from desktop.ui import places, theme
from desktop.ui.command import found
from desktop.ui.command.found import Group, Hit
from desktop.ui.command.row import CommandRow
from desktop.ui.offered import Offered
from desktop.ui.pages.search import parts
from desktop.ui.pages.search.parts import Hits
from desktop.ui.places import Place
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.work import NO_LINE, Work

WIDTH = 600
_WAIT_MS = 120
_WHAT = "کار، خدمت، پرونده، کد ملی، کد نوسازی، نام، نشانی…"
_NOTHING = "چیزی با «{typed}» نیست. در همهٔ پرونده‌ها بگردید"
_OFFLINE = "پرونده‌های دفترها به خط نیاز دارد."
_SHAPES = "با کد ملی، نوسازی، پلاک و رهگیری هم می‌شود"


@dataclass(frozen=True)
class Around:
    """What the box asks of the window, each anew when it opens.

    `search` finds cases off the window's thread, with `line` by the centre; `entry` opens an entry
    of the help; `recent` are the things opened last.
    """

    work: Work
    search: Callable[[str], Hits]
    line: Callable[[], bool]
    services: Callable[[], Mapping[str, Service]]
    offered: Callable[[], Sequence[Offered]]
    recent: Callable[[], Sequence[Hit]]
    known: Callable[[], Help]
    where: Callable[[], Where]
    go: Callable[[Place], None]
    entry: Callable[[Entry], None]


_KEYS = (("جابه‌جایی", "Up+Down"), ("باز کردن", "Enter"), ("گروه بعد", "Ctrl+Down"))


class CommandBox(QWidget):
    """Open while it shows. The focus stays in its line, and goes back where it was."""

    closed = Signal()

    def __init__(self, parent: QWidget, around: Around) -> None:
        super().__init__(parent)
        self._around = around
        self._before: QWidget | None = None
        self._services: Mapping[str, Service] = {}
        self._offered: Sequence[Offered] = ()
        self._hits: Hits | None = None
        self._trouble = ""
        self._eager = False
        self.rows: list[CommandRow] = []
        self.groups: list[Group] = []
        self._firsts: list[int] = []
        self._at = 0
        self.setAccessibleName("جعبهٔ فرمان")
        self.box = _Line()
        self.box.edited.connect(self._typed)
        self.box.searched.connect(lambda _: self.run_chosen())
        self.box.moved.connect(self._move)
        self._scroller = Scroller(gap=0, margins=(0, 0, 0, 0))
        # The rows decide how high it is, not what Qt thinks a place that scrolls needs.
        self._scroller.setMinimumHeight(1)
        self._column = Column(gap=0)
        self._scroller.content.addLayout(self._column)
        self._foot = Label("", "small", "text2", elide=True, left=True)
        foot = self._foot_row = Row(gap=8, margins=(8, 14, 8, 14))
        for words, keys in _KEYS:
            foot.addWidget(Label(words, "small", "text2"))
            foot.addWidget(KeyCaps(keys))
        foot.addWidget(self._foot, 1)
        column = Column(self.box, gap=0, margins=(1, 1, 1, 1))
        column.addWidget(self._scroller, 1)
        column.addWidget(Hairline())
        column.addLayout(foot)
        self.setLayout(column)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAIT_MS)
        self._clock.timeout.connect(self._ask)
        theme.notifier().changed.connect(self.close_quietly)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    # Opening and closing.

    def open(self, place: QRect, room: int) -> None:
        """Stand at `place` of the parent, as high as is needed within `room`."""
        self._before = QApplication.focusWidget()
        self._place, self._room = place, room
        # Before the box covers anything: what can be done is what was seen.
        self._offered = self._around.offered()
        self._services = self._around.services()
        self._hits, self._trouble, self._eager = None, "", False
        self.box.clear()
        self._show()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shown_cases(self) -> list[Place]:
        """Where the cases lead that it shows."""
        return [line.place for line in self._hits.cases] if self._hits is not None else []

    def close_quietly(self) -> None:
        """Close; the focus is somewhere else already, or goes back where it was."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self._clock.stop()
        self.hide()
        if inside and before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def escape(self) -> None:
        """Empty it first, then close."""
        if self.box.text():
            self.box.clear()
            self._typed()
        else:
            self.close_quietly()

    def offer_services(self, services: Mapping[str, Service]) -> None:
        """The services have come from the desk."""
        self._services = services
        if self.isVisible():
            self._show()

    def search_all(self) -> None:
        """The search's own page with what is typed (F3)."""
        typed = self.box.value()
        self.close_quietly()
        self._around.go(places.Search(typed, typing=True))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isVisible() and not self.isAncestorOf(new):
            self.close_quietly()

    # Finding.

    def _typed(self) -> None:
        self._hits, self._trouble, self._eager = None, "", False
        self._at = 0
        self._show()
        if self.box.value():
            self._clock.start()
        else:
            self._clock.stop()

    def _ask(self) -> None:
        typed = self.box.value()
        if typed:
            search = self._around.search
            self._around.work.run(
                self,
                lambda: search(typed),
                self._take,
                self._failed,
                line=self._around.line(),
            )

    def _take(self, hits: Hits) -> None:
        if hits.typed == self.box.value() and self.isVisible():
            self._hits = hits
            self._show()
            if self._eager:
                self._eager = False
                self.run_chosen()

    def _failed(self, no: Refusal) -> None:
        self._trouble, self._eager = _OFFLINE if no.words == NO_LINE else no.words, False
        self._show()

    def _found(self, typed: str) -> list[Group]:
        around = self._around
        acts = found.acts(self._offered, typed)
        if not typed:
            last = Group("تازه‌ترین‌ها", tuple(around.recent()), 0)
            return found.ordered([last, acts], known=False)
        entries = find(around.known(), typed, around.where())
        groups = [acts, found.services(parts.service_lines(self._services, typed), around.go)]
        if self._hits is not None:
            groups += [found.cases(self._hits, around.go), found.people(self._hits, around.go)]
        groups.append(found.help_entries(entries, around.entry))
        return found.ordered(groups, known=self._is_known())

    def _is_known(self) -> bool:
        """Whether what is typed is known by its shape: an id, a code, a plate, a number."""
        return self._hits is not None and self._hits.shape != "words"

    # Showing.

    def _show(self) -> None:
        typed = self.box.value()
        self.groups = self._found(typed)
        clear(self._column)
        self.rows, self._firsts = [], []
        for group in self.groups:
            self._column.addWidget(self._head(group))
            self._firsts.append(len(self.rows))
            for hit in group.hits:
                row = CommandRow(hit, typed)
                row.clicked.connect(lambda _=False, h=hit: self._run(h))
                self.rows.append(row)
                self._column.addWidget(row)
        if self._trouble:
            self._column.addWidget(_told(self._trouble))
        elif typed and not self.rows and self._hits is not None:
            self._column.addWidget(self._nothing(typed))
        self._foot.setText(self._counted() if typed and self.rows else _SHAPES)
        self._choose(self._at)
        self._fit()

    def _counted(self) -> str:
        """How many of all that was found stand here: of each group only the first do."""
        shown, count = len(self.rows), sum(group.count for group in self.groups)
        more = "بیش از " if self._hits is not None and self._hits.more else ""
        whole = f"{shown} از {more}{count}" if more or count > shown else f"{count}"
        return to_persian_digits(f"{whole} یافته")

    def _head(self, group: Group) -> QWidget:
        head = QWidget()
        theme.ground(head, "sunk")
        row = Row(gap=8, margins=(1, 14, 1, 14))
        row.addWidget(Label(group.heading, "small", "text2"))
        row.addStretch(1)
        if group.whole:
            link = Link(group.whole)
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            link.clicked.connect(self.search_all)
            row.addWidget(link)
        head.setLayout(row)
        head.setFixedHeight(theme.px(28))
        return head

    def _nothing(self, typed: str) -> QWidget:
        words = Label(_NOTHING.format(typed=isolate(to_persian_digits(typed))), role="text2")
        row = Row(words, KeyCaps("F3", "text"), gap=8, margins=(12, 14, 12, 14))
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        return holder

    def _fit(self) -> None:
        """As high as its rows, within the room that there is."""
        hints = ((item.sizeHint().height(), item.minimumHeight()) for item in self._items())
        rows = sum(max(hint) for hint in hints)
        # The hairline over the foot, and the box's own border.
        border = 1 + 2 * theme.px(1)
        rest = self.box.height() + self._foot_row.sizeHint().height() + border
        high = min(self._room, rows + rest)
        self.setGeometry(QRect(self._place.topLeft(), self._place.size()))
        self.setFixedSize(self._place.width(), high)

    def _items(self) -> list[QWidget]:
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        return [w for item in items if item is not None and (w := item.widget()) is not None]

    def paintEvent(self, event: QPaintEvent) -> None:
        """A surface with one line round it."""
        painter = strokes.open_painter(self)
        ground, border = theme.colour("surface"), theme.colour("edge")
        strokes.box(painter, self.rect(), theme.px(8), fill=ground, border=border)

    # Choosing.

    @property
    def chosen(self) -> Hit | None:
        """What Enter would do."""
        return self.rows[self._at].hit if 0 <= self._at < len(self.rows) else None

    def run_chosen(self) -> None:
        """Do it; right after the last letter what is typed now, not what was found before."""
        typed = self.box.value()
        waits = typed and self._hits is None and not self._trouble
        if waits and (not self.rows or self._looks_like_code(typed)):
            self._eager = True
            self._clock.stop()
            self._ask()
        elif self.chosen is not None:
            self._run(self.chosen)

    @staticmethod
    def _looks_like_code(typed: str) -> bool:
        return any(char.isdigit() for char in typed)

    def _run(self, hit: Hit) -> None:
        self.close_quietly()
        hit.do()

    def _move(self, by: int, group: bool) -> None:
        if not self.rows:
            return
        if group:
            later = [first for first in self._firsts if first > self._at]
            self._choose(later[0] if later else 0)
        else:
            self._choose(self._at + by)

    def _choose(self, at: int) -> None:
        self._at = min(max(at, 0), len(self.rows) - 1) if self.rows else 0
        for number, row in enumerate(self.rows):
            row.set_chosen(number == self._at)
        told = ""
        if self.rows:
            self._scroller.bring(self.rows[self._at])
            told = self.rows[self._at].accessibleName()
        self.box.setAccessibleDescription(told)


class _Line(SearchBox):
    """The line of the box; `moved` gives a step up or down, and whether to the next group."""

    moved = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__(_WHAT, short=_WHAT, keys="Esc", width="fill", name="جعبهٔ فرمان")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose, with Ctrl the next group."""
        step = down(event)
        if step:
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.moved.emit(step, ctrl and step > 0)
        else:
            super().keyPressEvent(event)


def _told(words: str) -> QWidget:
    label = Label(words, role="text2", wrap=True)
    holder = QWidget()
    holder.setLayout(Column(label, gap=0, margins=(12, 14, 12, 14)))
    return holder
