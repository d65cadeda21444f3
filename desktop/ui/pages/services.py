"""All services by their groups, found as one types a part of their names."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from desktop.actions import intake
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.page import Heading, Page, Place, Shell
from desktop.ui.pages import search_parts as parts
from desktop.ui.pages.found_list import FoundList
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.search import SearchBox
from desktop.ui.work import Changed

_WHAT = "نام خدمت، مانند داربست یا تمدید"
_FAMILIES = {
    "property": "پاسخ‌ها و گواهی‌های ملک",
    "building": "ساخت و بنا",
    "street": "معبر و حفاری",
    "utility": "انشعاب‌ها",
}


class ServicesPage(Page):
    """Where F2 and ۰ lead: a few letters and Enter open any service."""

    rail = "new"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._services: dict[str, Service] = {}
        self.box = SearchBox(_WHAT, short=_WHAT, width="fill", name="نام خدمت")
        self.box.edited.connect(self._show)
        self.box.searched.connect(lambda _: self._open())
        self.found = FoundList()
        self.found.opened.connect(self.shell.go)
        top = Row(margins=(14, 20, 8, 20))
        top.addWidget(self.box)
        column = Column(gap=0)
        column.addLayout(top)
        column.addWidget(self.found, 1)
        self.setLayout(column)
        main = Button("گشودن", "main", icon="arrow-left", keys="Ctrl+Enter")
        main.clicked.connect(self._open)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        assert self.bar is not None
        self.bar.arrange(main=main, quiets=[back])
        self.set_heading(Heading("همهٔ خدمات"))

    def enter(self) -> None:
        """The cursor stands in the box; the services come from the desk."""
        self.box.setFocus()
        self.refresh(Changed())

    def refresh(self, changed: Changed) -> None:
        """What the counter offers today."""
        desk = self.shell.seat.desk
        self.shell.work.run(self, lambda: intake.services(desk), self._take)

    def press(self, key: str) -> bool:
        """Esc empties the box first."""
        if key == "Esc" and self.box.text():
            self.box.clear()
            self._show()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the services."""
        told = self.found.step(event)
        if told is None:
            event.ignore()
        else:
            self.box.setAccessibleDescription(told)

    def _take(self, services: dict[str, Service]) -> None:
        self._services = services
        self._show()

    def _show(self) -> None:
        held = self.found.chosen()
        self.found.empty()
        shown = parts.service_lines(self._services, self.box.value())
        for family, heading in _FAMILIES.items():
            inside = [s for s in shown if self._services[s.place.key].family == family]
            count = to_persian_digits(f"{len(inside)} خدمت")
            self.found.group(heading, inside, count)
        if self._services and not shown:
            advice = "نام را کوتاه‌تر بنویسید؛ با Esc همهٔ خدمات می‌آید."
            self.found.tell(EmptyState("خدمتی با این نام نیست", advice, icon="file-search"))
        typed = self.box.value()
        told = self.found.choose_place(held.place if held is not None and not typed else None)
        self.box.setAccessibleDescription(told)

    def _open(self) -> None:
        chosen = self.found.chosen()
        if chosen is not None:
            self.shell.go(chosen.place)
        elif self.bar is not None:
            self.bar.say("خدمتی برای گشودن نیست؛ نام دیگری بنویسید.")
