"""Which entry of the help a page and the focus ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.help.entry import Entry, FieldEntry, Help
from desktop.help.finding import Where
from desktop.ui.page import Page
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.papers.document_row import DocumentRow

DOCUMENT = "document."


@dataclass(frozen=True)
class Topic:
    """A field by its key in the help and its label; empty keys are no field."""

    key: str = ""
    label: str = ""


@dataclass(frozen=True)
class Asked:
    """Where one stands: the page's name and heading, and the field that has the focus."""

    page: str
    heading: str = ""
    topic: Topic = Topic()

    def entry(self, known: Help) -> Entry | None:
        """The field's entry, else the page's."""
        found = known.field(self.page, self.topic.key, self.topic.label)
        return found or known.pages.get(self.page)

    def lacks_own(self, known: Help) -> bool:
        """Whether the field has no entry of its own."""
        return bool(self.topic.key) and not isinstance(self.entry(known), FieldEntry)


def page_name(page: Page) -> str:
    """The name by which the help knows a page."""
    return type(page.place).__name__


def topic_of(focus: QWidget | None) -> Topic:
    """The field round a widget."""
    widget = focus
    while widget is not None:
        topic = _topic(widget)
        if topic is not None:
            return topic
        widget = widget.parentWidget()
    return Topic()


def _topic(widget: QWidget) -> Topic | None:
    if isinstance(widget, FormField) and widget.topic:
        return Topic(widget.topic, widget.label.words() or widget.control.accessibleName())
    if isinstance(widget, DocumentRow):
        return Topic(f"{DOCUMENT}{widget.key}", widget.title())
    return None


def shown_topics(*roots: QWidget | None) -> list[Topic]:
    """The fields that show inside these, in the order of their making, each once."""
    return list(dict.fromkeys(_topics(roots)))


def _topics(roots: tuple[QWidget | None, ...]) -> Iterator[Topic]:
    for root in roots:
        for widget in root.findChildren(QWidget) if root is not None else ():
            topic = _topic(widget)
            if topic is not None and root is not None and widget.isVisibleTo(root):
                yield topic


def where_of(asked: Asked, page: Page | None) -> Where:
    """Where a search of the help begins: what shows there, what its service may ask."""
    if page is None:
        return Where(asked.page)
    shown = {topic.key for topic in shown_topics(page, page.side)}
    return Where(asked.page, frozenset(shown), page.topics())
