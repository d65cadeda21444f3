"""The camera of the page that checks letters: what it sees, until a code is held before it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.scans import lens
from desktop.scans.lens import Camera, Seen, Source
from desktop.ui import theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.work import Work

_EVERY_MS = 60
_PATIENCE_MS = 8_000
_HOLD = "رمزینهٔ پایین نامه را در کادر بگیرید."
_CLOSER = "نزدیک‌تر، صاف‌تر، روشن‌تر؛ یا کد کوتاه زیر رمزینه را بنویسید."


class _Sight(QWidget):
    """The picture, as large as there is room, with a frame for the code."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName("تصویر دوربین")
        theme.follow_size(self)

    def show_seen(self, seen: Seen) -> None:
        """Show this picture in place of the one before."""
        rgb = QImage.Format.Format_RGB888
        self._image = QImage(seen.points, seen.width, seen.height, 3 * seen.width, rgb).copy()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a code at arm's length wants."""
        return QSize(theme.px(480), theme.px(270))

    def minimumSizeHint(self) -> QSize:
        """It gives no height away: a code in a smaller one is aimed at by nobody."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in its own proportions, and the frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunk"))
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(left, top, self._image.scaled(size))
        side = int(min(self.width(), self.height()) * 0.62)
        painter.setPen(QPen(theme.colour("accent"), theme.px(3)))
        painter.drawRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)


class CameraCard(Card):
    """Opened it looks until it sees one code: `read` tells its text, `gone` that it was closed or
    gives no picture."""

    read = Signal(str)
    gone = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__("دوربین", _HOLD)
        self._work = work
        self._camera: Camera | None = None
        self._opening = self._again = False
        self._looking = False
        self._waited = 0
        self.sources: list[Source] = []
        self.sight = _Sight()
        self.which = ListChoice([])
        self.which.setAccessibleName("کدام دوربین")
        self.which.edited.connect(self._turn)
        self.fault = Label("", "body", "refuse", wrap=True)
        close = Button("بستن دوربین", "quiet", icon="x")
        close.clicked.connect(self.close_camera)
        beside = Column(self.which, self.fault, close, gap=10)
        beside.addStretch(1)
        row = Row(gap=16)
        row.addWidget(self.sight)
        row.addLayout(beside, 1)
        self.body.addLayout(row)
        self.timer = QTimer(self)
        self.timer.setInterval(_EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it shows."""
        return not self.isHidden()

    @property
    def picture(self) -> bytes:
        """The picture in which the code was read last, as JPEG."""
        return self._camera.last() if self._camera is not None else b""

    def ask(self) -> None:
        """Ask which cameras there are; without one it stays away."""
        self._work.run(self, lens.cameras, self._found, papers=True)

    def _found(self, sources: list[Source]) -> None:
        self.sources = sources
        names = [(str(at), to_persian_digits(at + 1)) for at in range(len(sources))]
        self.which.set_options(names)
        if names:
            self.which.set_value(names[0][0])
        self.which.setVisible(len(names) > 1)
        self.gone.emit()

    def open_camera(self) -> None:
        """Look through the chosen one; once more asked while it opens, that one first comes."""
        if not self.sources:
            return
        if self._opening:
            # Two at once would be in each other's way.
            return
        self._drop()
        self.fault.setText("")
        self.beside.setText(_HOLD)
        self._waited = 0
        self.show()
        source = self.sources[int(str(self.which.value() or 0))]
        self._opening, self._again = True, False
        self._work.run(self, partial(Camera, source), self._opened, self._unopened, papers=True)

    def _opened(self, camera: Camera) -> None:
        self._opening = False
        if not self.is_open or self._again:
            self._work.run(self, camera.close, lambda _: None, papers=True)
            if self.is_open:
                self.open_camera()
            return
        self._camera = camera
        self.timer.start()

    def _unopened(self, no: Refusal) -> None:
        self._opening = False
        if self._again and self.is_open:
            self.open_camera()
        else:
            self.fault.setText(no.words)

    def go_on(self) -> None:
        """What was read was not taken: look on."""
        if self._camera is not None:
            self.timer.start()

    def look(self) -> None:
        """One look, unless one is under way."""
        camera = self._camera
        if camera is None or self._looking:
            return
        self._looking = True
        self._waited += _EVERY_MS
        if self._waited >= _PATIENCE_MS:
            self.beside.setText(_CLOSER)
        seen, failed = partial(self._seen, camera), partial(self._failed, camera)
        self._work.run(self, camera.look, seen, failed, papers=True)

    def _seen(self, camera: Camera, seen: Seen) -> None:
        self._looking = False
        if camera is not self._camera:
            return
        self.sight.show_seen(seen)
        # With two in sight nobody knows which letter is meant.
        if len(seen.codes) == 1:
            self.timer.stop()
            self.read.emit(seen.codes[0])

    def _failed(self, camera: Camera, no: Refusal) -> None:
        if camera is not self._camera:
            return
        self._looking = False
        self.timer.stop()
        self.fault.setText(no.words)

    def _turn(self) -> None:
        self._again = self._opening
        if self.is_open:
            self.open_camera()

    def close_camera(self) -> bool:
        """Give the camera back; whether it was open."""
        was = self.is_open
        self._drop()
        self.hide()
        if was:
            self.gone.emit()
        return was

    def _drop(self) -> None:
        self.timer.stop()
        self._looking = False
        if self._camera is not None:
            # Behind a look that is under way, which may wait for the next picture.
            self._work.run(self, self._camera.close, lambda _: None, papers=True)
            self._camera = None
