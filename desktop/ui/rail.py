"""The window's rail: its items, the person at the desk, and how all of it fits (LOOK.md §7)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop.domain.people import Staff
from desktop.ui import places, theme
from desktop.ui.look_menu import look_menu
from desktop.ui.rail_menu import RailMenu
from desktop.ui.roles import DUTIES, RailEntry, RailGroup
from desktop.ui.soon import soon
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.holders.rail import RailItem, Shape, TileBand
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Margins, Row

NARROW = 1150
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_WIDTHS = {Shape.WIDE: 196, Shape.TALL: 60, Shape.SLIM: 82, Shape.ICONS: 60}
# Every page makes do with the 793 beside the icons at 160 % of a small screen; sizes are whole
# pixels, so that it may take a little more at another zoom.
_LEAST_BESIDE = 801
# Between the rail's items; round them, round the last of them, and round the person.
_ITEM_GAPS = {Shape.WIDE: 2, Shape.TALL: 2, Shape.SLIM: 0, Shape.ICONS: 0}
# So much more in a slim one that is high enough: under an icon, and between two items.
_AIR, _SPARE = 2, 4
_WHO_GAP = 8
_ROUND: dict[Shape, tuple[Margins, Margins, Margins]] = {
    Shape.WIDE: ((0, 8, 0, 8), (0, 8, 6, 8), (8, 14, 8, 10)),
    Shape.TALL: ((4, 2, 0, 2), (0, 2, 4, 2), (4, 4, 6, 4)),
    Shape.SLIM: ((2, 1, 0, 1), (0, 1, 0, 1), (0, 3, 0, 1)),
    Shape.ICONS: ((4, 2, 0, 2), (0, 2, 4, 2), (4, 4, 6, 4)),
}


class Rail(QWidget):
    """The pages of a role by name, help, look, the person and the lock.

    `went` gives a place, `looked` a look that was chosen.
    """

    went = Signal(object)
    helped = Signal()
    locked = Signal()
    looked = Signal(object)

    def __init__(self, staff: Staff, place: str) -> None:
        super().__init__()
        self._effective: float = NARROW
        self._here = ""
        self.items: dict[str, RailItem] = {}
        self.counts: dict[str, int] = {}
        # By the page that an item leads to, the item.
        self._leads: dict[str, RailEntry | RailGroup] = {}
        theme.ground(self, "rail")
        self._tiles = TileBand()
        whole = Column(self._tiles, gap=0)
        self._name = Label("پیشخوان شهرسازی", "section", weight=700)
        self._place = Label(place, "small", "text2")
        self._names = QWidget()
        self._names.setLayout(Column(self._name, self._place, gap=0, margins=(8, 14, 10, 14)))
        whole.addWidget(self._names)
        self._column = Column()
        for entry in DUTIES[staff.role].rail:
            self._column.addWidget(self._item_of(entry))
        self.help_item = RailItem("راهنما", "help-circle", keys="F1")
        self.help_item.clicked.connect(self.helped)
        self._column.addWidget(self.help_item)
        whole.addLayout(self._column)
        whole.addStretch(1)
        self.look = RailItem("نما", "contrast")
        self.look.clicked.connect(self._open_look_menu)
        self._last = Column(self.look)
        whole.addLayout(self._last)
        self._line = Hairline()
        whole.addWidget(self._line)
        self._person = Label(staff.name, weight=500)
        self._role = Label(staff.title or staff.role.word, "small", "text2", wrap=True)
        self._icon = IconLabel("user-check", 20, "text2")
        # Where it is narrow the name may take more lines.
        self._small = Label(staff.name, "cap", weight=500, wrap=True)
        self.lock = IconButton("lock", "قفل", bordered=False)
        self.lock.clicked.connect(self.locked)
        self._who = Row(gap=_WHO_GAP)
        self._who.addWidget(self._icon)
        self._who.addLayout(Column(self._person, self._role, self._small, gap=0), 1)
        self._who.addWidget(self.lock)
        whole.addLayout(self._who)
        self.setLayout(whole)
        self._parts: tuple[Column | Row, ...] = (self._column, self._last, self._who)
        # It never makes the window higher: where it is low the icons stand alone.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        theme.notifier().changed.connect(self.fit)
        self.fit()

    def _item_of(self, entry: RailEntry | RailGroup) -> RailItem:
        opens = isinstance(entry, RailGroup)
        item = RailItem(entry.words, entry.icon, keys=entry.keys, opens=opens)
        if isinstance(entry, RailGroup):
            item.clicked.connect(lambda _=False, group=entry: self._open_group(group))
        else:
            item.clicked.connect(lambda _=False, to=entry.place: self.went.emit(to))
        self.items[entry.name] = item
        self._leads |= {page.name: entry for page in entry.pages}
        return item

    def show_page(self, page: str) -> None:
        """Mark the item that leads to the page that shows."""
        self._here = page
        entry = self._leads.get(page)
        for name, item in self.items.items():
            item.set_current(entry is not None and name == entry.name)

    def show_count(self, page: str, count: int) -> None:
        """How many things wait on a page, where the rail leads to it."""
        entry = self._leads.get(page)
        if entry is not None:
            self.counts[page] = count
            whole = sum(self.counts.get(each.name, 0) for each in entry.pages)
            self.items[entry.name].set_count(whole or None)
            # With a number its words may take another line.
            self.fit()

    def set_window(self, effective: float) -> None:
        """The window is so wide at 100 %."""
        self._effective = effective
        self.fit()
        # Of another zoom each item hears for itself, some only after this.
        soon(self, self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height may have room for the words, or none."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Stand with words wherever there is room for them."""
        self._stand(self._fitting())

    def _fitting(self) -> Shape:
        if self._effective >= NARROW:
            return Shape.WIDE
        if self._needs(Shape.TALL) <= self.height():
            return Shape.TALL
        beside = self._effective - _WIDTHS[Shape.SLIM]
        if beside >= _LEAST_BESIDE and self._needs(Shape.SLIM) <= self.height():
            return Shape.SLIM
        return Shape.ICONS

    def _needs(self, shape: Shape) -> int:
        """How high all of it is in that shape: reckoned, as shown on trial it would push the
        window."""
        each = [*self.items.values(), self.help_item, self.look]
        items = sum(item.height_in(shape) for item in each)
        gaps = theme.px(_ITEM_GAPS[shape]) * (len(each) - 2)
        round_items, last, (top, right, bottom, left) = _ROUND[shape]
        air = sum(theme.px(side) for side in (round_items[0], last[0], last[2], top, bottom))
        wide = theme.px(_WIDTHS[shape]) - theme.px(right) - theme.px(left)
        lock = self.lock.sizeHint()
        if shape is Shape.SLIM:
            name = self._small.heightForWidth(wide - lock.width())
            person = max(lock.height(), name)
        else:
            person = lock.height() + theme.px(_WHO_GAP) + self._small.heightForWidth(wide)
        tiles = 0 if shape is Shape.SLIM else self._tiles.height()
        return tiles + items + gaps + air + self._line.height() + person

    def _stand(self, shape: Shape) -> None:
        wide = shape is Shape.WIDE
        for widget in (self._names, self._person, self._role, self._icon):
            widget.setVisible(wide)
        self._small.setVisible(not wide)
        # Where each line counts no ornament stands.
        self._tiles.setVisible(shape is not Shape.SLIM)
        gap, air = theme.px(_ITEM_GAPS[shape]), 0
        if shape is Shape.SLIM:
            spare = max(0, (self.height() - self._needs(shape)) // (len(self.items) + 2))
            air = min(theme.px(_AIR), spare)
            gap += min(theme.px(_SPARE), spare - air)
        for item in (*self.items.values(), self.help_item, self.look):
            item.set_shape(shape, air)
        for layout, margins in zip(self._parts, _ROUND[shape], strict=True):
            layout.set_margins(margins)
        self._column.setSpacing(gap)
        self._who.set_gap(0 if shape is Shape.SLIM else _WHO_GAP)
        # In the narrowest the lock stands over the name.
        under = shape in (Shape.TALL, Shape.ICONS)
        way = QBoxLayout.Direction
        self._who.setDirection(way.BottomToTop if under else way.LeftToRight)
        self._who.setAlignment(self.lock, _CENTRE if under else Qt.AlignmentFlag.AlignVCenter)
        self._small.setAlignment(_CENTRE)
        self.setFixedWidth(theme.px(_WIDTHS[shape]))

    def _open_group(self, group: RailGroup) -> None:
        menu = RailMenu(self, group, self._here, self.counts)
        menu.chosen.connect(self.went)
        # Right to left a menu hangs from its upper right corner.
        menu.popup(self.items[group.name].mapToGlobal(QPoint(0, 0)))

    def _open_look_menu(self) -> None:
        menu = look_menu(self)
        menu.chosen.connect(self.looked)
        menu.listed.connect(lambda: self.went.emit(places.Keys()))
        corner = self.look.mapToGlobal(QPoint(0, 0))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))
