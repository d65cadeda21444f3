"""The one movement there is: banners and toasts fade in."""

from __future__ import annotations

from PySide6.QtCore import QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from desktop.ui import theme


def fade_in(widget: QWidget) -> None:
    """Show the widget, over 120 ms unless the person asked for less motion."""
    length = theme.motion_ms()
    widget.show()
    if not length:
        return
    effect = QGraphicsOpacityEffect(widget)
    widget.setGraphicsEffect(effect)
    run = QPropertyAnimation(effect, b"opacity", effect)
    run.setDuration(length)
    run.setStartValue(0.0)
    run.setEndValue(1.0)
    # An effect left on would draw the widget through a pixmap for ever.
    run.finished.connect(lambda: widget.setGraphicsEffect(None))  # type: ignore[arg-type]
    run.start()
