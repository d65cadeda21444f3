"""What every page is made of: a heading, the work, a side panel, an action bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from functools import wraps
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import announcing, theme
from desktop.ui.palette import Tone
from desktop.ui.places import OfCase, Place
from desktop.ui.remembered import Remembered
from desktop.ui.widgets.button import Button, Spare
from desktop.ui.widgets.label import Sentence
from desktop.ui.widgets.layouts import Row, clear
from desktop.ui.widgets.paint.focus_ring import InnerRing
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.work import Changed, Steps, Work

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Seat
    from desktop.actions.samples import Sample
    from desktop.domain.service import Service


@dataclass(frozen=True)
class Heading:
    """The header of a page: title, a second word beside it, and the state's chip."""

    title: str
    second: str = ""
    chip: ChipLook | None = None


@runtime_checkable
class Dated(Protocol):
    """What reckons from the day on which it was made, until it is told another."""

    def set_today(self, today: date) -> None:
        """The day has changed."""


class Shell(Protocol):
    """What a page may ask of the window."""

    @property
    def seat(self) -> Seat:
        """Who sits here, at which desk."""
        ...

    @property
    def work(self) -> Work:
        """The way off the window's thread."""
        ...

    def go(self, place: Place) -> None:
        """Show another page; Esc there comes back."""
        ...

    def instead(self, place: Place) -> None:
        """Show another page in this one's place: Esc there goes where it would have gone here."""
        ...

    def back(self) -> None:
        """The page before this one."""
        ...

    def toast(self, words: str, undo: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what was done and can be undone."""
        ...

    def tell(
        self,
        words: str,
        tone: Tone = "ok",
        link: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """A banner on top of the content; the next page takes it away."""
        ...

    def show_summary(self, *, shown: bool = True) -> None:
        """Narrow: the side panel in place of the content, or back (F7); not `shown`: only back."""
        ...

    def show_count(self, rail: str, count: int) -> None:
        """How many things wait at an item of the rail; 0 shows no number."""
        ...

    def explain(self, key: str) -> None:
        """The help's entry with this key, of this page or of any."""
        ...

    def draft_saved(self, at: datetime | None) -> None:
        """«پیش‌نویس ذخیره شد ۱۰:۴۲» in the status bar; None takes it away."""
        ...

    def draft_left(self) -> None:
        """«نوشتهٔ شما نگه داشته شد» in the status bar, on the page that comes next."""
        ...

    def draft_unkept(self, words: str) -> None:
        """Why the page that goes can't keep what is typed: it stays, unless it is left again."""
        ...

    @property
    def samples(self) -> Callable[[Service], Sequence[Sample]] | None:
        """In a demo, people and properties to try for a service."""
        ...

    @property
    def remembered(self) -> Remembered:
        """What lists remember of who sits here."""
        ...

    def now(self) -> datetime:
        """The desk's moment, UTC."""
        ...

    def today(self) -> date:
        """The day in Yazd."""
        ...


# What the others go without and what the main act does, in the order in which they give way.
_SPARING = (
    (Spare.NOTHING, Spare.NOTHING),
    (Spare.PICTURE, Spare.NOTHING),
    (Spare.KEYS, Spare.NOTHING),
    (Spare.KEYS, Spare.PICTURE),
)
_LEANEST = _SPARING[-1]
_SENTENCE = 200  # px at 100 %: so much of what is told makes pictures and caps give way


class Bar(QWidget):
    """The action bar: back and quiet acts at the right, second ones and the main one at the left.

    One sentence before the second acts tells where things stand. Where there is no room for all,
    pictures give way and then the caps of keys, the main act's picture last. While a cover lies
    over the page, its acts stand here in place of the page's own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.main: Button | None = None
        self._sentence = Sentence("", role="text2", left=True)
        self._row = Row(gap=10)
        self._own = QWidget()
        self._own.setLayout(self._row)
        self._over: QWidget | None = None
        self._both = Row(self._own, gap=0)
        self.setLayout(self._both)

    def arrange(
        self,
        *,
        main: Button | None = None,
        seconds: Sequence[Button] = (),
        quiets: Sequence[Button] = (),
        sentence: str = "",
        tone: Tone | None = None,
    ) -> None:
        """Take these acts; the ones before are given up. The same main act keeps the keys."""
        before = self.main.text() if self.main is not None and self.main.hasFocus() else ""
        self._row.removeWidget(self._sentence)
        clear(self._row)
        self.main = main
        for button in quiets:
            self._row.addWidget(button)
        self._sentence.setText(sentence)
        self._sentence.set_role(tone or "text2")
        self._row.addWidget(self._sentence, 1)
        for button in seconds:
            self._row.addWidget(button)
        if main is not None:
            self._row.addWidget(main)
            if main.text() == before:
                main.setFocus()
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for words alone."""
        if self._over is not None:
            return super().minimumSizeHint()
        least = self._sentence.minimumSizeHint().width()
        return QSize(self._width(_LEANEST, least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has another place for pictures."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Larger letters, other words."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        least, whole = self._sentence.minimumSizeHint().width(), self._sentence.sizeHint().width()
        said = max(least, min(whole, theme.px(_SENTENCE)))
        fitting = (each for each in _SPARING if self._width(each, said) <= self.width())
        others, main = next(fitting, _LEANEST)
        for button in self._row_buttons():
            button.spare(main if button is self.main else others)

    def _width(self, sparing: tuple[Spare, Spare], said: int) -> int:
        others, main = sparing
        buttons = self._row_buttons()
        wide = sum(each.width_without(main if each is self.main else others) for each in buttons)
        return wide + self._row.spacing() * len(buttons) + said

    def _row_buttons(self) -> list[Button]:
        held = (self._row.itemAt(at) for at in range(self._row.count()))
        found = [each.widget() for each in held if each is not None]
        return [each for each in found if isinstance(each, Button) and not each.isHidden()]

    def press_main(self) -> bool:
        """Press the page's main act; whether there is one in sight."""
        if self.main is None or self._over is not None:
            return False
        self.main.click()
        return True

    def cover(self, acts: QWidget | None) -> None:
        """The page is out of sight under a cover with these acts of its own; None: it is back."""
        if self._over is not None:
            self._both.removeWidget(self._over)
            self._over.hide()
        self._over = acts
        self._own.setVisible(acts is None)
        if acts is not None:
            self._both.addWidget(acts)
            acts.show()

    def say(self, sentence: str) -> None:
        """Another sentence."""
        self._sentence.setText(sentence)

    def tell(self, sentence: str) -> None:
        """What happened just now: shown, and said to who hears the window."""
        self.say(sentence)
        announcing.announce(self, sentence, "bar")


_Page = TypeVar("_Page", bound="Page")


def flow(steps: Callable[[_Page], Steps]) -> Callable[[_Page], None]:
    """Of a method that awaits its jobs, the one that a button calls: the page goes through it."""

    @wraps(steps)
    def begin(page: _Page) -> None:
        page.flow(steps(page))

    return begin


class Kind(Enum):
    """What the content of a page may rest on, and so what the page listens to.

    Cases of the municipality come by no stream: its pages ask the centre after each round (SYNC).
    """

    CASES = auto()
    OWN_CASE = auto()
    PUBLISHED = auto()
    SYNC = auto()
    DAY = auto()


class Page(QWidget):
    """The content of a page; its side panel and action bar stand beside it in the frame.

    `listens` is said by every page: what it rests on. `rail` names the item of the rail that is
    marked; `side_width` the panel's width at 100 %. Esc on a later page comes back to `returns_to`,
    where that is not this page itself.
    """

    listens: ClassVar[frozenset[Kind]]
    rail = "home"
    side_width = 290
    tells_line = False
    """Whether the page itself tells why nothing is sent, so that no banner over it need."""
    begins_flush = False
    """Whether nothing is left free over its content, so that a banner keeps its distance."""
    practice = False
    """Whether nothing that is done here leaves the desk: it is framed, and says so."""
    tells_recalls = False
    """Whether the page itself tells which letters are to be voided."""
    titled = Signal()
    sided = Signal()

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__()
        self.shell, self.place = shell, place
        self.returns_to: Place | None = None
        self.heading = Heading("")
        self.bar: Bar | None = Bar()
        self.side: QWidget | None = None
        self.side_stands = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring = InnerRing(self)

    def flow(self, steps: Steps) -> None:
        """Go through the steps for as long as the page lives."""
        self.shell.work.flow(self, steps)

    def set_heading(self, heading: Heading) -> None:
        """Show another heading."""
        self.heading = heading
        self.setAccessibleName(heading.title)
        self.titled.emit()

    def let_side_stand(self, stands: bool) -> None:
        """Whether the panel stands beside the page, or is only there in its place (F7)."""
        if stands != self.side_stands:
            self.side_stands = stands
            self.sided.emit()

    def enter(self) -> None:
        """The page is shown: load, and put the focus where work begins."""

    def leave(self) -> None:
        """Another page will be shown: save what is under way."""

    def take_focus(self) -> None:
        """What had the focus is gone: the page has the keys; a page may know a better place."""
        self.setFocus()

    def is_on_last_part(self) -> bool:
        """Whether F6 goes on from here to the help; a page of several parts goes through them."""
        return True

    def own_cases(self) -> frozenset[str]:
        """The cases of which a page that listens to OWN_CASE tells: that of its place."""
        return frozenset({self.place.case_id} if isinstance(self.place, OfCase) else ())

    def topics(self) -> frozenset[str]:
        """The keys in the help of fields that the page may ask, also of those not shown now."""
        return frozenset()

    def concerned(self, changed: Changed) -> bool:
        """Whether something changed on which this page rests."""
        told = {
            Kind.CASES: bool(changed.cases),
            Kind.OWN_CASE: bool(changed.cases & self.own_cases()),
            Kind.PUBLISHED: changed.published,
            Kind.SYNC: changed.sync,
            Kind.DAY: changed.day,
        }
        return changed.all or any(told[kind] for kind in self.listens)

    def set_today(self, today: date) -> None:
        """The day has changed while it stands open: what is asked reckons from the new one."""
        for part in (self, self.side):
            for each in part.findChildren(QWidget) if part is not None else ():
                if isinstance(each, Dated):
                    each.set_today(today)

    def hear(self, changed: Changed) -> None:
        """Something changed anywhere."""
        if changed.day:
            self.set_today(self.shell.today())
        if self.concerned(changed):
            self.refresh(changed)

    def refresh(self, changed: Changed) -> None:
        """Load again: something changed on which this page rests."""

    def press(self, key: str) -> bool:
        """A key (`F7`, `Esc`, a digit) that no button shows; whether the page took it."""
        return False

    def set_narrow(self, narrow: bool) -> None:
        """The window, zoom counted, is below 1150 wide or is again above."""
