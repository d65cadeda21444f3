"""نزدیک‌ترین دفتر: which office does a service for a citizen, near to where he is, open now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from desktop.actions import nearest
from desktop.actions.nearest import Finder, Whence
from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.errors import Refusal
from desktop.domain.nearest import Near, first_to_open
from desktop.domain.nearest_words import SENTENCES, office_title, opening_words
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell, flow
from desktop.ui.pages.nearest.asking import AskCard, Way
from desktop.ui.pages.nearest.cards import NearCards
from desktop.ui.pages.nearest.side import NearestSide
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.persian_keys import sequences
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_MINUTE_MS = 60_000
_NO_SERVICE = "خدمت را برگزینید."
_SLIP, _WALL = "برگهٔ نشانی", "فهرست دیواری"


class NearestPage(PaperPage):
    """Cards by distance; digits choose, Ctrl+Enter prints the slip, F8 the list for the wall."""

    place: places.Nearest

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "nearest"
    side_width = 312

    def __init__(self, shell: Shell, place: places.Nearest) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("نزدیک‌ترین دفتر"))
        self._finder: Finder | None = None
        self._whence: Whence | None = None
        self._property = ("", Whence(("", ""), ""))
        self._found: list[Near] = []
        self._asked = 0
        self._narrow = False
        self.ask, self.cards = AskCard(), NearCards()
        self.panel = NearestSide()
        self.side = self.panel
        self.why = Banner(place.why, "refuse", icon="ban")
        self.none = EmptyState("", "", icon="map-pin")
        self._build()
        self.ask.asked.connect(self._look)
        self.ask.went.connect(self._look_and_go)
        self.cards.turned.connect(self._show_places)
        self.cards.chosen.connect(self._show_slip)
        self.panel.chosen.connect(self.cards.choose)
        for number, way in enumerate(Way, start=1):
            self._bind(f"Alt+{number}", partial(self.ask.choose_way, way))
        self._bind("PgDown", partial(self.cards.turn, 1))
        self._bind("PgUp", partial(self.cards.turn, -1))
        self.minutes = QTimer(self)
        self.minutes.timeout.connect(self._look_again)
        self.minutes.start(_MINUTE_MS)

    def _build(self) -> None:
        scroller = Scroller(gap=10, margins=(12, 20, 12, 20))
        for part in (self.why, self.ask, self.none, self.cards):
            scroller.add(part)
        # Shown before they stand here they would be windows of their own, and have the keys.
        self.why.setVisible(bool(self.place.why))
        self.none.hide()
        content = QWidget()
        content.setLayout(Column(scroller, gap=0))
        self.put(content)

    def _bind(self, keys: str, act: object) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(sequences(keys))
        shortcut.activated.connect(act)

    def enter(self) -> None:
        """What is known of offices and places; the keys stand where something is to be said."""
        self._load()

    def leave(self) -> None:
        """What is typed and was not looked for yet is there when one comes back."""
        if self._finder is not None:
            self._keep_place()

    def refresh(self, changed: Changed) -> None:
        """Offices, hours or delegations are others now."""
        self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: four lower cards; sketch and slip by F7."""
        self._narrow = narrow
        self.cards.set_narrow(narrow)
        self.arrange_bar()

    def press(self, key: str) -> bool:
        """A digit chooses; F7 shows the sketch where it has no place of its own."""
        if super().press(key):
            return True
        if self.on_paper():
            return False
        if key.isdigit():
            return self.cards.press(int(key))
        return False

    def take_focus(self) -> None:
        """Where something is to be said, else the offices found."""
        if not self.ask.service.value():
            self.ask.service.setFocus()
        elif self.cards.cards:
            self.cards.focus_on(0)
        else:
            self.ask.line.setFocus()

    def arrange_bar(self) -> None:
        """The slip; the list for the wall; narrow: the sketch."""
        if self.bar is None:
            return
        send = Button(f"چاپ {_SLIP}", "main", icon="printer", keys="Ctrl+Enter")
        send.clicked.connect(self.print_slip)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        wall = Button(_WALL, "quiet", icon="printer", keys="F8", tall=True)
        wall.clicked.connect(self.print_wall)
        quiets = [back, wall]
        if following := self.cards.following:
            words = SENTENCES["others"].format(to_persian_digits(following))
            more = Button(words, "quiet", tall=True)
            more.clicked.connect(lambda: self.cards.turn(1))
            quiets.append(more)
        if self._narrow:
            sketch = Button("نقشه", "quiet", keys="F7", tall=True)
            sketch.clicked.connect(self.shell.show_summary)
            quiets.append(sketch)
        self.bar.arrange(main=send, quiets=quiets, sentence=self._standing())

    def print_slip(self) -> None:
        """The slip for the chosen office, at once where there is a printer."""
        near, finder, service = self.cards.near, self._finder, self.ask.service.value()
        if not service:
            self._tell_service()
        elif near is None or finder is None:
            self.shell.tell("دفتری برای چاپ نشانی پیدا نشد.", "pay")
        else:
            draw = partial(nearest.slip, self.shell.seat, finder, service, near)
            self.show_paper(OfficePaper(_SLIP, draw), at_once=True)

    def print_wall(self) -> None:
        """By neighbourhood, for the wall."""
        finder, service = self._finder, self.ask.service.value()
        if not service:
            self._tell_service()
        elif finder is not None:
            draw = partial(nearest.wall, self.shell.seat, finder, service)
            self.show_paper(OfficePaper(_WALL, draw))

    def _tell_service(self) -> None:
        self.ask.service_field.set_error(_NO_SERVICE)
        self.ask.service.setFocus()

    @flow
    async def _load(self) -> None:
        first = self._finder is None
        finder = await Job(partial(nearest.known, self.shell.seat.desk))
        self._finder = finder
        names = {
            way: [place.name for place in finder.places if place.kind is way.kind]
            for way in Way
            if way.kind is not None
        }
        titles = [(code, service.title) for code, service in finder.services.items()]
        self.ask.set_known(titles, names)
        if first:
            place = self.place
            self.ask.fill(
                place.service, Way(place.way), place.typed,
                only_open=place.only_open, step_free=place.step_free,
            )  # fmt: skip
            self.arrange_bar()
        if first:
            self._look()
            self.take_focus()
        else:
            self._look_again()

    def _look(self) -> None:
        self.flow(self._look_at(go=False))

    def _look_again(self) -> None:
        """Time went on, or offices are others now: what is being typed is not asked for."""
        if not self.ask.field.error():
            self.flow(self._look_at(go=False, again=True))

    def _look_and_go(self) -> None:
        self.flow(self._look_at(go=True))

    async def _look_at(self, *, go: bool, again: bool = False) -> None:
        """Find the place, then the offices round it; what was asked before may come late.

        Looked at `again` it is the place that was found before.
        """
        if self._finder is None:
            return
        self._asked += 1
        asked, service = self._asked, self.ask.service.value()
        finder = self._finder = replace(self._finder, moment=self.shell.now())
        self._keep_place()
        if service:
            self.ask.service_field.set_error(None)
        try:
            known = again and self.ask.line.value()
            whence = self._whence if known else await self._whence_of(finder, service)
        except Refusal as no:
            if asked == self._asked:
                self.ask.tell(no.words, no.field or "")
                self._show(finder, service, None, [])
            return
        look = partial(
            finder.near,
            service,
            whence.point if whence else None,
            only_open=self.ask.only_open.value(),
            step_free=self.ask.step_free.value(),
        )
        found = await Job(look) if service else []
        if asked != self._asked:
            return
        shut = found
        if service and not found and self.ask.only_open.value():
            shut = await Job(partial(look, only_open=False))
        self.ask.tell("")
        self._show(finder, service, whence, found, shut)
        if go and self.cards.cards:
            self.cards.focus_on(0)

    async def _whence_of(self, finder: Finder, service: str) -> Whence | None:
        """Where the citizen is; nothing typed is where this office is. Raises Refusal."""
        way, typed = self.ask.chosen_way, self.ask.line.value()
        if not typed:
            return nearest.own_place(finder)
        if way.kind is not None:
            return nearest.named_place(finder, way.kind, typed)
        if way is Way.POSTAL:
            return nearest.postal_place(finder, typed)
        asked, place = self._property
        if asked != typed:
            # The centre keeps a record of each such question: one is enough.
            ask = partial(nearest.property_place, self.shell.seat, finder, service, typed)
            asking: Job[Whence] = Job(ask, line=True)
            place = await asking
            self._property = (typed, place)
        return place

    def _show(
        self,
        finder: Finder,
        service: str,
        whence: Whence | None,
        found: list[Near],
        shut: list[Near] | None = None,
    ) -> None:
        first = first_to_open(shut or []) if not found else None
        self._whence, self._found = whence, found
        shown = found or ([first] if first else [])
        self.cards.show_found(shown, finder.moment, finder.own)
        self.ask.count.setText(self._count(finder, service, found))
        wrong = bool(self.ask.field.error())
        self.none.setVisible(not found and not wrong)
        if not found:
            self.none.say(*self._nothing(finder, service, first))

    def _nothing(self, finder: Finder, service: str, first: Near | None) -> tuple[str, str]:
        if not service:
            return "کدام خدمت؟", "خدمت و جای شهروند را بنویسید؛ دفترها به ترتیب فاصله می‌آیند."
        if first is not None:
            opens = opening_words(first, finder.moment)
            told = SENTENCES["first"].format(office_title(first.card), opens)
            return SENTENCES["nobody_now"], told
        if not any(office.services for office in finder.offices):
            return "هنوز خدمتی به دفترها واگذار نشده است.", "فهرست پس از نخستین واگذاری می‌آید."
        return (
            SENTENCES["nobody"],
            "انتخاب‌های بالا را بردارید یا از شهرداری بپرسید.",
        )

    def _count(self, finder: Finder, service: str, found: list[Near]) -> str:
        if not service or not found:
            return ""
        words = f"{len(found)} دفتر با متصدی آموزش‌دیده"
        words += "، اکنون باز" if self.ask.only_open.value() else ""
        lost = sum(not near.card.has_place for near in found)
        return to_persian_digits(f"{words}؛ {lost} بی‌مکان" if lost else words)

    def _standing(self) -> str:
        """How one is chosen; without a line, of when the list is."""
        status = self.shell.seat.desk.sync_status()
        if status.state == "down" and status.last_heard is not None:
            heard = status.last_heard
            day = format_day_month(heard.astimezone(TEHRAN).date())
            return f"فهرست دفترها تا {day}، {format_time(heard)}"
        count = len(self.cards.cards)
        if self._narrow or count < 2:
            return ""
        return to_persian_digits(f"برگزیدن دفتر با شمارهٔ ۱ تا {count}")

    def _show_places(self) -> None:
        """The sketch with the numbers of those that stand here now."""
        if self._finder is None:
            return
        whence = self._whence if self.ask.service.value() else None
        self.panel.show_places(self._finder, whence, self.cards.shown, self._found)
        if not self.on_paper():
            self.arrange_bar()

    def _show_slip(self) -> None:
        """The chosen one, ringed, and its slip."""
        service = self.ask.service.value()
        if self._finder is not None:
            near = self.cards.near if service else None
            self.panel.show_slip(self._finder, service, near)

    def _keep_place(self) -> None:
        """Who comes back finds what was asked."""
        self.returns_to = replace(
            self.place,
            service=self.ask.service.value(),
            way=self.ask.chosen_way.value,
            typed=self.ask.line.value(),
            only_open=self.ask.only_open.value(),
            step_free=self.ask.step_free.value(),
        )
