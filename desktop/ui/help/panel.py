"""The help: a panel beside the page that tells of the field with the focus, and is searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import to_persian_digits
from desktop.help.entry import Entry, FieldEntry, Help, KeyWords, Law, PageEntry
from desktop.help.finding import Where, find
from desktop.ui import theme
from desktop.ui.frame import HELP_WIDTH
from desktop.ui.help.focused import Asked, Topic
from desktop.ui.help.page_picture import NumberMark, PagePicture, Pictured
from desktop.ui.help.pictures import PictureOf, fault_of
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.keycap import KeyCaps

_INSET = 16
_MOST_HITS = 12
_MOST_NEAR = 6
_NO_ENTRY = "برای این قلم راهنمای جدا نیست؛ راهنمای صفحه را می‌بینید."
_ELSEWHERE = "تصویر این صفحه هنگامی می‌آید که خود صفحه باز است."
_RIGHT: tuple[str, str, Tone] = ("نمونهٔ درست", "circle-check", "ok")
_WRONG: tuple[str, str, Tone] = ("نمونهٔ نادرست", "alert-circle", "refuse")
_NOTHING = "چیزی با «{typed}» در راهنما نیست. کوتاه‌تر بنویسید."


class HelpPanel(QWidget):
    """`closed` by its button, `listed` asks for the list of all keys.

    `near` gives the fields of the page as it stands, `keys` its keys, `picture` how it looks,
    `where` what a search puts first. Without `lists` there is nowhere to show the list of all keys.
    """

    closed = Signal()
    listed = Signal()

    def __init__(
        self,
        known: Help,
        *,
        near: Callable[[], Sequence[Topic]],
        keys: Callable[[], Sequence[KeyWords]],
        picture: Callable[[], Pictured | None],
        where: Callable[[], Where],
        lists: bool = True,
    ) -> None:
        super().__init__()
        self._known, self._near, self._keys, self._where = known, near, keys, where
        self._picture, self._lists = picture, lists
        self._asked = Asked("")
        self._told: tuple[KeyWords, ...] = ()
        self._shown: tuple[Entry, str] | None = None
        self._past: list[tuple[Entry, str]] = []
        self._hits: list[Entry] = []
        self.rows: list[ListRow] = []
        self._at = 0
        theme.ground(self, "sunk")
        self.setAccessibleName("راهنما")
        self._second = Label("", role="text2", elide=True)
        self._close = Button("بستن", "quiet", keys="F1")
        self._close.clicked.connect(self.closed)
        head = Row(gap=8, margins=(3, _INSET, 3, 8))
        head.addWidget(IconLabel("help-circle", 20, "link"))
        head.addWidget(Label("راهنما", "section", weight=700))
        head.addWidget(self._second, 1)
        head.addWidget(self._close)
        self.box = SearchBox("در راهنما…", keys="Ctrl+F1", width="fill", name="جست‌وجو در راهنما")
        self.box.edited.connect(self._search)
        self.box.searched.connect(lambda _: self._open_hit())
        line = Row(self.box, margins=(10, _INSET, 2, _INSET))
        self._scroller = Scroller(gap=10, margins=(8, _INSET, 12, _INSET))
        self._body = Column(gap=10)
        self._scroller.content.addLayout(self._body)
        self._foot = Column(gap=4, margins=(6, _INSET, 8, _INSET))
        column = Column(gap=0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(line)
        column.addWidget(self._scroller, 1)
        column.addWidget(Hairline())
        column.addLayout(self._foot)
        self.setLayout(column)
        self._build_foot()
        theme.notifier().changed.connect(self._restyle)

    # What it shows.

    @property
    def entry(self) -> Entry | None:
        """The entry that shows; None while one searches."""
        return self._shown[0] if self._shown and not self.box.value() else None

    def follow(self, asked: Asked) -> None:
        """Tell of this place; what somebody reads there meanwhile stays while it is the same."""
        keys = tuple(self._keys())
        if (asked, keys) == (self._asked, self._told) and self._shown is not None:
            return
        same, self._asked, self._told = asked == self._asked, asked, keys
        if same and (self.box.value() or self._past or isinstance(self.entry, FieldEntry)):
            return
        self._past.clear()
        self.box.clear()
        self.tell_asked()

    def tell_asked(self) -> None:
        """What the focus asks for, anew."""
        entry = self._asked.entry(self._known)
        self._second.setText(self._asked.heading)
        if entry is not None:
            own = isinstance(entry, FieldEntry)
            self._show(entry, self._asked.topic.label if own else "")

    def renew(self) -> None:
        """Picture the page anew, unless somebody reads on or searches: it may have been pictured
        while its parts were laid out."""
        here = isinstance(self.entry, PageEntry) and not self._past
        if here and not self._scroller.verticalScrollBar().value():
            self._again()

    def open_entry(self, entry: Entry) -> None:
        """Another entry; Alt+Right comes back."""
        if self._shown is not None and self._shown[0] != entry:
            self._past.append(self._shown)
        self.box.clear()
        self._show(entry, "")

    def back(self) -> None:
        """The entry before; from a search, the entry that was read."""
        if self.box.value():
            self.box.clear()
            self._again()
        elif self._past:
            self._show(*self._past.pop())
        else:
            self.tell_asked()

    def begin_search(self) -> None:
        """The keys go to the search."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _again(self) -> None:
        if self._shown is not None:
            self._show(*self._shown)

    def _restyle(self) -> None:
        # Pictures and lines are of the look in which they were made.
        if self.box.value():
            self._search()
        else:
            self._again()

    def _show(self, entry: Entry, label: str) -> None:
        self._shown, self._hits, self.rows = (entry, label), [], []
        clear(self._body)
        title = to_persian_digits(label or entry.title)
        if self._past:
            back = Button("بازگشت به راهنمای پیش", "quiet", icon="arrow-right", keys="Alt+Right")
            back.clicked.connect(self.back)
            self._add_right(back)
        self._body.addWidget(Label(title, "title", weight=700, wrap=True))
        if self._asked.lacks_own(self._known) and isinstance(entry, PageEntry):
            self._body.addWidget(Label(_NO_ENTRY, "small", "hint", wrap=True))
        self._body.addWidget(Label(entry.what, wrap=True))
        if isinstance(entry, FieldEntry):
            self._tell_field(entry, title)
        else:
            self._tell_page(entry)
        if entry.law is not None:
            self._body.addWidget(_LawCard(entry.law))
        self._tell_near(entry)
        self._scroller.verticalScrollBar().setValue(0)

    def _tell_field(self, entry: FieldEntry, title: str) -> None:
        if entry.picture is not None:
            column = Column(gap=4)
            # An example is looked at before its sentence is read: it says first which it is.
            wrong = bool(fault_of(entry.kind, entry.picture.typed))
            words, icon, tone = _WRONG if wrong else _RIGHT
            column.addLayout(_said(words, icon, tone))
            column.addWidget(PictureOf(entry, entry.picture, title, self._room()))
            column.addWidget(Label(entry.picture.shows, "small", "text2", wrap=True))
            self._body.addLayout(column)
        for words in entry.how:
            self._body.addLayout(_line("pencil", words))
        if entry.missing:
            self._body.addLayout(_line("alert-triangle", entry.missing, "pay"))

    def _room(self) -> int:
        wide = self.width() if self.isVisible() else theme.px(HELP_WIDTH)
        return min(wide, theme.px(HELP_WIDTH)) - 2 * theme.px(_INSET)

    def _tell_page(self, entry: PageEntry) -> None:
        self._body.addLayout(_line("arrow-left", entry.next))
        here = entry.page == self._asked.page
        told = self._told if here else ()
        keys = dict((each.keys, each.words) for each in (*entry.keys, *told))
        shown = self._picture() if here else None
        there = [caps for caps in keys if shown is not None and caps in shown.places]
        numbers = {caps: number for number, caps in enumerate(there, start=1)}
        if keys:
            self._body.addWidget(Label("کلیدهای این صفحه", "small", "text2", 500))
        for caps, words in keys.items():
            row = Row(gap=10)
            if caps in numbers:
                row.addWidget(NumberMark(numbers[caps]))
            row.addWidget(Label(to_persian_digits(words), wrap=True, middle=True), 1)
            row.addWidget(KeyCaps(caps, "text"))
            self._body.addLayout(row)
        if shown is not None:
            self._body.addWidget(PagePicture(shown, numbers, self._room()))
        elif not here:
            self._body.addWidget(Label(_ELSEWHERE, "small", "hint", wrap=True))

    def _tell_near(self, entry: Entry) -> None:
        """The fields round this one."""
        topics = list(self._near())
        at = next((i for i, t in enumerate(topics) if t == self._asked.topic), 0)
        first = max(0, min(at - _MOST_NEAR // 2, len(topics) - _MOST_NEAR - 1))
        near = [t for t in topics[first : first + _MOST_NEAR + 1] if t != self._asked.topic]
        told = [(t, self._known.field(self._asked.page, t.key, t.label)) for t in near]
        links = [_link(t.label, partial(self.open_entry, e)) for t, e in told if e is not None]
        if links and entry == self._asked.entry(self._known):
            heading = Label("در همین صفحه:", "small", "text2")
            heading.setFixedHeight(links[0].sizeHint().height())
            flow = Flow(heading, *links, gap=14, row_gap=2)
            holder = QWidget()
            holder.setLayout(flow)
            self._body.addWidget(holder)

    def _build_foot(self) -> None:
        row = Row(gap=8)
        if self._lists:
            keys = Link("همهٔ میانبرها")
            keys.clicked.connect(self.listed)
            row.addWidget(keys)
            row.addWidget(KeyCaps("Ctrl+/"))
        row.addStretch(1)
        row.addWidget(Label("صفحه و راهنما", "small", "text2"))
        row.addWidget(KeyCaps("F6"))
        self._foot.addLayout(row)

    def _add_right(self, widget: QWidget) -> None:
        row = Row(widget)
        row.addStretch(1)
        self._body.addLayout(row)

    # Searching.

    def _search(self) -> None:
        typed = self.box.value()
        if not typed:
            self._again()
            return
        self._hits = find(self._known, typed, self._where())[:_MOST_HITS]
        clear(self._body)
        self.rows, self._at = [], 0
        for entry in self._hits:
            row = ListRow(entry.title, entry.what, icon="help-circle", chevron=False, inset=4)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.clicked.connect(lambda _=False, to=entry: self.open_entry(to))
            self.rows.append(row)
            self._body.addWidget(row)
        if not self._hits:
            self._body.addWidget(Label(_NOTHING.format(typed=typed), role="text2", wrap=True))
        self._choose(0)

    def _choose(self, at: int) -> None:
        if not self.rows:
            self.box.setAccessibleDescription(_NOTHING.format(typed=self.box.value()))
            return
        self._at = min(max(at, 0), len(self.rows) - 1)
        for number, row in enumerate(self.rows):
            row.set_chosen(number == self._at)
        self._scroller.bring(self.rows[self._at])
        self.box.setAccessibleDescription(self.rows[self._at].accessibleName())

    def _open_hit(self) -> None:
        if self._hits:
            self.open_entry(self._hits[self._at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through what was found, Alt+Right goes back."""
        step, alt = down(event), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Right and alt:
            self.back()
        elif step and self._hits:
            self._choose(self._at + step)
        else:
            event.ignore()


class _LawCard(QWidget):
    """An article by its name, and what it says."""

    def __init__(self, law: Law) -> None:
        super().__init__()
        head = Row(IconLabel("gavel", 18, "review"), gap=8)
        head.addWidget(Label(law.name, weight=500, wrap=True, middle=True), 1)
        column = Column(gap=4, margins=(10, 14, 10, 14))
        column.addLayout(head)
        column.addWidget(Label(law.words, "small", "text2", wrap=True))
        self.setLayout(column)
        self.setAccessibleName(f"{law.name}: {law.words}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of what is looked at."""
        tone = theme.tone("review")
        border = QColor(tone.text) if theme.tokens().bordered else None
        painter = strokes.open_painter(self)
        strokes.box(painter, self.rect(), theme.px(6), fill=QColor(tone.ground), border=border)


def _said(words: str, icon: str, tone: Tone) -> Row:
    row = Row(gap=6)
    row.addWidget(IconLabel(icon, 16, tone))
    row.addWidget(Label(words, "small", tone, 500))
    row.addStretch(1)
    return row


def _line(icon: str, words: str, tone: str = "text2") -> Row:
    row = Row(gap=10)
    row.addWidget(IconLabel(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, wrap=True), 1)
    return row


def _link(words: str, follow: Callable[[], None]) -> Link:
    link = Link(to_persian_digits(words))
    link.clicked.connect(follow)
    return link
