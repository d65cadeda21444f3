"""The manager's home: the letters that wait for the stamp, chosen beside the letter itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import board, day, stamping
from desktop.actions.stamping import MOST, Chosen, ListedLetter, Lock, Pile, Piled
from desktop.domain.decision import Outcome
from desktop.domain.line import Why
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.words import OUTCOMES
from desktop.ui import places, theme
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.queue.case_list import FilterBar, ListFilter
from desktop.ui.pages.stamping.letter_list import LetterRows, LetterTable
from desktop.ui.pages.stamping.rest_of_day import RestOfDay
from desktop.ui.pages.stamping.shown_letter import ShownLetter
from desktop.ui.standing.letter_facts import PAYABLE
from desktop.ui.standing.line import HOW
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.keys import down, held, is_enter
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_LIST_WIDTH = 508
# Of the list: beside the letter, or with the page to itself.
_BESIDE_LETTER, _ALONE = (12, 20, 8, 12), (12, 20, 8, 20)
_ANY = 16_777_215  # Qt's own «no limit» of a width
_FILTERS = (
    ListFilter(Pile.ALL, "همه"),
    # Not every answer is good news: one about a property without a record lies among them.
    ListFilter(Pile.ANSWERS, "گواهی‌ها"),
    ListFilter(Pile.DEBTS, PAYABLE),
    ListFilter(Pile.REFUSALS, OUTCOMES[Outcome.REFUSE]),
    ListFilter(Pile.ARRIVED, "پاسخ‌های رسیده"),
    ListFilter(Pile.UNPRINTED, "چاپ‌نشده"),
)
_SPACE = "فاصله"
_FULL = to_persian_digits(f"در هر نوبت {MOST} نامه برگزیده می‌شود")
_FIRST_ONLY = to_persian_digits(f"در هر نوبت {MOST} نامه؛ {MOST} نامهٔ نخست برگزیده شد")
_NO_UNSEEN = "نامهٔ ندیده‌ای نمانده است"
_NONE_SEEN = "هنوز نامه‌ای را تا پایان ندیده‌اید؛ هر نامه پس از دیدن برگزیده می‌شود"


@dataclass(frozen=True)
class _Loaded:
    """The pile, the rest of the day, and of the letters that were ticked when it was asked for
    (`asked`) those that may still be chosen, by their ids."""

    piled: Piled
    asked: Mapping[str, Chosen]
    chosen: Mapping[str, Chosen]
    day: day.Today
    services: dict[str, Service]


_ROUND = Changed(sync=True)


class ManagerHome(LeadsRows, Page):
    """Letters to be stamped; one password for those that are chosen stands on the next page."""

    place: places.ManagerHome

    listens = frozenset({Kind.CASES, Kind.PUBLISHED, Kind.DAY, Kind.SYNC})
    rail = "home"
    begins_flush = True

    def __init__(self, shell: Shell, place: places.ManagerHome) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("خانه"))
        self.filters = FilterBar(_FILTERS)
        kept = shell.remembered.filter_of(places.ManagerHome)
        self.filters.select(kept if kept in self.filters.chips else Pile.ALL)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self._filtered(name))
        self._piled: Piled | None = None
        self._row_id = 0
        self._narrow = self._listing_shown = False
        self.rows = LetterRows(self._ask, lambda letter_id: letter_id in self.chosen, self)
        self.rows.came.connect(self._came)
        self.table = LetterTable()
        self.table.setModel(self.rows.model)
        self.table.chosen.connect(lambda _: self._show_row())
        self.table.opened.connect(lambda _: self._open_case())
        self.table.ticked.connect(self._tick_row)
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(
            "نامه‌ای در انتظار مهر نیست",
            "نامه‌ای که آماده شود همین‌جا می‌آید.",
            icon="rubber-stamp",
            button="درخواست جدید",
            button_icon="file-plus",
            keys="F2",
        )
        self.empty.pressed.connect(lambda: self.shell.go(places.Home(choosing=True)))
        self.empty.hide()
        self.rest = RestOfDay(shell.go)
        self.letter = ShownLetter(shell.work)
        self.letter.read.connect(self._was_read)
        self._list = QWidget()
        self._letter_side = QWidget()
        self._line_words = Label("", weight=500, elide=True)
        self._line_key = Button("فهرست", "quiet", icon="list-details", keys="F7")
        self._line_key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line = QWidget()
        self._edge = Hairline(upright=True)
        theme.notifier().changed.connect(self._place_parts)
        self._build()
        self._arrange()

    def _build(self) -> None:
        column = self._listed = Column(self.filters, gap=10, margins=_BESIDE_LETTER)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addWidget(self.rest)
        column.addStretch(0)
        self._list.setLayout(column)
        self._line_key.clicked.connect(self._turn_list)
        row = Row(gap=12, margins=(6, 20, 6, 16))
        row.addWidget(self._line_words, 1)
        row.addWidget(self._line_key)
        self._line.setLayout(row)
        self._line.hide()
        letter = Column(self._line, gap=0)
        letter.addWidget(self.letter, 1)
        self._letter_side.setLayout(letter)
        beside = Row(gap=0)
        beside.addWidget(self._list)
        beside.addWidget(self._edge)
        beside.addWidget(self._letter_side, 1)
        self.setLayout(beside)
        self._list.setFixedWidth(theme.px(_LIST_WIDTH))

    # What is chosen.

    @property
    def pile(self) -> Pile:
        """The pile that is listed."""
        return Pile(self.filters.chosen)

    @property
    def stamped(self) -> bool:
        """Whether what is listed is stamped already and waits for paper."""
        return self.pile is Pile.UNPRINTED

    @property
    def chosen(self) -> dict[str, Chosen]:
        """The letters that are ticked, by their ids."""
        kept = self.shell.remembered
        return kept.to_print if self.stamped else kept.to_stamp

    @property
    def at(self) -> ListedLetter | None:
        """The letter of the chosen row."""
        return self.rows.at(self.table.row())

    # Loading and showing.

    def enter(self) -> None:
        """Load, and give the list the keys."""
        self._load()
        self.take_focus()

    def leave(self) -> None:
        """The letter is no longer before the eyes."""
        self.letter.pause()

    def take_focus(self) -> None:
        """The list has the keys, or the letter where it stands alone."""
        if self._list.isVisible() and self.frame.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._letter_side.isVisible():
            self.letter.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Letters came or went; the row and the ticks stay."""
        if changed == _ROUND:
            self.flow(self._look_at_program())
        else:
            self._load()

    async def _look_at_program(self) -> None:
        """A round that brought nothing may still have told that stamps are taken no more."""
        against = await Job(partial(stamping.against, self.shell.seat, self.pile))
        if self._piled is not None and self._piled.against != against:
            self._load()

    def _load(self) -> None:
        seat, pile, row_id = self.shell.seat, self.pile, self._row_id
        asked, stamped = dict(self.chosen), self.stamped

        def job() -> _Loaded:
            again = stamping.again(seat, asked.values(), stamped=stamped) if asked else []
            return _Loaded(
                stamping.piled(seat, pile, row_id),
                asked,
                {each.letter_id: each for each in again},
                day.today(seat),
                board.services_known(seat.desk),
            )

        def shown(loaded: _Loaded) -> None:
            # Another pile was asked for meanwhile; its own answer is on the way.
            if pile is self.pile:
                self._show(loaded)

        self.shell.work.run(self, job, shown)

    def _show(self, loaded: _Loaded) -> None:
        first, self._piled = self._piled is None, loaded.piled
        for letter_id, asked in loaded.asked.items():
            # What was ticked, unticked or seen since then is newer than this answer.
            if self.chosen.get(letter_id) is not asked:
                continue
            if letter_id in loaded.chosen:
                self.chosen[letter_id] = loaded.chosen[letter_id]
            else:
                del self.chosen[letter_id]
        self.rows.services = loaded.services
        self.rows.doubted = frozenset(each.letter_id for each in loaded.piled.doubts)
        counts = loaded.piled.counts
        self.filters.set_counts({str(pile): count for pile, count in counts.items()})
        # A line that was never cut brings none: no chip that is always empty.
        some = counts[Pile.ARRIVED] > 0 or self.pile is Pile.ARRIVED
        self.filters.chips[Pile.ARRIVED].setVisible(some)
        self.rest.show_day(loaded.day)
        self.shell.show_count("day-close", loaded.day.unclosed)
        waiting = counts[Pile.ALL]
        words = f"{waiting} نامه در انتظار مهر شماست" if waiting else "نامه‌ای در انتظار مهر نیست"
        self.set_heading(Heading("خانه", to_persian_digits(words)))
        count = loaded.piled.listing.count
        self.rows.set_count(count)
        self._tell_empty(count)
        if first and loaded.piled.doubts:
            self._tell_doubts(len(loaded.piled.doubts))
        if not count:
            self.letter.clear()
            self._row_id = 0
        else:
            wanted = loaded.piled.place
            row = wanted if wanted >= 0 else min(max(self.table.row(), 0), count - 1)
            self.table.choose(row)
            # The chosen row may stand where no one looks: ask for it all the same.
            self.rows.model.data(self.rows.model.index(row, 0))
        if first and self.hasFocus():
            self.take_focus()
        self._arrange()

    def _tell_empty(self, count: int) -> None:
        self.frame.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        if self.stamped:
            words, detail = "نامهٔ چاپ‌نشده‌ای نیست", "هر نامهٔ مهرشده روی کاغذ آمده است."
        elif self.pile is Pile.ALL:
            words, detail = "نامه‌ای در انتظار مهر نیست", "نامه‌ای که آماده شود همین‌جا می‌آید."
        else:
            words, detail = "نامه‌ای از این نوع نیست", "«همه» نامه‌های دیگر را نشان می‌دهد."
        self.empty.say(words, detail)
        self._place_parts()

    def _tell_doubts(self, count: int) -> None:
        words = f"چاپ {count} نامه نیمه‌کاره ماند؛ بگویید برگ آن بیرون آمد یا نه."
        self.shell.tell(to_persian_digits(words), "pay", "پاسخ و ادامهٔ چاپ", self._go_on_printing)

    def _ask(self, first: int, count: int) -> None:
        piled, seat = self._piled, self.shell.seat
        if piled is None:
            return

        def taken(letters: list[ListedLetter]) -> None:
            # A later load has other letters in these places; its own answer is on the way.
            if piled is self._piled:
                self.rows.put(first, letters)

        self.shell.work.run(self, lambda: stamping.rows(seat, piled.listing, first, count), taken)

    def _came(self, first: int, count: int) -> None:
        if first <= self.table.row() < first + count:
            self._show_row()

    def _show_row(self) -> None:
        letter = self.at
        if letter is not None:
            self._row_id = letter.row.row_id
            self.letter.show_letter(self.shell.seat, letter.row.case_id, letter.letter_id)
        self._arrange()
        self._list_line()

    def _filtered(self, name: str) -> None:
        self.filters.select(name)
        self.shell.remembered.choose_filter(places.ManagerHome, name)
        self._row_id = 0
        self._load()
        self.take_focus()

    # Seeing.

    def _was_read(self, case_id: str, letter_id: str) -> None:
        letter, seat = self.at, self.shell.seat
        if letter is not None and letter.letter_id == letter_id and letter.seen:
            return
        self._mark_seen(letter_id)
        # Once more when it is kept: the rows that come meanwhile were read before.
        self.shell.work.run(
            self,
            lambda: stamping.note_seen(seat, case_id, letter_id),
            lambda _: self._mark_seen(letter_id),
        )

    def _mark_seen(self, letter_id: str) -> None:
        letter, row = self.at, self.table.row()
        if letter is not None and letter.letter_id == letter_id and not letter.seen:
            self.rows.change(row, replace(letter, seen=True))
        if letter_id in self.chosen and self.chosen[letter_id].unseen:
            self.chosen[letter_id] = replace(self.chosen[letter_id], unseen=False)
        self._arrange()

    def next_unseen(self) -> None:
        """F8: the next letter that was not seen."""
        self.flow(self._next_unseen())

    async def _next_unseen(self) -> None:
        piled = self._piled
        if piled is None:
            return
        seat, after = self.shell.seat, self.table.row()
        found = await Job(partial(stamping.next_unseen, seat, piled.listing, after))
        if found < 0:
            self._say(_NO_UNSEEN)
        elif piled is self._piled:
            self.table.choose(found)
            self.rows.model.data(self.rows.model.index(found, 0))

    # Choosing.

    def _tick_row(self, row: int) -> None:
        """Tick the letter of a row, or take its tick away."""
        letter = self.rows.at(row)
        if letter is None:
            return
        if letter.lock is not Lock.NONE:
            self._say(letter.why or "مهر این نامه هنوز به مرکز نرسیده است")
            return
        if letter.letter_id in self.chosen:
            del self.chosen[letter.letter_id]
        elif len(self.chosen) >= MOST:
            self._say(_FULL)
            return
        else:
            self.chosen[letter.letter_id] = letter.chosen
        self.rows.show_anew(row)
        self._arrange()

    def tick(self) -> None:
        """«فاصله»: tick and go down."""
        row = self.table.row()
        self._tick_row(row)
        letter = self.rows.at(row)
        if letter is not None and letter.lock is Lock.NONE:
            self.table.choose(row + 1)

    def _tick_run(self, step: int) -> None:
        """Shift with an arrow: this one and the next are ticked, one press a letter."""
        for row in (self.table.row(), self.table.row() + step):
            letter = self.rows.at(row)
            if letter is not None and letter.letter_id not in self.chosen:
                self._tick_row(row)
        self.table.choose(self.table.row() + step)

    async def _tick_all(self) -> None:
        """Ctrl+A: all that were seen and may be stamped; never one that nobody has read."""
        seat, pile, before = self.shell.seat, self.pile, dict(self.chosen)
        found = await Job(partial(stamping.choosable, seat, pile))
        if pile is not self.pile:
            return
        # Ticks that were set or taken away since the key was pressed stay so.
        since = {key: each for key, each in self.chosen.items() if key not in before}
        taken = before.keys() - self.chosen.keys()
        all_ = {each.letter_id: each for each in found if each.letter_id not in taken}
        self.chosen.clear()
        self.chosen.update(list((since | all_).items())[:MOST])
        self.rows.show_all_anew()
        self._arrange()
        if len(found) > MOST:
            self._say(_FIRST_ONLY)
        elif not found and not self.stamped:
            self._say(_NONE_SEEN)

    # Going on.

    def _go_on(self) -> None:
        """To the password, or to the printer, with what is chosen, else with this letter."""
        letter = self.at
        chosen: Sequence[Chosen] = list(self.chosen.values())
        if not chosen and letter is not None:
            if letter.lock is not Lock.NONE:
                self._say(letter.why or "مهر این نامه هنوز به مرکز نرسیده است")
                return
            chosen = [letter.chosen]
        self.flow(self._freeze(chosen))

    async def _freeze(self, chosen: Sequence[Chosen]) -> None:
        """The list as it is now; what comes later is not in it."""
        seat, stamped = self.shell.seat, self.stamped
        frozen = await Job(partial(stamping.again, seat, chosen, stamped=stamped))
        if frozen:
            self.shell.go(places.StampBatch(tuple(frozen), stamped=stamped))
        else:
            self._load()

    def _go_on_printing(self) -> None:
        """To the letters whose printing was broken off, and this desk's that stood behind them."""
        self.flow(self._open_unprinted())

    async def _open_unprinted(self) -> None:
        doubts = self._piled.doubts if self._piled is not None else ()
        found = await Job(partial(stamping.broken_off, self.shell.seat))
        asked = {each.letter_id for each in doubts}
        if any(each.letter_id in asked for each in found):
            self.shell.go(places.StampBatch(tuple(found[:MOST]), stamped=True))
        elif doubts:
            # A further copy, or of a letter that has ended since: its own page asks.
            of = doubts[0]
            own = places.Letter(of.case_id, of.letter_id)
            self.shell.go(places.Elsewhere() if of.elsewhere else own)

    def _open_case(self) -> None:
        letter = self.at
        if letter is not None:
            self.shell.go(places.Case(letter.row.case_id))

    # The bar and the keys.

    def _arrange(self) -> None:
        self._list_line()
        if self.bar is None:
            return
        letter, count = self.at, self.rows.model.rowCount()
        if not count:
            main = Button("کارتابل", "main", icon="inbox", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.Queue()))
            self.bar.arrange(main=main)
            return
        number = len(self.chosen)
        act = "چاپ" if self.stamped else "تأیید و مهر"
        words = to_persian_digits(f"{act} {number} نامه") if number else f"{act} این نامه"
        icon = "printer" if self.stamped else "rubber-stamp"
        main = Button(words, "main", icon=icon, keys="Ctrl+Enter")
        main.clicked.connect(self._go_on)
        seconds = []
        against = self._piled.against if self._piled is not None else ""
        if against:
            # Nobody is asked for a password that would lead nowhere.
            stamp, main = Button(words, icon=icon, tall=True), self._way_out()
            stamp.setEnabled(False)
            seconds.append(stamp)
        elif not self.stamped:
            unseen = Button("نامهٔ دیده‌نشدهٔ بعدی", icon="arrow-left", keys="F8", tall=True)
            unseen.clicked.connect(self.next_unseen)
            seconds.append(unseen)
        pick = Button("برگزیدن", "quiet", icon="square-check", keys=_SPACE, tall=True)
        pick.clicked.connect(self.tick)
        opener = Button("باز کردن پرونده", "quiet", icon="list-details", keys="Enter", tall=True)
        opener.clicked.connect(self._open_case)
        # Narrow: their keys are there, their words have no room.
        quiets = [pick, opener] if letter is not None and not self._narrow else []
        sentence = against or self._unseen_words()
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def _way_out(self) -> Button:
        """What to do where nothing may be stamped at this desk."""
        how = Button(HOW, "main", icon="download", keys="Ctrl+Enter")
        how.clicked.connect(lambda: self.shell.explain(f"line.{Why.TOO_OLD.value}"))
        return how

    def _unseen_words(self) -> str:
        unseen = 0 if self.stamped else sum(each.unseen for each in self.chosen.values())
        return to_persian_digits(f"{unseen} نامهٔ برگزیده را تا پایان ندیده‌اید") if unseen else ""

    def _say(self, words: str) -> None:
        if self.bar is not None:
            self.bar.say(words)

    def press(self, key: str) -> bool:
        """F8 the next unseen, however fast; narrow: F7 opens the list and closes it, Esc too."""
        if key == "F8" and not self.stamped and self.rows.model.rowCount():
            self.next_unseen()
            return True
        if key == "F7" and self._narrow:
            self._turn_list()
            return True
        if key == "Esc" and self._narrow and self._listing_shown:
            self._turn_list()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """More keys of the list beside the letter, wherever of the two the focus is."""
        key, with_, step = event.key(), held(event), down(event)
        if step and with_ == Qt.KeyboardModifier.ShiftModifier:
            self._tick_run(step)
        elif key == Qt.Key.Key_A and with_ == Qt.KeyboardModifier.ControlModifier:
            self.flow(self._tick_all())
        elif key == Qt.Key.Key_PageDown:
            self.letter.frame.page_down()
        elif key == Qt.Key.Key_PageUp:
            self.letter.frame.page_up()
        elif is_enter(event) and not with_:
            self._open_case()
        else:
            super().keyPressEvent(event)

    def led_rows(self) -> Table:
        """The list, also where it is a line over the letter."""
        return self.table

    def press_space(self) -> bool:
        """It ticks."""
        self.tick()
        return True

    # Narrow.

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the letter takes the place, the list is a line over it."""
        self._narrow = narrow
        self._listing_shown = False
        self._place_parts()
        self._arrange()

    def _turn_list(self) -> None:
        self._listing_shown = not self._listing_shown
        self._place_parts()
        self.take_focus()

    def _place_parts(self) -> None:
        # Where no letter lies in the pile there is none to be shown beside it.
        empty = self.rows.model.rowCount() == 0 and self._piled is not None
        alone = self._narrow and not self._listing_shown and not empty
        self._list.setVisible(not alone)
        self._letter_side.setVisible(not empty and (alone or not self._narrow))
        self._edge.setVisible(not self._narrow and not empty)
        self._line.setVisible(self._narrow)
        self.letter.facts.set_narrow(self._narrow)
        if self._narrow or empty:
            self._list.setMinimumWidth(0)
            self._list.setMaximumWidth(_ANY)
        else:
            self._list.setFixedWidth(theme.px(_LIST_WIDTH))
        self._listed.set_margins(_ALONE if self._narrow or empty else _BESIDE_LETTER)
        self._list_line()

    def _list_line(self) -> None:
        letter, count = self.at, self.rows.model.rowCount()
        name = f"، {letter.row.applicant}" if letter is not None else ""
        chosen = f"؛ {len(self.chosen)} برگزیده" if self.chosen else ""
        words = f"{self.table.row() + 1} از {count}{name}{chosen}" if count else ""
        self._line_words.setText(to_persian_digits(words))
