"""What the window's clock looks at: how the line stands, and whether the time can be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui import print_stop

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.ui.window import Window


def show_line(window: Window) -> None:
    """In the status bar; what does not pass by itself over every page too."""
    # The desks are open: what reads their stores is loaded.
    from desktop.actions import waiting

    status, line = waiting.line_now(window.desk)
    window.status.show_sync(status, line)
    if window.frame is not None:
        window.noticing.seen(status)
        window.frame.show_line(line, waits=status.waiting > 0)
        window.frame.show_count("outbox", status.waiting)


def watch_clock(window: Window) -> None:
    """Every paper bears a day: on one that can't be right nothing goes to a printer."""
    trouble = window.desk.clock_trouble()
    print_stop.stop(trouble)
    window.sign_in.warn(trouble)
    if window.frame is not None:
        window.frame.warn(trouble)
