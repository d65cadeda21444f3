"""The week of all inspectors: a row each, two half-days a day, a small box a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui import theme
from desktop.ui.city_words import district_name, half_words, halves_on
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import held, is_enter
from desktop.ui.widgets.paint import strokes
from desktop.wire.visit_plan import AwayBody, HalfBody, InspectorBody, VisitWeekAnswer

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole + 11
_HEAD, _ROW, _NAME = 46, 56, 132
_BOX, _CHIPS = 6, 2
ELSEWHERE = "بدون محله"
"""Visits of which no record tells the neighbourhood."""


@dataclass(frozen=True)
class HalfCell:
    """What stands in a half-day: closed or away by a word, or what is booked of `most` places."""

    said: str
    shut: str = ""
    """Why nobody goes then: the holiday, or that he is away; empty where he goes."""
    alarming: bool = False
    """Somebody is promised a visit that nobody makes."""
    past: bool = False
    sold: bool = False
    most: int = 0
    booked: int = 0
    done: int = 0
    chips: tuple[tuple[str, int], ...] = field(default=())

    @property
    def left(self) -> int:
        """How many more may be booked: from tomorrow on."""
        return 0 if self.shut or not self.sold else max(0, self.most - self.booked)


def cell_of(half: HalfBody, closed: str, today: date) -> HalfCell:
    """The half-day as the grid shows it, and in words for who hears it."""
    past, sold = half.day < today, half.day > today
    when = f"{weekday(half.day)} {format_day_month(half.day)}، {half_words(half.day, half.half)}"
    counted = f"{half.booked} از {half.most} جا"
    lost = half.booked - half.done
    chips = tuple((name or ELSEWHERE, count) for name, count in half.where.items())
    shut = closed or ("غیبت" if half.away else "")
    if shut or (not half.most and half.booked):
        words = shut or "بی‌مأمور"
        alarming = lost > 0 and not past
        told = f"{words}، {lost} بازدید" if alarming else words
        said = to_persian_digits(f"{when}: {told}")
        return HalfCell(said, to_persian_digits(told), alarming, past)
    if not half.most:
        return HalfCell(f"{when}: نوبتی ندارد", past=past)
    where = join_and([f"{name} {count}" for name, count in chips])
    done = f"، {half.done} انجام شد" if half.done else ""
    said = to_persian_digits(f"{when}: {counted}{done}{f'، {where}' if where else ''}")
    return HalfCell(said, "", False, past, sold, half.most, half.booked, half.done, chips)


class WeekModel(QAbstractTableModel):
    """The answer of the centre; the first column is the inspector."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.week: VisitWeekAnswer | None = None
        self.cells: list[list[HalfCell]] = []

    def show_week(self, week: VisitWeekAnswer, today: date) -> None:
        """Hold another week."""
        self.beginResetModel()
        self.week = week
        closed = {each.day: each.closed for each in week.days}
        self.cells = [
            [cell_of(half, closed[half.day], today) for half in inspector.halves]
            for inspector in week.inspectors
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The inspectors."""
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The name, and two a day."""
        if parent.isValid() or self.week is None:
            return 0
        return 1 + 2 * len(self.week.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell, or its words."""
        if not index.isValid() or self.week is None:
            return None
        if index.column() == 0:
            inspector = self.week.inspectors[index.row()]
            words = f"{inspector.name}، {districts_words(inspector.districts)}"
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return words if role in spoken else None
        cell = self.cells[index.row()][index.column() - 1]
        if role == _CELL:
            return cell
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return cell.said
        return None

    def left(self, column: int) -> int:
        """How many places a whole half-day still has."""
        return sum(row[column - 1].left for row in self.cells)


def districts_words(districts: Sequence[int]) -> str:
    """«منطقهٔ ۲ و ۳»."""
    if not districts:
        return "بی‌منطقه"
    first, *others = districts
    numbers = [to_persian_digits(each) for each in others]
    return join_and([district_name(first), *numbers])


class _WeekHeads(QHeaderView):
    """The day over both of its halves, under it the hours and what is free."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(10)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One half of a day's head."""
        painter.save()
        painter.setClipRect(rect)
        self._paint(painter, rect, logicalIndex)
        painter.restore()

    def _paint(self, painter: QPainter, rect: QRect, column: int) -> None:
        model, half = self._grid.held, rect.height() // 2
        painter.fillRect(rect, theme.colour("sunk"))
        line = theme.colour("line")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if column == 0 or model.week is None:
            inner = rect.adjusted(0, 0, -theme.px(12), 0)
            strokes.text(painter, inner, "مأمور", "small", 500, theme.colour("text2"))
            return
        at, second = divmod(column - 1, 2)
        day = model.week.days[at].day
        if day == self._grid.today:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.colour("sel"))
        # The first half stands at the right: the day's words reach into the second.
        wide = (
            rect.adjusted(-rect.width(), 0, 0, 0)
            if not second
            else rect.adjusted(0, 0, rect.width(), 0)
        )
        upper = QRect(wide.left(), rect.top(), wide.width() - theme.px(8), half + theme.px(2))
        words = f"{weekday(day)} {format_day_month(day)}"
        if day == self._grid.today:
            words = f"امروز، {words}"
        bold: theme.Weight = 700 if day >= self._grid.today else 400
        strokes.text(painter, upper, words, "small", bold, elide=True)
        lower = QRect(
            rect.left() + theme.px(4), rect.top() + half, rect.width() - theme.px(12), half
        )
        hours = halves_on(day)[second + 1].short
        strokes.text(painter, lower, hours, "small", 400, theme.colour("text2"))
        left = model.left(column)
        if left:
            free = to_persian_digits(f"{left} جا")
            tone = QColor(theme.tone("ok").text)
            strokes.text(painter, lower, free, "small", 500, tone, strokes.LEFT)
        if second:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), line)


