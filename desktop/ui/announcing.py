"""What happened is told to people who hear the window: the one door to Qt's announcements."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

Of = Literal["page", "headline", "banner", "bar", "errors", "field", "toast", "status", "progress"]
# What the person waits for breaks into what is being read; the rest comes after it.
_AT_ONCE: frozenset[Of] = frozenset({"headline", "banner", "errors", "field"})
_said: dict[Of, str] = {}


def announce(source: QWidget, words: str, of: Of) -> None:
    """Have a screen reader say the words, once: not again while the same still stands.

    Pages are drawn anew at every round of sync, and then say nothing new. Where no reader runs
    nothing is done but to remember.
    """
    if not words or _said.get(of) == words:
        return
    _said[of] = words
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(source, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if of in _AT_ONCE else politeness.Polite)
    QAccessible.updateAccessibility(event)


def forget(*kinds: Of) -> None:
    """What was said of these is over, with none named of everything on the page: it may come anew.

    How things stand with the centre is no page's own.
    """
    for kind in kinds or tuple(kind for kind in _said if kind != "status"):
        _said.pop(kind, None)
