"""The search: places, services and cases by whatever a person has in hand, as they type."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import intake
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.frame import entries
from desktop.ui.page import Heading, Page, Place, Shell
from desktop.ui.pages import search_parts as parts
from desktop.ui.pages.search_parts import Hits, Line
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.rows import ListRow
from desktop.ui.widgets.scroller import Scroller
from desktop.ui.widgets.search import SearchBox
from desktop.ui.work import Changed

_WAIT_MS = 120
_WHAT = "کد رهگیری، کد ملی، کد نوسازی، پلاک، شمارهٔ نامه، شمارهٔ همراه یا نام"


class SearchPage(Page):
    """Found as one types, ↑ and ↓ choose, Enter opens; `place.key` is what was typed elsewhere."""

    rail = "search"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._services: dict[str, Service] = {}
        self._hits: Hits | None = None
        self._trouble = ""
        self._eager = False
        self.lines: list[Line] = []
        self.rows: list[ListRow] = []
        self._at = -1
        self.box = SearchBox(_WHAT, short=_WHAT, width="fill")
        self.box.set_value(place.key)
        self.box.edited.connect(self._typed)
        self.box.searched.connect(lambda _: self._open())
        self._found = Column(gap=6)
        self.scroller = Scroller(gap=0, margins=(4, 20, 14, 20))
        self.scroller.content.addLayout(self._found)
        top = Row(margins=(14, 20, 8, 20))
        top.addWidget(self.box)
        column = Column(gap=0)
        column.addLayout(top)
        column.addWidget(self.scroller, 1)
        self.setLayout(column)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAIT_MS)
        self._clock.timeout.connect(self._ask)
        main = Button("گشودن", "main", icon="arrow-left", keys="Ctrl+Enter")
        main.clicked.connect(self._open)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        assert self.bar is not None
        self.bar.arrange(main=main, quiets=[back])
        self.set_heading(Heading("جست‌وجو"))

    def enter(self) -> None:
        """The cursor stands at the end of what was typed; the services come from the desk."""
        self.box.setFocus()
        if self.place.extra != "typing":
            self.box.selectAll()
        desk = self.shell.seat.desk
        self.shell.work.run(self, lambda: intake.services(desk), self._offer)
        self._ask()

    def refresh(self, changed: Changed) -> None:
        """Ask again; the chosen line stays chosen."""
        if changed.cases or not changed.sync:
            self._ask()

    def press(self, key: str) -> bool:
        """F3 and the search's own keys come back to the box; Esc empties it first."""
        if key in ("F3", "Ctrl+K"):
            self.box.setFocus()
            self.box.selectAll()
            return True
        if key == "Esc" and self.box.text():
            self.box.clear()
            self._typed()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through what was found, wherever the focus is."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.rows:
            event.ignore()
        else:
            self._choose(min(max(self._at + step, 0), len(self.rows) - 1))

    def _offer(self, services: dict[str, Service]) -> None:
        if not self.shell.seat.staff.role.is_municipal:
            self._services = services
            self._show()

    def _typed(self) -> None:
        self.place = Place("search", self.box.value())
        self._at = -1
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
            self._take,
            self._failed,
            line=seat.staff.role.is_municipal,
        )

    def _take(self, hits: Hits) -> None:
        if hits.typed == self.box.value():
            self._hits, self._trouble = hits, ""
            self._show()
            if self._eager:
                self._eager = False
                self._open()

    def _failed(self, no: Refusal) -> None:
        self._hits, self._trouble, self._eager = None, no.words, False
        self._show()

    def _show(self) -> None:
        typed = self.box.value()
        held = self.lines[self._at].place if 0 <= self._at < len(self.lines) else None
        clear(self._found)
        self.lines, self.rows = [], []
        places = parts.commands(entries(self.shell.seat.staff.role), typed)
        self._group("صفحه‌ها", places)
        self._group("درخواست جدید", parts.service_lines(self._services, typed))
        self._show_cases(typed)
        found = [line.place for line in self.lines]
        self._choose(found.index(held) if held in found else 0)

    def _show_cases(self, typed: str) -> None:
        if self._trouble:
            self._found.addWidget(EmptyState("اکنون نمی‌توان جست", self._trouble, icon="wifi-off"))
        elif not typed:
            words = "هر چه در دست دارید بنویسید"
            self._found.addWidget(EmptyState(words, f"{_WHAT}.", icon="search"))
        elif self._hits is None:
            return
        elif self._hits.cases:
            taken = parts.SHAPES[self._hits.shape]
            count = to_persian_digits(f"{len(self._hits.cases)} پرونده")
            told = f"{count}ٔ تازه‌تر؛ دقیق‌تر بنویسید" if self._hits.more else count
            self._group("پرونده‌ها", list(self._hits.cases), f"بر پایهٔ {taken}، {told}")
        else:
            municipal = self.shell.seat.staff.role.is_municipal
            shape = self._hits.shape
            taken = "" if shape == "words" else f" با این {parts.SHAPES[shape]}"
            empty = EmptyState(
                f"پرونده‌ای{taken} یافت نشد",
                parts.advice(self._hits, municipal=municipal),
                icon="file-search",
            )
            self._found.addWidget(empty)

    def _group(self, heading: str, lines: list[Line], beside: str = "") -> None:
        if not lines:
            return
        head = Row(gap=8, margins=(6, 0, 0, 0))
        head.addWidget(Label(heading, weight=700))
        head.addWidget(Label(beside, "small", "text2"))
        head.addStretch(1)
        self._found.addLayout(head)
        box = QWidget()
        column = Column(gap=0)
        for line in lines:
            row = ListRow(
                line.words,
                line.detail,
                icon=line.icon,
                keys=line.keys,
                chip=line.chip,
                chevron=False,
                inset=10,
            )
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.clicked.connect(lambda _=False, to=line.place: self.shell.go(to))
            column.addWidget(row)
            self.lines.append(line)
            self.rows.append(row)
        box.setLayout(column)
        self._found.addWidget(box)

    def _choose(self, index: int) -> None:
        self._at = index if self.rows else -1
        for each, row in enumerate(self.rows):
            row.set_chosen(each == self._at)
        if 0 <= self._at < len(self.rows):
            self.scroller.bring(self.rows[self._at])
            self.box.setAccessibleDescription(self.rows[self._at].accessibleName())

    def _open(self) -> None:
        typed = self.box.value()
        settled = not typed or self._trouble or (self._hits and self._hits.typed == typed)
        if not settled:
            # Enter right after the last key: what is meant is what is typed now.
            self._clock.stop()
            self._eager = True
            self._ask()
        elif 0 <= self._at < len(self.lines):
            self.shell.go(self.lines[self._at].place)
        elif self.bar is not None:
            self.bar.say("چیزی برای گشودن نیست؛ چیز دیگری بنویسید.")