class _HalfDelegate(QStyledItemDelegate):
    """Draws a half-day."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A row's height is the grid's."""
        return QSize(theme.px(60), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name, or the cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        line, selected = theme.colour("line"), bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("sel" if selected else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if index.column() == 0 or index.column() % 2 == 0:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), line)
        if index.column() == 0:
            self._name(painter, rect, index.row())
        else:
            self._half(painter, rect, index.data(_CELL), selected=selected)
        if selected and self._grid.hasFocus():
            frame = rect.adjusted(1, 1, -1, -2)
            strokes.box(painter, frame, theme.px(4), border=theme.colour("focus"), width=2)
        painter.restore()

    def _name(self, painter: QPainter, rect: QRect, row: int) -> None:
        week = self._grid.held.week
        if week is None:
            return
        inspector, inner = week.inspectors[row], rect.adjusted(theme.px(4), 0, -theme.px(12), 0)
        upper = QRect(inner.left(), inner.top() + theme.px(6), inner.width(), theme.px(22))
        strokes.text(painter, upper, inspector.name, "body", 500, elide=True)
        lower = QRect(inner.left(), inner.top() + theme.px(28), inner.width(), theme.px(20))
        words = districts_words(inspector.districts)
        strokes.text(painter, lower, words, "small", 400, theme.colour("text2"), elide=True)

    def _half(self, painter: QPainter, rect: QRect, cell: HalfCell, *, selected: bool) -> None:
        inner = rect.adjusted(1, 0, 0, -1)
        if cell.shut:
            self._shut(painter, inner, cell)
            return
        if cell.past and not selected:
            painter.fillRect(inner, theme.colour("bg"))
        if not cell.most:
            return
        self._chips(painter, inner, cell)
        self._boxes(painter, inner, cell)

    def _shut(self, painter: QPainter, rect: QRect, cell: HalfCell) -> None:
        tone = theme.tone("refuse") if cell.alarming else theme.tone("neutral")
        ground = QColor(tone.ground) if cell.alarming else theme.colour("sunk")
        painter.fillRect(rect, ground)
        painter.fillRect(rect, QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern))
        high, size = theme.px(22), theme.px(14)
        words = QRect(
            rect.left() + theme.px(3),
            rect.center().y() - high // 2,
            rect.width() - theme.px(6),
            high,
        )
        painter.fillRect(words, ground)
        colour = QColor(tone.text)
        if cell.alarming:
            x = words.right() - size
            paint_icon(painter, "alert-triangle", x, rect.center().y() - size // 2, size, colour)
            words.setRight(x - theme.px(3))
        align = strokes.RIGHT if cell.alarming else strokes.CENTRE
        strokes.text(painter, words, cell.shut, "small", 500, colour, align, elide=True)

    def _chips(self, painter: QPainter, rect: QRect, cell: HalfCell) -> None:
        shown: list[tuple[str, int]] = list(cell.chips[:_CHIPS])
        if len(cell.chips) > _CHIPS:
            others = cell.chips[_CHIPS - 1 :]
            count = sum(each for _, each in others)
            words = to_persian_digits(f"{len(others)} محلهٔ دیگر")
            room = rect.width() - theme.px(18) - strokes.width_of(str(count), "small", 700)
            if strokes.width_of(words, "small") >= room:
                words = to_persian_digits(f"{len(others)} محله")
            shown[_CHIPS - 1] = (words, count)
        tone, high = theme.tone("visit"), theme.px(19)
        for row, (name, count) in enumerate(shown):
            place = QRect(
                rect.left() + theme.px(3),
                rect.top() + theme.px(3) + row * (high + theme.px(1)),
                rect.width() - theme.px(6),
                high,
            )
            quiet = cell.past
            if not quiet:
                strokes.box(painter, place, theme.px(4), fill=QColor(tone.ground))
            colour = theme.colour("text2") if quiet else QColor(tone.text)
            number = to_persian_digits(count)
            inner = place.adjusted(theme.px(4), 0, -theme.px(4), 0)
            wide = strokes.width_of(number, "small", 700) + theme.px(4)
            strokes.text(painter, inner, number, "small", 700, colour, strokes.LEFT)
            words_at = inner.adjusted(wide, 0, 0, 0)
            strokes.text(painter, words_at, name, "small", 400, colour, elide=True)

    def _boxes(self, painter: QPainter, rect: QRect, cell: HalfCell) -> None:
        gap, high = theme.px(2), theme.px(_BOX)
        most = max(cell.most, cell.booked)
        room = rect.width() - theme.px(8)
        wide = min(theme.px(12), (room - gap * (most - 1)) // most) if most else 0
        y = rect.bottom() - high - theme.px(3)
        full = QColor(theme.tone("visit").chart)
        for at in range(most):
            x = rect.right() - theme.px(4) - (at + 1) * wide - at * gap
            place = QRect(x, y, wide, high)
            if at < cell.booked:
                ground = theme.colour("edge") if cell.past or at < cell.done else full
                strokes.box(painter, place, 1, fill=ground)
            else:
                strokes.box(painter, place, 1, border=theme.colour("edge"))


class WeekGrid(QTableView):
    """Arrows walk the half-days; `opened` comes on Enter with an inspector's id and the day."""

    opened = Signal(str, object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.held = WeekModel(self)
        self.setAccessibleName("برنامهٔ هفتهٔ مأموران بازدید")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        theme.dress(self, "table")
        self.setItemDelegate(_HalfDelegate(self))
        self._heads = _WeekHeads(self)
        self.setHorizontalHeader(self._heads)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(self.held)
        self.doubleClicked.connect(lambda _: self._open())
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def show_week(self, week: VisitWeekAnswer, today: date) -> None:
        """Another week; the half-day that was chosen stays so."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.today = today
        self.held.show_week(week, today)
        self._share_out()
        if self.held.rowCount():
            row = min(max(row, 0), self.held.rowCount() - 1)
            if column < 1:
                # Begun at today, where the week has it.
                days = [each.day for each in week.days]
                column = 1 + 2 * (days.index(today) if today in days else 0)
            column = min(column, self.held.columnCount() - 1)
            self.setCurrentIndex(self.held.index(row, column))

    def chosen(self) -> tuple[str, date] | None:
        """The inspector (by id) and the day of the chosen half-day."""
        at, week = self.currentIndex(), self.held.week
        if week is None or not at.isValid() or not week.inspectors:
            return None
        day = week.days[max(0, at.column() - 1) // 2].day
        return week.inspectors[at.row()].staff_id, day

    def choose(self, staff: str, day: date, half: int = 1) -> None:
        """That half of the day of an inspector, where both are shown."""
        week = self.held.week
        rows = [each.staff_id for each in week.inspectors] if week else []
        days = [each.day for each in week.days] if week else []
        if staff in rows and day in days:
            at = self.held.index(rows.index(staff), 2 * days.index(day) + half)
            self.setCurrentIndex(at)

    def absence(self) -> AwayBody | None:
        """The absence that was put down for the chosen half-day."""
        half = self.half()
        return half[1].absence if half is not None else None

    def half(self) -> tuple[InspectorBody, HalfBody] | None:
        """The chosen half-day and whose it is; None where an inspector's name is chosen."""
        at, week = self.currentIndex(), self.held.week
        if week is None or at.column() < 1 or not week.inspectors:
            return None
        inspector = week.inspectors[at.row()]
        return inspector, inspector.halves[at.column() - 1]

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self._heads.setFixedHeight(theme.px(_HEAD))
        self._share_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and a line round all of them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("line"))
        rows = self.rowViewportPosition(self.held.rowCount() - 1) + self.rowHeight(0)
        low = min(rows, self.viewport().height()) - 1
        painter.drawRect(0, -1, self.viewport().width() - 1, low + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters and Alt are the page's."""
        if is_enter(event) and not held(event):
            self._open()
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier or event.text().strip():
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Half-days share the width."""
        super().resizeEvent(event)
        self._share_out()

    def _open(self) -> None:
        if (chosen := self.chosen()) is not None:
            self.opened.emit(*chosen)

    def _share_out(self) -> None:
        columns = self.held.columnCount()
        if columns < 2:
            return
        name = theme.px(_NAME)
        room = max(0, self.viewport().width() - name)
        each, rest = divmod(room, columns - 1)
        self.setColumnWidth(0, name + rest)
        for column in range(1, columns):
            self.setColumnWidth(column, each)
