"""The search: places, services and cases by whatever a person has in hand, as they type."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from desktop.actions import intake
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.looked import note_found
from desktop.ui.page import Kind, Shell
from desktop.ui.pages.queue.case_list import FilterBar, ListFilter
from desktop.ui.pages.search import parts
from desktop.ui.pages.search.found_list import FindingPage
from desktop.ui.pages.search.parts import Hits
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_WAIT_MS = 120
_ALL, _OPEN, _ENDED = "all", "open", "ended"
_FILTERS = (ListFilter(_ALL, "همه"), ListFilter(_OPEN, "باز"), ListFilter(_ENDED, "پایان‌یافته"))
_WHAT = "کد رهگیری، کد ملی، کد نوسازی، پلاک، شمارهٔ نامه، شمارهٔ همراه یا نام"


class SearchPage(FindingPage):
    """Found as one types, ↑ and ↓ choose, Enter opens; it begins with what was typed elsewhere."""

    place: places.Search

    listens = frozenset({Kind.CASES, Kind.PUBLISHED, Kind.DAY})
    rail = "search"

    def __init__(self, shell: Shell, place: places.Search) -> None:
        super().__init__(shell, place, "جست‌وجو", _WHAT)
        self._services: dict[str, Service] = {}
        self._hits: Hits | None = None
        self._trouble = ""
        self._eager = False
        self.filters = FilterBar(_FILTERS)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self._narrow(name))
        self.below.addWidget(self.filters)
        self.filters.hide()
        self.box.set_value(place.typed)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAIT_MS)
        self._clock.timeout.connect(self._ask)

    def enter(self) -> None:
        """The cursor stands at the end of what was typed; the services come from the desk."""
        self.box.setFocus()
        if not self.place.typing:
            self.box.selectAll()
        self._load()

    def leave(self) -> None:
        """What was found last was seen."""
        if self._hits is not None:
            seen = [line.place for line in self._hits.cases]
            note_found(self.shell.work, self, self.shell.seat, seen)

    def refresh(self, changed: Changed) -> None:
        """Ask again; the chosen line stays chosen."""
        self._load()

    def _load(self) -> None:
        desk = self.shell.seat.desk
        self.shell.work.run(self, lambda: intake.services(desk), self._offer)
        self._ask()

    def _offer(self, services: dict[str, Service]) -> None:
        if not self.shell.seat.staff.role.is_municipal:
            self._services = services
            self._show()

    def typed(self) -> None:
        """Ask when the person pauses; at once when the box is empty again."""
        self.place = places.Search(self.box.value())
        self.found.at = -1
        self.filters.select(_ALL)
        if self.box.value():
            self._clock.start()
        else:
            self._clock.stop()
            self._ask()

    def _ask(self) -> None:
        typed, seat = self.box.value(), self.shell.seat
        if not typed:
            self._hits, self._trouble = None, ""
            self._show()
            return
        self.shell.work.run(
            self,
            lambda: parts.find(seat, typed),
            self._show_hits,
            self._failed,
            line=seat.staff.role.is_municipal,
        )

    def _show_hits(self, hits: Hits) -> None:
        if hits.typed == self.box.value():
            self._hits, self._trouble = hits, ""
            self._show()
            if self._eager:
                self._eager = False
                self.open_chosen()

    def _narrow(self, name: str) -> None:
        """Of the cases found only the open ones, or those that ended."""
        self.filters.select(name)
        self._show()

    def _failed(self, no: Refusal) -> None:
        self._hits, self._trouble, self._eager = None, no.words, False
        self._show()

    def _show(self) -> None:
        typed = self.box.value()
        held = self.found.chosen()
        self.found.empty()
        pages = DUTIES[self.shell.seat.staff.role].pages
        self.found.group("صفحه‌ها", parts.commands(pages, typed))
        self.found.group("درخواست جدید", parts.service_lines(self._services, typed))
        self._show_cases(typed)
        told = self.found.choose_place(held.place if held else None)
        self.box.setAccessibleDescription(told)

    def _show_filters(self) -> None:
        """Where there is something to choose between."""
        cases = self._hits.cases if self._hits is not None else ()
        ended = sum(line.ended for line in cases)
        self.filters.setVisible(0 < ended < len(cases))
        self.filters.set_counts({_ALL: len(cases), _OPEN: len(cases) - ended, _ENDED: ended})

    def _show_cases(self, typed: str) -> None:
        self._show_filters()
        if self._trouble:
            self.found.tell(EmptyState("جست‌وجو اکنون ممکن نیست", self._trouble, icon="wifi-off"))
        elif not typed:
            words = "یکی از این‌ها را بنویسید"
            self.found.tell(EmptyState(words, f"{_WHAT}.", icon="search"))
        elif self._hits is None:
            return
        elif self._hits.cases:
            taken = parts.SHAPES[self._hits.shape]
            count = to_persian_digits(f"{len(self._hits.cases)} پرونده")
            told = f"{count}ٔ تازه‌تر؛ دقیق‌تر بنویسید" if self._hits.more else count
            chosen = self.filters.chosen if not self.filters.isHidden() else _ALL
            shown = [x for x in self._hits.cases if chosen in (_ALL, _ENDED if x.ended else _OPEN)]
            self.found.group("پرونده‌ها", shown, f"بر پایهٔ {taken}، {told}")
        else:
            municipal = self.shell.seat.staff.role.is_municipal
            shape = self._hits.shape
            taken = "" if shape == "words" else f" با این {parts.SHAPES[shape]}"
            empty = EmptyState(
                f"پرونده‌ای{taken} یافت نشد",
                parts.advice(self._hits, municipal=municipal),
                icon="file-search",
            )
            if not municipal:
                self.found.group("دفترهای دیگر", parts.elsewhere(self._hits))
            self.found.tell(empty)

    def open_chosen(self) -> None:
        """Enter right after the last key opens what is typed now, not what was found before."""
        typed = self.box.value()
        if not typed or self._trouble or (self._hits and self._hits.typed == typed):
            super().open_chosen()
        else:
            self._clock.stop()
            self._eager = True
            self._ask()
