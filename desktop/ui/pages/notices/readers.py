"""The chosen announcement beside the list: its words, who has not read it, who has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.actions import announcements
from desktop.domain.announcement import Announcement
from desktop.domain.identifiers import phone_words
from desktop.domain.office import OfficeCard
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.pages.notices.words import office_words, titles
from desktop.ui.times import moment
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, clear
from desktop.ui.widgets.lists.pairs import panel_heading
from desktop.wire.notices import ReadersAnswer

_LISTED = 60
"""So many offices stand in the panel; the others are counted."""


class ReadersSide(QWidget):
    """The chosen announcement: its words, who has not read it, who has."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=6, margins=(14, 16, 14, 16))
        outer = Column(gap=0)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("اطلاعیهٔ برگزیده")
        self._shown: object = None
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._shown = None
        clear(self._column)
        self._column.addWidget(Label("اطلاعیه‌ای برگزیده نیست.", role="text2", wrap=True))

    def show_announcement(
        self,
        told: Announcement,
        known: Mapping[str, OfficeCard],
        services: Mapping[str, Service],
        readers: ReadersAnswer | None,
        *,
        gone: bool = False,
    ) -> None:
        """Show it, and that another stands in its place where it is `gone`; the same again leaves
        it as it is."""
        shown = (told, readers, gone)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        self._column.addWidget(Label(to_persian_digits(told.title), weight=700, wrap=True))
        if gone:
            words = "اطلاعیهٔ دیگری جای این را گرفته است؛ دفترها این را نمی‌بینند."
            self._column.addWidget(Label(words, "small", "pay", 500, wrap=True))
        if told.when():
            self._column.addWidget(Label(told.when(), "small", "text2"))
        self._column.addWidget(Label(to_persian_digits(told.words), wrap=True))
        if told.services:
            self._column.addWidget(
                Label(titles(told.services, services), "small", "text2", wrap=True)
            )
        self._column.addWidget(Label(f"از {told.by}", "small", "text2"))
        if readers is None:
            return
        read = {one.office_id for one in readers.readers}
        to = announcements.addressed(told, known)
        unread = [known[of] for of in to if of not in read]
        self._column.addWidget(Hairline())
        if unread:
            self._list(f"{len(unread)} دفتر نخوانده است", [_named(card) for card in unread])
        else:
            self._column.addWidget(panel_heading("همهٔ دفترها خوانده‌اند"))
        if readers.readers:
            self._column.addWidget(Hairline())
            lines = [
                (
                    office_words(known.get(one.office_id)),
                    f"{one.name}، {moment(one.read_at, readers.time)}",
                )
                for one in readers.readers
            ]
            self._list(f"{len(read)} دفتر خوانده است", lines)

    def _list(self, heading: str, lines: Sequence[tuple[str, str]]) -> None:
        self._column.addWidget(panel_heading(to_persian_digits(heading)))
        for first, second in lines[:_LISTED]:
            self._column.addWidget(Label(first, weight=500, wrap=True))
            self._column.addWidget(Label(second, "small", "text2", wrap=True))
        if len(lines) > _LISTED:
            more = to_persian_digits(f"و {len(lines) - _LISTED} مورد دیگر")
            self._column.addWidget(Label(more, "small", "text2"))


def _named(card: OfficeCard) -> tuple[str, str]:
    phone = phone_words(card.phone)
    return office_words(card), f"تلفن {phone}" if card.phone else "تلفن ندارد"
