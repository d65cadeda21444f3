"""The box of commands of the window: where it stands, what it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect

from desktop.actions import intake
from desktop.actions.counter_test import concerns
from desktop.domain.service import Service
from desktop.ui import look, places, theme
from desktop.ui.command.box import WIDTH, Around, CommandBox
from desktop.ui.command.found import Hit
from desktop.ui.look import Look
from desktop.ui.look_menu import THEMES
from desktop.ui.looked import note_found
from desktop.ui.offered import Offered, inner_acts, page_acts, rail_acts
from desktop.ui.pages.search import parts
from desktop.ui.pages.search.parts import Hits
from desktop.ui.palette import Theme
from desktop.ui.places import Place
from desktop.ui.rail import NARROW
from desktop.ui.roles import DUTIES

if TYPE_CHECKING:
    from desktop.ui.window import Window

_AIR, _OVER_BAR = 20, 6
_COUNTER: tuple[tuple[str, str, str, Place], ...] = (
    ("پاسخ‌های رسیده", "پس از وصل شدن خط", "cloud-upload", places.Arrived()),
    ("اطلاعیه‌ها", "از شهرداری به این دفتر", "mail", places.Announcements()),
    ("نامه‌های شهرداری", "واگذاری خدمت به این دفتر", "mail", places.OfficeLetters()),
    ("درس‌ها", "آموزش خدمت‌ها و کارنامهٔ من", "school", places.Lessons()),
    ("بستن روز", "دفتر روز", "clipboard-check", places.DayClose()),
    ("برگه‌های سربرگ", "شمارهٔ برگ، بستهٔ تازه", "notes", places.StampedSheets()),
    ("اندیکاتور نامه‌ها", "چاپ، خروجی اکسل", "list-details", places.Registers("letters")),
    ("فهرست درخواست‌ها", "چاپ، خروجی اکسل", "list-details", places.Registers("requests")),
    ("صورت کارمزد ماه", "کارمزد دفتر", "list-details", places.Registers("fees")),
    ("روزهای بسته", "دفتر روزهای پیش", "list-details", places.Registers("days")),
    ("گزارش مشاهده‌ها", "چه کسی چه دید", "eye", places.ReadingLog()),
)
"""Pages of a counter that few need all day: words, about what, icon."""
_AGENCY: tuple[tuple[str, str, str, Place], ...] = (
    (
        "درخواست آزمایشی این باجه",
        "پیش از تبدیل به پیشخوان",
        "arrows-exchange",
        places.CounterTest(),
    ),
)


class Commanding(QObject):
    """One box for each frame; the services come from the desk as often as it opens."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._box: CommandBox | None = None
        self._services: dict[str, Service] = {}
        self._converts = False

    @property
    def box(self) -> CommandBox | None:
        """The box while it is open."""
        held = self._box
        open_ = held is not None and shiboken6.isValid(held) and held.isVisible()
        return held if open_ else None

    def turn(self) -> None:
        """Open it, or close it (Ctrl+K)."""
        if self.box is not None:
            self.box.close_quietly()
            return
        frame = self._window.frame
        if frame is None:
            return
        if self._box is None or not shiboken6.isValid(self._box):
            self._box = box = CommandBox(frame, self._around())
            box.closed.connect(lambda: self._note_found(box.shown_cases()))
        self._box.open(*self._room())
        desk = self._window.seat.desk
        if not self._window.seat.staff.role.is_municipal:
            self._window.work.run(self, lambda: intake.services(desk), self._offer)
            self._window.work.run(self, partial(concerns, desk), self._tell_conversion)

    def press(self, key: str) -> bool:
        """A key while it is open: Esc empties, then closes; F3 searches; others close."""
        box = self.box
        if box is None:
            return False
        if key == "Esc":
            box.escape()
            return True
        if key == "F3" and box.box.value():
            box.search_all()
            return True
        box.close_quietly()
        return False

    def seat(self) -> None:
        """Another person sits here, with a frame and services of their own."""
        self._box, self._services, self._converts = None, {}, False

    def _around(self) -> Around:
        window = self._window
        return Around(
            window.work,
            self._search,
            lambda: window.seat.staff.role.is_municipal,
            self._known_services,
            self._offered,
            self._recent,
            lambda: window.helping.known,
            lambda: window.helping.where(),
            window.go,
            lambda entry: window.helping.open_entry(entry),
        )

    def _search(self, typed: str) -> Hits:
        return parts.find(self._window.seat, typed)

    def _note_found(self, found: list[Place]) -> None:
        note_found(self._window.work, self, self._window.seat, found)

    def _known_services(self) -> Mapping[str, Service]:
        return self._services

    def _offer(self, services: dict[str, Service]) -> None:
        changed, self._services = services != self._services, services
        if changed and self.box is not None:
            self.box.offer_services(services)

    def _tell_conversion(self, concerned: bool) -> None:
        self._converts = concerned

    def _offered(self) -> list[Offered]:
        window = self._window
        page, frame = window.page, window.frame
        acts = page_acts(page) if page is not None else []
        rail = []
        if frame is not None:
            pages = DUTIES[window.seat.staff.role].pages
            help_ = frame.rail.help_item
            rail = rail_acts(pages, frame.rail.counts, window.go)
            rail.append(Offered(help_.text(), "", help_.icon_name(), help_.keys(), help_.click))
        inner = inner_acts(page) if page is not None else []
        return [*acts, *rail, *inner, *self._everywhere()]

    def _everywhere(self) -> list[Offered]:
        window, go = self._window, self._window.go
        return [
            Offered(
                "در صف ارسال و موارد نیازمند رسیدگی",
                "",
                "cloud-upload",
                "",
                partial(go, places.Outbox()),
            ),
            *self._of_role(),
            *window.noticing.deputising.offered(),
            Offered("همهٔ میانبرها", "", "key", "Ctrl+/", partial(go, places.Keys())),
            Offered("قفل", "برنامه قفل می‌شود؛ کار شما حفظ می‌شود", "lock", "Ctrl+L", window.lock),
            Offered("بزرگ‌تر", "اندازهٔ نوشته‌ها", "zoom-in", "Ctrl+=", partial(window.zoom, 1)),
            *(
                Offered(f"نمای {words}", "", "contrast", "", partial(self._turn_look, kind))
                for kind, words in THEMES.items()
            ),
            Offered("کوچک‌تر", "اندازهٔ نوشته‌ها", "zoom-out", "Ctrl+-", partial(window.zoom, -1)),
        ]

    def _of_role(self) -> list[Offered]:
        """Late answers, what the unit announced, lessons, registers and the day's close are a
        counter's; announcing is the unit's."""
        window = self._window
        if window.seat.staff.role.prepares:
            go = partial(window.go, places.Announcing())
            letters = partial(window.go, places.OfficeLetters())
            messages = partial(window.go, places.CitizenMessages())
            return [
                Offered("اطلاعیه‌ها", "از شهرداری به دفترها", "mail", "", go),
                Offered("نامه‌های واگذاری", "از شهرداری به دفترها", "mail", "", letters),
                Offered("پیام به شهروندان", "آنچه نرسیده است", "phone", "", messages),
            ]
        if window.seat.staff.role.is_municipal:
            seen = partial(window.go, places.ReadingLog())
            own = Offered("گزارش مشاهده‌ها", "آنچه خود دیده‌ام", "eye", "", seen)
            return [own] if window.seat.staff.role.sees_cases else []
        return [
            Offered(words, about, icon, "", partial(window.go, place))
            for words, about, icon, place in (*_COUNTER, *(_AGENCY if self._converts else ()))
        ]

    def _turn_look(self, kind: Theme) -> None:
        now = look.current()
        self._window.set_look(Look(kind, now.zoom, now.motion))

    def _recent(self) -> list[Hit]:
        window = self._window
        last = window.opened.others(window.page.place if window.page is not None else None)
        return [Hit(each.words, "", each.icon, partial(window.go, each.place)) for each in last]

    def _room(self) -> tuple[QRect, int]:
        """Over the header's search, from its left edge; narrow, over the whole content."""
        frame = self._window.frame
        assert frame is not None
        line = frame.search
        corner = line.mapTo(frame, QPoint(0, 0))
        content = frame.width() - frame.rail.width()
        narrow = self._window.width() / theme.zoom() * 100 < NARROW
        wide = content - 2 * theme.px(_AIR) if narrow else theme.px(WIDTH)
        top = corner.y()
        ends = frame.height() - theme.px(_AIR)
        page = self._window.page
        if page is not None and page.bar is not None and page.bar.isVisible():
            # A strip of a key that stuck out below it would be no key.
            ends = min(ends, page.bar.mapTo(frame, QPoint(0, 0)).y() - theme.px(_OVER_BAR))
        room = ends - top
        return QRect(corner.x(), top, min(wide, content - 2 * theme.px(_AIR)), line.height()), room
