"""A sketch of the city: its outline and districts, the places on it, north above, a scale bar.

It is a second view of a list and takes no keys: readers hear the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.outline import Outline
from desktop.domain.outline import Path as Line
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.city_words import district_name
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.sketch import marks
from desktop.ui.widgets.sketch.marks import Mark
from desktop.ui.widgets.sketch.sheet import Scale, close, clusters, fitted, scale_bar

_MARGIN = 14
_RADIUS = 8
_NEAR_CLICK = 14
# Where a name is tried, from its place on, in steps across and down; the nearest first.
_NAME_STEPS = sorted(
    ((x, y) for x in range(-6, 7) for y in range(-5, 6)),
    key=lambda step: (abs(step[0]) + abs(step[1]), step),
)
_NAME_STEP = 0.045
"""Of the shorter side."""


@dataclass(frozen=True)
class SketchPlace:
    """A place by its key, in decimal degrees.

    A `number` stands in a ring of its own and never goes into a disc; of what is `done` a check
    stands in its place.
    """

    key: str
    latitude: float
    longitude: float
    mark: Mark
    number: int = 0
    done: bool = False


@dataclass(frozen=True)
class SketchName:
    """A name that is written where no mark stands, as near to its place as it can be.

    Its middle stays `within` a line, if there is one; where there is no room it is left out.
    """

    words: str
    latitude: float
    longitude: float
    within: Line = ()


@dataclass(frozen=True)
class _Spot:
    """What is drawn at one point: one place, or several that would touch."""

    at: QPointF
    places: tuple[SketchPlace, ...]


class Sketch(QWidget):
    """Places on the outline; those that would touch are one disc with how many they are.

    `choose` rings one; a click on a mark gives its key by `chosen`, of a disc the next one's. Where
    numbers are ranks (not `counted`) such places are one mark: a count would be read as one. A way
    that nobody measured on the ground is drawn without a scale (not `scaled`).
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, *, height: float = 290, counted: bool = True, scaled: bool = True
    ) -> None:
        super().__init__()
        self._height, self._counted, self._scaled = height, counted, scaled
        self._way: tuple[str, ...] = ()
        self._outline = Outline()
        self._places: tuple[SketchPlace, ...] = ()
        self._names: tuple[SketchName, ...] = ()
        self._around: tuple[float, float, float] | None = None
        self._key = ""
        self._sheet: Scale | None = None
        self._spots: list[_Spot] = []
        self._of: dict[str, _Spot] = {}
        self._laid = True
        self.setAccessibleName(name)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.notifier().changed.connect(self._restyle)

    # What is shown.

    def set_outline(self, outline: Outline) -> None:
        """Show the city and its districts, with their names."""
        self._outline = outline
        self._lay_out()

    def set_names(self, names: Sequence[SketchName]) -> None:
        """Show these names in place of the districts'."""
        self._names = tuple(names)
        self.update()

    def set_places(self, places: Sequence[SketchPlace]) -> None:
        """Show these places, the later ones over the earlier."""
        self._places = tuple(places)
        self._lay_out()

    def set_way(self, keys: Sequence[str]) -> None:
        """Join these places by a dashed line, in their order."""
        self._way = tuple(keys)
        self.update()

    def look_around(self, latitude: float, longitude: float, metres: float) -> None:
        """Show only what lies so near to that place."""
        self._around = latitude, longitude, metres
        self._lay_out()

    def look_at_all(self) -> None:
        """Show the whole city."""
        self._around = None
        self._lay_out()

    def choose(self, key: str) -> None:
        """Ring this place; an empty key rings none."""
        self._key = key
        self.update()

    def key(self) -> str:
        """Which place is ringed."""
        return self._key

    def spot(self, key: str) -> QPointF | None:
        """Where a place is drawn, itself or the disc that it is in; None where it is not."""
        self._arrange()
        found = self._of.get(key)
        return QPointF(found.at) if found else None

    def counts(self) -> list[int]:
        """How many places each mark stands for."""
        self._arrange()
        return [len(spot.places) for spot in self._spots]

    # Where it is.

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(260), theme.px(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything lies elsewhere."""
        super().resizeEvent(event)
        self._lay_out()

    def _restyle(self) -> None:
        self.updateGeometry()
        self._lay_out()

    def _lay_out(self) -> None:
        # Thousands of places are laid out when they are looked at, in a go of its own.
        self._laid = False
        self.update()

    def _arrange(self) -> None:
        """Where everything lies at this size."""
        if self._laid:
            return
        self._laid = True
        self._sheet = self._fitted()
        self._spots = []
        if self._sheet is not None:
            self._place(self._sheet)
        self._of = {place.key: spot for spot in self._spots for place in spot.places}

    def _fitted(self) -> Scale | None:
        wide, high = self.width(), self.height()
        if self._around is not None:
            return close(*self._around, wide, high)
        corners = [corner for ring in self._outline.rings for corner in ring]
        corners += [] if corners else [(place.latitude, place.longitude) for place in self._places]
        return fitted(corners, wide, high, theme.px(_MARGIN)) if corners else None

    def _place(self, sheet: Scale) -> None:
        wide, high = self.width(), self.height()
        gathered: list[SketchPlace] = []
        spots: list[tuple[float, float]] = []
        alone: list[_Spot] = []
        for place in self._places:
            x, y = sheet.at(place.latitude, place.longitude)
            if not (0 <= x <= wide and 0 <= y <= high):
                continue
            if place.number or place.mark is Mark.PIN:
                alone.append(_Spot(QPointF(x, y), (place,)))
            else:
                gathered.append(place)
                spots.append((x, y))
        disc = marks.many_reach() if self._counted else marks.reach()
        found = clusters(spots, marks.reach(), disc)
        self._spots = [
            _Spot(QPointF(each.x, each.y), tuple(gathered[i] for i in each.members))
            for each in found
        ]
        # A pin lies under numbers, which are what one looks for.
        self._spots += _apart(sorted(alone, key=lambda spot: spot.places[0].number))

    # The pointer.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The nearest mark is chosen; of a disc the one after the one that is."""
        spot = self._under(event.position())
        if spot is None:
            return
        keys = [place.key for place in spot.places if place.mark is not Mark.PIN]
        if keys:
            at = keys.index(self._key) + 1 if self._key in keys else 0
            self.chosen.emit(keys[at % len(keys)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer tells where a press does something."""
        over = self._under(event.position())
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def _under(self, at: QPointF) -> _Spot | None:
        self._arrange()

        def far(spot: _Spot) -> float:
            return (spot.at - at).manhattanLength()

        found = min(self._spots, key=far, default=None)
        return found if found and far(found) <= theme.px(_NEAR_CLICK) else None

    # Drawing.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, marks, names, north and scale."""
        self._arrange()
        painter = strokes.open_painter(self)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.fillPath(frame, theme.colour("surface"))
        sheet = self._sheet
        if sheet is not None:
            painter.save()
            painter.setClipPath(frame)
            self._draw_ground(painter, sheet)
            self._draw_way(painter)
            taken = [self._draw_north(painter)]
            taken += [self._draw_scale(painter, sheet)] if self._scaled else []
            taken += self._draw_spots(painter)
            taken += self._under_way()
            self._draw_names(painter, sheet, taken)
            painter.restore()
        strokes.box(painter, self.rect(), _RADIUS, border=theme.colour("line"))

    def _polygon(self, sheet: Scale, line: Line) -> QPolygonF:
        return QPolygonF([QPointF(*sheet.at(*corner)) for corner in line])

    def _city(self, sheet: Scale) -> QPainterPath:
        city = QPainterPath()
        for ring in self._outline.rings:
            city.addPolygon(self._polygon(sheet, ring))
        return city

    def _draw_ground(self, painter: QPainter, sheet: Scale) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg"))
        city = self._city(sheet)
        painter.drawPath(city)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        dashed = QPen(theme.colour("edge"), 1)
        dashed.setDashPattern([4, 3])
        painter.setPen(dashed)
        for border in self._outline.borders:
            painter.drawPolyline(self._polygon(sheet, border))
        painter.setPen(QPen(theme.colour("edge"), max(1.0, theme.zoom() / 100 * 1.4)))
        painter.drawPath(city)

    def _draw_way(self, painter: QPainter) -> None:
        stops = [self._of[key].at for key in self._way if key in self._of]
        dashed = QPen(theme.colour("accent"), max(1.0, theme.zoom() / 100 * 2))
        dashed.setDashPattern([3, 2])
        painter.setPen(dashed)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(stops))

    def _draw_spots(self, painter: QPainter) -> list[QRect]:
        taken = []
        ringed: tuple[QPointF, float] | None = None
        ringed_spot = self._of.get(self._key)
        for spot in self._spots:
            first, chosen = spot.places[0], spot is ringed_spot
            far = marks.reach() * 1.4
            if first.number:
                words = to_persian_digits(first.number)
                marks.draw_number(painter, words, spot.at, chosen=chosen, done=first.done)
                far = marks.number_reach()
            elif len(spot.places) > 1 and self._counted:
                far = marks.draw_many(painter, to_persian_digits(len(spot.places)), spot.at)
            else:
                marks.draw_mark(painter, min(place.mark for place in spot.places), spot.at)
            if chosen and not first.number:
                ringed = spot.at, far + theme.px(4)
            wide = QPointF(far, far)
            taken.append(QRectF(spot.at - wide, spot.at + wide).toAlignedRect())
        if ringed is not None:
            marks.draw_ring(painter, *ringed)
        return taken

    def _draw_names(self, painter: QPainter, sheet: Scale, taken: list[QRect]) -> None:
        names = self._names or tuple(
            SketchName(district_name(each.number), *each.middle, each.corners)
            for each in self._outline.districts
        )
        city = self._city(sheet)
        for name in names:
            rect = self._free_for(name, sheet, city, taken)
            if rect is not None:
                colour = theme.colour("text2")
                strokes.text(painter, rect, name.words, "small", 400, colour, strokes.CENTRE)
                # Two names beside each other would read as one.
                taken.append(rect.adjusted(-theme.px(6), 0, theme.px(6), 0))

    def _under_way(self) -> list[QRect]:
        """Where the way lies, in pieces: no name is crossed out by it."""
        stops = [self._of[key].at for key in self._way if key in self._of]
        size = theme.px(4)
        pieces = []
        for one, other in pairwise(stops):
            line = QLineF(one, other)
            count = max(1, int(line.length() / size))
            for at in range(count + 1):
                piece = QRect(0, 0, size, size)
                piece.moveCenter(line.pointAt(at / count).toPoint())
                pieces.append(piece)
        return pieces

    def _free_for(
        self, name: SketchName, sheet: Scale, city: QPainterPath, taken: Sequence[QRect]
    ) -> QRect | None:
        """The nearest free room for a name, rather within its own line than over it."""
        step = min(self.width(), self.height()) * _NAME_STEP
        x, y = sheet.at(name.latitude, name.longitude)
        size = QSize(strokes.width_of(name.words, "small"), theme.px(20))
        room = self.rect().adjusted(2, 2, -2, -2)
        own = QPainterPath()
        own.addPolygon(self._polygon(sheet, name.within))
        over = None
        for right, below in _NAME_STEPS:
            rect = QRect(QPoint(), size)
            rect.moveCenter(QPointF(x + right * step, y + below * step).toPoint())
            inside = room.contains(rect) and (city.isEmpty() or city.contains(QRectF(rect)))
            if not inside or any(rect.intersects(other) for other in taken):
                continue
            if not name.within or own.contains(QRectF(rect)):
                return rect
            if over is None and own.contains(QPointF(rect.center())):
                over = rect
        return over

    def _draw_north(self, painter: QPainter) -> QRect:
        words, size = "شمال", theme.px(18)
        wide = max(strokes.width_of(words, "small"), size) + theme.px(8)
        rect = QRect(theme.px(4), theme.px(4), wide, size + theme.px(22))
        painter.fillRect(rect, theme.colour("surface"))
        colour = theme.colour("text2")
        paint_icon(painter, "arrow-up", rect.center().x() - size / 2, rect.top() + 2, size, colour)
        under = QRect(rect.left(), rect.bottom() - theme.px(20), wide, theme.px(20))
        strokes.text(painter, under, words, "small", 400, colour, strokes.CENTRE)
        return rect

    def _draw_scale(self, painter: QPainter, sheet: Scale) -> QRect:
        metres = scale_bar(sheet, min(self.width(), self.height()) / 4)
        long = round(sheet.pixels(metres))
        words = _distance(metres)
        wide = max(long, strokes.width_of(words, "small")) + theme.px(12)
        high = theme.px(32)
        rect = QRect(theme.px(4), self.height() - high - theme.px(4), wide, high)
        painter.fillRect(rect, theme.colour("surface"))
        colour = theme.colour("text2")
        above = QRect(rect.left(), rect.top(), wide, theme.px(20))
        strokes.text(painter, above, words, "small", 400, colour, strokes.CENTRE)
        painter.setPen(QPen(colour, max(1.0, theme.zoom() / 100 * 1.4)))
        left, y, tick = rect.center().x() - long // 2, rect.bottom() - theme.px(5), theme.px(4)
        painter.drawLine(left, y, left + long, y)
        for x in (left, left + long):
            painter.drawLine(x, y - tick, x, y + tick)
        return rect


def _apart(spots: Sequence[_Spot]) -> list[_Spot]:
    """Numbers that would hide one another stand beside each other."""
    found: list[_Spot] = []
    gap = 2 * marks.number_reach()
    for spot in spots:
        at = QPointF(spot.at)
        for other in found if spot.places[0].number else ():
            away = QLineF(other.at, at)
            if other.places[0].number and away.length() < gap:
                # Two at the same place have no direction to go apart.
                away = away if away.length() else QLineF(other.at, other.at + QPointF(1, 0))
                away.setLength(gap)
                at = away.p2()
        found.append(_Spot(at, spot.places))
    return found


def _distance(metres: int) -> str:
    """«۲ کیلومتر», «۵۰۰ متر»."""
    words = f"{metres // 1000} کیلومتر" if metres >= 1000 else f"{metres} متر"
    return to_persian_digits(words)
