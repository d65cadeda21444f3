"""The frame around every page: rail, header, side panel, action bar, status bar (LOOK.md §7)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from desktop.domain.people import Staff
from desktop.domain.persian import to_persian_digits
from desktop.ui import announcing, places, theme
from desktop.ui.header import Header
from desktop.ui.page import Page
from desktop.ui.palette import Tone
from desktop.ui.rail import NARROW, Rail
from desktop.ui.roles import DUTIES
from desktop.ui.soon import soon
from desktop.ui.standing.line import HOW, help_key, look_of, loud_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.bar import scroll_by_bars
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.layouts import Column, Hairline, Margins, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.toast import Toast

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.waiting import Hindrance

_BAR = 60
HELP_WIDTH = 420
# What a page must still have beside the help; else the help stands in its place.
_BESIDE_HELP = 740
# With less at 100 % the search takes less too: who and which case it is about stands before it.
_ROOMY = 1300
_ANY = 16_777_215  # Qt's own «no limit» of a width
PRACTICE = "حالت آموزشی. هیچ درخواستی به شهرداری نمی‌رود و هیچ نامه‌ای اعتبار ندارد."
END_PRACTICE = "پایان آموزش"
LOOKED_AT = "این دفتر نمونه است؛ داده‌هایش ساختگی است و به شهرداری نمی‌رسد."
SET_UP = "راه‌اندازی دفتر"


class Frame(QWidget):
    """Shows one page at a time within rail, header and bars."""

    went = Signal(object)
    searching = Signal()
    helped = Signal()
    locked = Signal()
    looked = Signal(object)
    explained = Signal(str)
    practised = Signal(bool)

    def __init__(self, staff: Staff, place: str) -> None:
        super().__init__()
        self._page: Page | None = None
        self._narrow = False
        self._width = 0
        self._help: QWidget | None = None
        self._helps = False
        self._told: bool | None = None
        self._header = Header()
        self.search = self._header.search
        self.search.installEventFilter(self)
        self.warning = Banner("", "pay", icon="clock-exclamation")
        self.warning.hide()
        self.recalled = Banner("", "refuse", icon="file-off", link="دیدن")
        self.recalled.followed.connect(lambda: self.went.emit(places.Queue("trouble")))
        self.recalled.hide()
        self.stopped = Banner("", "refuse", icon="alert-triangle", link=HOW)
        self.stopped.followed.connect(self._explain_line)
        self.stopped.hide()
        self._line: Hindrance | None = None
        self._waits = False
        self._recalls: frozenset[str] = frozenset()
        # Always there where all is practice, else on the pages that are.
        self._training = False
        self.practice = Banner(PRACTICE, "pay", link=END_PRACTICE, training=True)
        self.practice.followed.connect(lambda: self.went.emit(DUTIES[staff.role].first))
        self.practice.hide()
        # Of a demo that is looked at from the wizard, with the way back.
        self.looked_at = Banner(LOOKED_AT, "pay", icon="school", link=SET_UP)
        self.looked_at.hide()
        standing = (self.practice, self.looked_at, self.stopped, self.warning, self.recalled)
        self._warned = Column(*standing, gap=8, margins=(0, 20, 0, 20))
        self._banners = Column(gap=8, margins=(0, 20, 0, 20))
        self._content = QStackedWidget()
        # Its key, F7, stands in the page's own bar.
        self._return = Button("بازگشت به صفحه", "quiet", icon="arrow-right")
        self._return.clicked.connect(self.show_side_instead)
        self._return_line = QWidget()
        theme.ground(self._return_line, "sunk")
        self._return_line.hide()
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_bars(self._side)
        bar = self._side.verticalScrollBar()
        bar.rangeChanged.connect(self._make_room)
        # While a panel is laid out anew its bar comes and goes: how it ends is what counts.
        bar.rangeChanged.connect(lambda: soon(self, self._make_room))
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        theme.ground(self._side, "sunk")
        self._side_line = Hairline(upright=True)
        self._bar_holder = QWidget()
        theme.ground(self._bar_holder, "surface")
        self._bar_row = Row(margins=(0, 20, 0, 20))
        self._bar_holder.setLayout(self._bar_row)
        self._bar_line = Hairline()
        self.rail = Rail(staff, place)
        self.rail.went.connect(self.went)
        self.rail.helped.connect(self.helped)
        self.rail.locked.connect(self.locked)
        self.rail.looked.connect(self.looked)
        self._build()
        self.toast = Toast(self._header, self.search, self._header.titles, self._header.second)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def _build(self) -> None:
        work = self._work = QWidget()
        middle = Column(gap=0)
        middle.addLayout(self._warned)
        middle.addLayout(self._banners)
        middle.addWidget(self._content, 1)
        work.setLayout(middle)
        beside = Row(gap=0)
        beside.addWidget(work, 1)
        beside.addWidget(self._side_line)
        self._side_box = QWidget()
        side = Column(gap=0)
        top = Row(margins=(8, 8, 4, 8))
        top.addWidget(self._return)
        top.addStretch(1)
        self._return_line.setLayout(top)
        side.addWidget(self._return_line)
        side.addWidget(self._side, 1)
        self._side_column = side
        self._side_box.setLayout(side)
        beside.addWidget(self._side_box)
        self._middle = QWidget()
        column = Column(self._header, Hairline(), gap=0)
        column.addLayout(beside, 1)
        column.addWidget(self._bar_line)
        column.addWidget(self._bar_holder)
        self._middle.setLayout(column)
        whole = Row(gap=0)
        whole.addWidget(self.rail)
        whole.addWidget(self._middle, 1)
        self.setLayout(whole)

    def restyle(self) -> None:
        """Sizes at the zoom in force."""
        self._header.restyle()
        self._bar_holder.setFixedHeight(theme.px(_BAR))

    @property
    def page(self) -> Page | None:
        """The page that shows."""
        return self._page

    def page_parts(self) -> tuple[QWidget, ...]:
        """The page under what is said over it, and its bar where it has one, laid out by now."""
        layout = self._middle.layout()
        if layout is not None:
            layout.activate()
        barred = self._page is not None and self._page.bar is not None
        return (self._work, self._bar_holder) if barred else (self._work,)

    def show_page(self, page: Page) -> None:
        """Put the page, its side panel and its action bar in place of the ones before."""
        old = self._page
        self._page = page
        announcing.forget()
        self._content.addWidget(page)
        self._content.setCurrentWidget(page)
        if old is not None:
            # Its width beside the new one's panel would push the window wide.
            self._content.removeWidget(old)
            old.hide()
            # Without a parent whoever goes through the focus chain would hold it for good; with
            # another one Qt would style all of it once more.
            old.setParent(self._content)
            for holder in (self._content, self._work):
                holder.updateGeometry()
        clear(self._banners)
        self._banners.set_margins(self._round_banners(any_stands=False))
        # Panel and bar live as long as their page: an answer may still be on its way to it.
        side = self._side.takeWidget()
        if side is not None:
            side.setParent(old)
        if old is not None and old.bar is not None:
            self._bar_row.removeWidget(old.bar)
            old.bar.hide()
            old.bar.setParent(old)
        if page.side is not None:
            theme.ground(page.side, "sunk")
            self._side.setWidget(page.side)
        if page.bar is not None:
            self._bar_row.addWidget(page.bar)
        self._bar_holder.setVisible(page.bar is not None)
        self._bar_line.setVisible(page.bar is not None)
        if old is not None:
            old.deleteLater()
        page.titled.connect(self._show_heading)
        page.sided.connect(self._show_side)
        self._show_heading()
        self.rail.show_page(page.rail)
        self._told = None
        self._tell_practice()
        self._tell_line()
        self._tell_recalls()
        self._tell_page()
        self._show_side()
        self.restyle()

    def _make_room(self) -> None:
        side = self._page.side if self._page is not None else None
        layout = side.layout() if side is not None else None
        if isinstance(layout, Column):
            layout.make_room(for_bar=self._side.verticalScrollBar().maximum() > 0)
        # What came or went over it must not push what is typed out of sight.
        keys = QApplication.focusWidget()
        if keys is not None and self._side.isAncestorOf(keys):
            bring_into_sight(keys)

    def _show_heading(self) -> None:
        if self._page is None:
            return
        heading = self._page.heading
        self._header.show_heading(heading)
        state = heading.chip.words if heading.chip is not None else ""
        told = (heading.title, heading.second, state)
        announcing.announce(self._page, "، ".join(word for word in told if word), "page")

    def add_banner(self, banner: Banner) -> None:
        """On top of the content; at most two, nothing twice, of what went well only the last."""
        for index in range(self._banners.count()):
            item = self._banners.itemAt(index)
            old = item.widget() if item else None
            if isinstance(old, Banner) and banner.replaces(old):
                self._banners.removeWidget(old)
                old.hide()
                old.deleteLater()
                break
        while self._banners.count() >= 2:
            item = self._banners.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self._banners.addWidget(banner)
        self._banners.set_margins(self._round_banners(any_stands=True))

    def _round_banners(self, *, any_stands: bool) -> Margins:
        """The air over a banner; under it too where the page itself begins without any."""
        flush = self._page is not None and self._page.begins_flush
        return (10, 20, 10 if flush else 0, 20) if any_stands else (0, 20, 0, 20)

    def set_width(self, width: int) -> None:
        """The window's width in pixels: below 1150 at 100 % the frame is narrow."""
        self._width = width
        effective = width / theme.zoom() * 100
        narrow = effective < NARROW
        self._header.set_search_width(
            "icon" if effective < 860 else "short" if effective < _ROOMY else "full"
        )
        self._narrow = narrow
        self.rail.set_window(effective)
        self._tell_page()
        self._show_side()
        self.restyle()

    def _show_side(self) -> None:
        page = self._page
        helps = self._helps and self._has_room_for_help()
        own = page is not None and page.side is not None and page.side_stands
        own = own and not self._narrow
        self._side_box.setVisible(helps or own)
        self._side_line.setVisible(helps or own)
        self._side.setVisible(not helps)
        if self._help is not None:
            self._help.setVisible(helps)
        # After a summary, or the help, that stood in its place.
        self._work.show()
        self._return_line.hide()
        if page is not None:
            self._side_box.setFixedWidth(theme.px(HELP_WIDTH if helps else page.side_width))

    def _has_room_for_help(self) -> bool:
        """Whether the page keeps enough beside it."""
        beside = self._width - self.rail.width() - theme.px(HELP_WIDTH)
        return beside >= theme.px(_BESIDE_HELP)

    def _tell_page(self) -> None:
        """Whether it has as little room as in a narrow window, and no panel: also beside help."""
        crowded = self._narrow or (self._helps and self._has_room_for_help())
        if self._page is not None and crowded != self._told:
            self._told = crowded
            self._page.set_narrow(crowded)

    def put_help(self, panel: QWidget) -> None:
        """The help's panel, hidden until it is asked for."""
        self._help = panel
        panel.hide()
        self._side_column.addWidget(panel, 1)

    def show_help(self, *, shown: bool) -> None:
        """The help in place of the side panel, without room for both in place of the content."""
        self._helps = shown
        self._tell_page()
        self._show_side()
        if shown and self._help is not None and not self._has_room_for_help():
            self._work.hide()
            self._side.hide()
            self._open_out()
            self._help.show()

    def _open_out(self) -> None:
        """The side's place is the content's for now."""
        self._side_box.setMinimumWidth(0)
        self._side_box.setMaximumWidth(_ANY)
        self._side_box.show()

    def warn(self, words: str) -> None:
        """What stands over every page until it is mended; nothing for no words."""
        self._stand(self.warning, words)

    def show_recalls(self, cases: frozenset[str]) -> None:
        """That letters of these cases are to be voided, over every page until they are."""
        self._recalls = cases
        self._tell_recalls()

    def _tell_recalls(self) -> None:
        """A case's own page says it itself: only what is asked of others stands over that."""
        page = self._page
        own = {page.place.case_id} if page and isinstance(page.place, places.OfCase) else set()
        told = page is not None and (page.tells_recalls or self._recalls <= own)
        self._stand(self.recalled, "" if told else _to_void(len(self._recalls)))

    def show_looked_at(self, back: Callable[[], None]) -> None:
        """This demo is looked at before a machine is set up; `back` goes on with that."""
        self.looked_at.followed.connect(back)
        self.looked_at.show()
        self._share_out()

    def set_training(self, *, training: bool) -> None:
        """Whether this desk is one to practise at: nothing leads out of that."""
        self._training = training
        self.practice.link.setVisible(not training)
        self._tell_practice()

    @property
    def practises(self) -> bool:
        """Whether what is done now is practice."""
        return self._training or (self._page is not None and self._page.practice)

    def _tell_practice(self) -> None:
        self.practice.setVisible(self.practises)
        self._share_out()
        self.practised.emit(self.practises)

    def show_line(self, line: Hindrance | None, *, waits: bool) -> None:
        """Why nothing is sent, where that does not pass by itself, until it is over.

        `waits`: something stands in the queue.
        """
        self._line, self._waits = line, waits
        self._tell_line()

    def _tell_line(self) -> None:
        line = self._line
        if line is None:
            self._stand(self.stopped, "")
            return
        look = look_of(line)
        told = not look.loud or (self._page is not None and self._page.tells_line)
        self.stopped.icon.set_icon(look.icon)
        self._stand(self.stopped, "" if told else loud_words(line, waits=self._waits))

    def _explain_line(self) -> None:
        if self._line is not None:
            self.explained.emit(help_key(self._line))

    def _stand(self, banner: Banner, words: str) -> None:
        if banner.accessibleName() != words:
            banner.set_words(words)
        banner.setVisible(bool(words))
        self._share_out()

    def _share_out(self) -> None:
        standing = (self.practice, self.looked_at, self.stopped, self.warning, self.recalled)
        any_stands = any(not each.isHidden() for each in standing)
        self._warned.set_margins(self._round_banners(any_stands=any_stands))

    def show_count(self, rail: str, count: int) -> None:
        """How many things wait on a page that the rail leads to, where it does."""
        self.rail.show_count(rail, count)

    def tell(
        self, words: str, tone: Tone, link: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """A banner on top of the content; its link does the action.

        Raises ValueError for one that would say nothing.
        """
        if not words:
            raise ValueError("a banner without words")
        banner = Banner(words, tone, link=link)
        if action is not None:
            banner.followed.connect(action)
        self.add_banner(banner)

    def show_side_instead(self, *, shown: bool = True) -> None:
        """Where it does not stand: the side panel in place of the content, or back (F7, «خلاصه»).

        Not `shown`: only back to the content. Where the help stands in the panel's place, it gives
        way.
        """
        if shown and not self._narrow and self._helps:
            self.show_help(shown=False)
            return
        page = self._page
        if page is None or page.side is None or (page.side_stands and not self._narrow):
            return
        if self._side_box.isVisible():
            self._show_side()
            page.take_focus()
            return
        if not shown:
            return
        self._work.hide()
        self._open_out()
        self._return_line.show()
        self._return.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on the search opens the box of commands."""
        if watched is self.search and event.type() == QEvent.Type.MouseButtonPress:
            self.searching.emit()
            return True
        return super().eventFilter(watched, event)


def _to_void(count: int) -> str:
    """How many stamped letters a manager is asked to void; empty for none."""
    return to_persian_digits(f"ابطال {count} نامهٔ مهرشده خواسته شده است.") if count else ""
