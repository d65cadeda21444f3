"""The letter on screen: its pages white on a neutral ground, whole first, then closer."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import LIGHT
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.holders.bar import scroll_by_bars
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.paint import strokes

# All pages are held at once: 240 MB at four bytes a pixel.
_MOST_PIXELS = 60_000_000
# The page's number has so much at the right of a whole page, and so has its left, px.
_BESIDE = 132
# No wider than this, px at 100 %, a place has room for the page or for what stands beside it.
_ROOMY = 480
# The keys stand in a strip of their own at the left, never on a page; px.
_KEYS, _KEY, _GAP = 44, 28, 14
# A page drawn for a size within so many pixels of its place is shown as it is.
_SLACK = 2
_INCH = 0.0254  # metres
_WHOLE, _ON_PAPER = "تمام صفحه", "اندازهٔ کاغذ"
# A page that is whole in a low place is small: its lines are read from the last of these.
_STEPS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0)
# What shows of a letter's page that is read: its column of text with the same margin on all four
# sides, as shares of its width and height. The paper's own margins are wider, the right one most.
_READ = QRectF(0.064, 0.031, 0.84, 0.944)
# Of the height, what is blank below the last line: of a whole page, and of what shows of one.
_BLANK_BELOW, _MARGIN_BELOW = 0.035, 0.016
# Wider than this, px at 100 %, lines are too long to be read.
_WIDEST_TEXT = 920
# A mark's letters are no smaller, px; of a strip of a page that shows less, it is left out.
_LEAST_MARK = 14
# Of the height that shows, what the head of a letter takes: city, date and number. Where no more
# than so much of the page is in view, it opens past that, at whom the letter is to.
_HEAD, _LOW = 0.108, 0.4
# PageDown leaves no strip of so small a share of what is seen for another press.
_REST = 0.15


class LetterFrame(QAbstractScrollArea):
    """Shows page images; + and − come closer and go back, 0 shows the whole page, Ctrl+1 the size
    that it has on paper.

    `zoomed` gives the pixels a page is wide, so that the owner can draw sharper pages for it.
    `for_reading` begins as near as the lines of a letter fill the width, its page with a narrow
    margin on all sides; `scrolled` comes when another part of the pages may be in view.
    """

    zoomed = Signal(int)
    scrolled = Signal()

    def __init__(self, *, for_reading: bool = False) -> None:
        super().__init__()
        self._pages: list[QImage] = []
        self._mark = ""
        self._step = 0
        self._fits_width = self._as_paper = False
        self._for_reading = self._by_text = for_reading
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("نامه")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.closer = IconButton("zoom-in", "بزرگ‌تر", size=_KEY)
        self.farther = IconButton("zoom-out", "کوچک‌تر", size=_KEY)
        self.closer.clicked.connect(lambda: self.zoom_by(1))
        self.farther.clicked.connect(lambda: self.zoom_by(-1))
        self._keys = QWidget(self)
        self._keys.setLayout(Column(self.closer, self.farther, gap=6))
        self._words = QWidget(self)
        self._count, self._size = Label("", "small", "text2"), Label("", "small", "text2")
        self._words.setLayout(Column(self._count, self._size, gap=0))
        for each in (self._keys, self._words):
            each.setProperty("overlay", True)
        scroll_by_bars(self)
        # The bars stand on the same ground as the pages.
        self.setAutoFillBackground(True)
        theme.follow(self)
        self.restyle()
        self.verticalScrollBar().valueChanged.connect(self._tell)
        self.verticalScrollBar().valueChanged.connect(self.scrolled)
        theme.notifier().changed.connect(self._arrange)

    def restyle(self) -> None:
        """Take the ground of the look in force."""
        look = self.palette()
        look.setColor(QPalette.ColorRole.Window, QColor(theme.tone("neutral").ground))
        self.setPalette(look)

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show other images, one a page; the same letter drawn sharper keeps its place."""
        self._pages = list(pages)
        self._arrange()

    def set_mark(self, words: str) -> None:
        """Words across what is seen of every page, on screen only; empty for none."""
        self._mark = words
        self.viewport().update()

    def page_width(self) -> int:
        """Device pixels the widest page is wide now; fewer where all together would be too many."""
        shares = [self._part(page).width() / page.width() for page in self._pages]
        wide = (size.width() for _, size in self._places())
        widest = max((w / share for w, share in zip(wide, shares, strict=True)), default=1.0)
        tall = sum(page.height() / page.width() for page in self._pages)
        wanted = round(widest * self.devicePixelRatioF())
        return min(wanted, isqrt(round(_MOST_PIXELS / tall))) if tall else wanted

    def whole_height(self) -> int:
        """How high it is where nothing of it has to be scrolled, pixels."""
        places = self._places()
        return places[-1][0] + places[-1][1].height() + theme.px(_GAP) if places else 0

    def to_start(self) -> None:
        """Bring the first line to the top; of a letter in a low place the first of its words."""
        top, places = 0, self._places()
        if self._by_text and places and self._pages:
            high = places[0][1].height()
            top = round(high * _HEAD) if self.viewport().height() < high * _LOW else 0
        self.verticalScrollBar().setValue(top)
        self.horizontalScrollBar().setValue(0)

    def end_in_view(self) -> bool:
        """Whether the last line of the last page is in view now."""
        places = self._places()
        if not places:
            return False
        top, size = places[-1]
        seen_to = self.verticalScrollBar().value() + self.viewport().height()
        blank = _MARGIN_BELOW if self._by_text else _BLANK_BELOW
        return seen_to >= top + round(size.height() * (1 - blank))

    def page_down(self) -> None:
        """One view on; to the very end where only a strip would be left."""
        bar = self.verticalScrollBar()
        aim = bar.value() + bar.pageStep()
        bar.setValue(bar.maximum() if bar.maximum() - aim < bar.pageStep() * _REST else aim)

    def page_up(self) -> None:
        """One view back."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - bar.pageStep())

    def go_to(self, page: int) -> None:
        """Bring the page (from 0) to the top."""
        tops = [top for top, _ in self._places()]
        if tops:
            self.verticalScrollBar().setValue(tops[min(page, len(tops) - 1)] - theme.px(_GAP))

    @property
    def is_wide(self) -> bool:
        """Whether the page is as wide as the frame, and nobody has zoomed."""
        return self._fits_width

    def fit_width(self) -> None:
        """As close as the frame is wide, the top first, until a person zooms: to be read."""
        self._fits_width = True
        self._fit()
        self.zoomed.emit(self.page_width())

    def to_paper_size(self) -> None:
        """As large as it comes out of a printer, by what the screen says of its own size."""
        self._step, self._by_text, self._fits_width, self._as_paper = 0, False, False, True
        self._arrange()
        self.zoomed.emit(self.page_width())

    def _fit(self) -> None:
        self._step, self._by_text, self._as_paper = 0, False, False
        whole = max((size.width() for _, size in self._places()), default=1)
        wide = self.viewport().width()
        # In a narrow place the page's number gives way: it is said of the page anyway.
        room = wide - 2 * theme.px(_BESIDE) if wide > theme.px(_ROOMY) else self._room()
        self._step = max(step for step, by in enumerate(_STEPS) if by == 1 or whole * by <= room)
        self._arrange()

    def zoom_by(self, steps: int) -> None:
        """Come closer, or go back as far as the whole page; what is for reading by its text."""
        step, by_text = min(max(self._step + steps, 0), len(_STEPS) - 1), self._by_text
        if self._for_reading and by_text and self._step + steps < 0:
            by_text = False
        elif self._for_reading and not by_text and steps > 0:
            step, by_text = 0, True
        if self._as_paper or (step, by_text) != (self._step, self._by_text):
            self._step, self._by_text, self._fits_width = step, by_text, False
            self._as_paper = False
            self._arrange()
            self.zoomed.emit(self.page_width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, scroll, turn pages."""
        keys = {"+": 1, "=": 1, "-": -1, "0": -99, "۰": -99}
        commands = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_1 and commands:
            self.to_paper_size()
        elif event.text() in keys and not commands:
            self.zoom_by(keys[event.text()])
        elif event.key() == Qt.Key.Key_PageDown:
            self.page_down()
        elif event.key() == Qt.Key.Key_PageUp:
            self.page_up()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys zoom and scroll here now."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole page is another size now, and what fits the width another step."""
        super().resizeEvent(event)
        if self._fits_width:
            self._fit()
        else:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and pages."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self.viewport().rect()
        painter.fillRect(area, QColor(theme.tone("neutral").ground))
        painter.setClipRect(area.adjusted(theme.px(_KEYS) - 1, 0, 0, 0))
        for page, (top, size) in zip(self._pages, self._places(), strict=True):
            y = top - self.verticalScrollBar().value()
            rect = QRect(self._left(size.width()), y, size.width(), size.height())
            painter.fillRect(rect, Qt.GlobalColor.white)
            painter.drawImage(rect, page, self._part(page))
            painter.setPen(theme.colour("edge"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if self._mark:
                self._draw_mark(painter, rect & area)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = theme.colour("focus")
            strokes.box(painter, area.adjusted(2, 2, -2, -2), theme.px(6), border=ring, width=2)

    def _draw_mark(self, painter: QPainter, seen: QRect) -> None:
        """A framed stamp across what is seen of a page, wherever it was scrolled to.

        In the light theme's red: the page is white in all.
        """
        high = min(seen.width() // 9, seen.height() // 4)
        if high < _LEAST_MARK:
            return
        painter.save()
        font = theme.font("headline", 700)
        font.setPixelSize(high)
        painter.setFont(font)
        painter.setOpacity(0.75)
        painter.translate(seen.center())
        painter.rotate(-24)
        red = QColor(LIGHT.tones["refuse"].text)
        painter.setPen(QPen(red, max(2, high // 18)))
        box = painter.fontMetrics().boundingRect(self._mark)
        pad = high // 3
        box.moveCenter(QPoint(0, 0))
        painter.drawRoundedRect(box.adjusted(-pad, -pad // 2, pad, pad // 2), pad / 2, pad / 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._mark)
        painter.restore()

    def _places(self) -> list[tuple[int, QSize]]:
        """Each page's top and size, each in its own shape: a card and a letter may lie together."""
        gap = theme.px(_GAP)
        placed, top = [], gap
        for number in range(len(self._pages)):
            size = self._page(number)
            placed.append((top, size))
            top += size.height() + gap
        return placed

    def _page(self, number: int = 0) -> QSize:
        if not self._pages:
            return QSize(1, 1)
        area, gap = self.viewport().size(), theme.px(_GAP)
        page = self._part(self._pages[number])
        if self._as_paper:
            metre = self.physicalDpiX() / _INCH
            return self._sized(page, metre / self._pages[number].dotsPerMeterX())
        if self._by_text:
            room = min(self._room(), theme.px(_WIDEST_TEXT))
            return self._sized(page, room * _STEPS[self._step] / page.width())
        high = max(50, area.height() - 2 * gap)
        # The keys and the page's number stand beside a whole page, never on it.
        wide = max(50, area.width() - 2 * min(theme.px(_BESIDE), area.width() // 4))
        return self._sized(
            page, min(high / page.height(), wide / page.width()) * _STEPS[self._step]
        )

    def _part(self, page: QImage) -> QRect:
        """What shows of the page, in its own pixels."""
        if not self._by_text:
            return page.rect()
        wide, high = page.width(), page.height()
        left, top = round(_READ.left() * wide), round(_READ.top() * high)
        return QRect(left, top, round(_READ.width() * wide), round(_READ.height() * high))

    def _room(self) -> int:
        """Between the keys at the left and the ground at the right."""
        return max(50, self.viewport().width() - theme.px(_KEYS) - theme.px(_GAP))

    def _left(self, width: int) -> int:
        """Where a page so wide begins; of a wider one than the room its right part shows first."""
        area, keys = self.viewport().width(), theme.px(_KEYS)
        right = area - theme.px(_GAP)
        if width > self._room():
            return right - width + self.horizontalScrollBar().value()
        # By its text it stands in the room; a whole one in the middle, its number beside it.
        middle = keys + (self._room() - width) // 2 if self._by_text else (area - width) // 2
        return min(max(keys, middle), right - width)

    def _sized(self, page: QRect, scale: float) -> QSize:
        size = QSize(round(page.width() * scale), round(page.height() * scale))
        own = page.size() / self.devicePixelRatioF()
        off = max(abs(own.width() - size.width()), abs(own.height() - size.height()))
        # Scaled by a pixel its words would be smeared.
        return own if off <= _SLACK else size

    def _arrange(self) -> None:
        area, places, high = self.viewport().size(), self._places(), self.whole_height()
        widest = max((size.width() for _, size in places), default=1)
        self.verticalScrollBar().setPageStep(area.height())
        self.verticalScrollBar().setSingleStep(theme.px(30))
        over = high - area.height()
        self.verticalScrollBar().setRange(0, over if over > _SLACK else 0)
        self.horizontalScrollBar().setPageStep(self._room())
        beyond = widest - self._room()
        self.horizontalScrollBar().setRange(0, beyond if beyond > 2 * _SLACK else 0)
        self._tell()
        self._keys.adjustSize()
        # Beside the scroll bar, which stands at the left.
        begins = self.viewport().x()
        self._keys.move(begins + theme.px((_KEYS - _KEY) // 2), theme.px(12))
        # Nothing lies on a page: the letter numbers its pages itself.
        beside = area.width() - self._left(widest) - widest
        self._words.setVisible(self._words.width() + theme.px(16) <= beside)
        self.viewport().update()
        self.scrolled.emit()

    def _tell(self) -> None:
        # A page counts as left when its last pixel is.
        at = self.verticalScrollBar().value()
        ended = sum(top + size.height() <= at for top, size in self._places())
        shown = min(len(self._pages), ended + 1)
        words = f"صفحهٔ {shown} از {len(self._pages)}" if self._pages else ""
        self._count.setText(to_persian_digits(words))
        times = f"{_STEPS[self._step]:g}".replace(".", "٫")
        whole = _ON_PAPER if self._as_paper else _WHOLE
        # Not «بزرگ‌نمایی»: that is the whole program's, and stands in the status bar.
        # Nor a percent of the paper, than which even a whole page at its width may be smaller.
        closer = "پهنای صفحه" if self._fits_width else f"بزرگ‌شده {isolate(times)} برابر"
        size = closer if self._step else "" if self._by_text else whole
        self._size.setText(to_persian_digits(size))
        self._words.adjustSize()
        ends = self.viewport().geometry().right() + 1
        self._words.move(ends - self._words.width() - theme.px(16), theme.px(12))
