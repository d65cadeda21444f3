"""نامه‌های واگذاری: who was told what, who has read it; printed, taken back before its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from desktop.actions import office_letter_paper, office_letters
from desktop.actions.desk import Seat
from desktop.actions.office_letters import ToldLetter
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.office_letters import rows
from desktop.ui.pages.office_letters.forms import TakeBackForm
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper, print_at_once
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.lists.table_cells import RowsModel
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.notices import ReaderBody

_NO_PRINTER = "چاپگری نیست؛ نامه را باز کنید و آن را در فایلی ذخیره کنید."
_OFFLINE = "به مرکز وصل نیستیم؛ این‌که کدام دفتر خوانده است پس از وصل شدن گفته می‌شود."


@dataclass(frozen=True)
class _Read:
    """What is known of the letters of the list; `readers` are None while the centre told none."""

    letters: tuple[ToldLetter, ...] = ()
    readers: Mapping[str, ReaderBody] | None = field(default=None)


class OfficeLettersPage(PaperPage):
    """Enter opens a letter, F8 prints it; of one publication all unread ones, or it is taken back.

    At an office who opens a letter has read it, and the unit is told.
    """

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})

    place: places.OfficeLetters

    def __init__(self, shell: Shell, place: places.OfficeLetters) -> None:
        super().__init__(shell, place)
        self.city = shell.seat.staff.role.is_municipal
        self.rail = "delegation" if self.city else "outbox"
        self._narrow = False
        self._read = _Read()
        self.shown: list[ToldLetter] = []
        self.form: TakeBackForm | None = None
        self.acts = ActDrafts(self, "office-letters")
        self.search = SearchBox("شماره، دفتر یا خدمت", width="fill", name="شماره، دفتر یا خدمت")
        self.search.set_value(place.typed)
        self.search.edited.connect(self._draw)
        columns = rows.CITY_COLUMNS if self.city else rows.OWN_COLUMNS
        self._model = RowsModel(columns, self)
        self.table = Table("نامه‌ها", columns, row_height=39)
        self.table.setModel(self._model)
        self.table.opened.connect(lambda _: self.open_letter())
        self.table.chosen.connect(lambda _: self.arrange_bar())
        self.frame = TableFrame(self.table)
        self.fault = Banner(_OFFLINE, "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask_readers)
        self.fault.hide()
        self.empty = EmptyState(
            "نامه‌ای نیست",
            "نامه‌های واگذاری خدمت و پایان آن پس از امضای دوم همین‌جا می‌آید.",
            icon="mail",
        )
        self.empty.hide()
        self._form_place = Column(gap=0)
        content = Scroller(gap=10, margins=(12, 20, 12, 20), full=True)
        content.add(self.fault)
        content.content.addLayout(self._form_place)
        content.add(self.search)
        content.content.addWidget(self.frame, 1)
        content.add(self.empty)
        content.content.addStretch(0)
        self.put(content)
        self._head()
        self.arrange_bar()

    def enter(self) -> None:
        """What this desk has heard; the unit asks too who has read."""
        self.setFocus()
        self.acts.load()
        self._load()

    def leave(self) -> None:
        """What is typed is kept, and what was looked for stands there again."""
        self.acts.leave()
        typed = str(self.search.value())
        self.returns_to = places.OfficeLetters(self.place.publication, typed=typed)

    def refresh(self, changed: Changed) -> None:
        """A letter came, or somebody may have read one."""
        self._load()

    def take_focus(self) -> None:
        """The list."""
        (self.table if self.shown else self.search).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: no icons in the bar."""
        self._narrow = narrow
        self._make_room()
        self._head()
        self.arrange_bar()

    # Loading and showing.

    def _load(self) -> None:
        look = partial(_letters, self.shell.seat, self.place.publication)
        self.shell.work.run(self, look, self._show)

    def _show(self, letters: tuple[ToldLetter, ...]) -> None:
        self._read = _Read(letters, self._read.readers)
        self._draw()
        if self.hasFocus():
            self.take_focus()
        if self.city:
            self._ask_readers()

    def _ask_readers(self) -> None:
        seat = self.shell.seat
        asked = [each.letter for each in self._read.letters]
        if not asked:
            return
        job = partial(office_letters.readers, seat, asked)
        self.shell.work.run(self, job, self._show_readers, self._no_readers, line=True)

    def _show_readers(self, readers: dict[str, ReaderBody]) -> None:
        self.fault.hide()
        if readers != self._read.readers:
            self._read = _Read(self._read.letters, readers)
            self._draw()

    def _no_readers(self, no: Refusal) -> None:
        self.fault.set_words(_OFFLINE if no.words == NO_LINE else no.words)
        self.fault.show()

    def _draw(self) -> None:
        now = self.shell.now()
        self.shown = rows.found(self._read.letters, str(self.search.value()))
        drawn = []
        for each in self.shown:
            if self.city:
                state = rows.state_at_unit(each, self._read.readers, now)
            else:
                state = rows.state_at_office(each, now)
            drawn.append((each.letter.key, rows.cells(each, state, city=self.city)))
        self.table.show_rows(drawn)
        self._make_room()
        self._head()
        self.arrange_bar()

    def _make_room(self) -> None:
        """Narrow, a form that stands open has the list's room."""
        room = self.form is None or not self._narrow
        self.search.setVisible(room)
        self.frame.setVisible(room and bool(self.shown))
        self.empty.setVisible(room and not self.shown)

    @property
    def chosen(self) -> ToldLetter | None:
        """The letter of the chosen row."""
        key = self.table.key()
        return next((each for each in self.shown if each.letter.key == key), None)

    def unread(self) -> list[ToldLetter]:
        """Those that nobody has read yet, as far as is known; none while nothing is."""
        readers = self._read.readers
        if not self.city or readers is None:
            return []
        return [
            each for each in self.shown if each.letter.key not in readers and not each.taken_back
        ]

    def _head(self) -> None:
        title = "نامه‌های واگذاری" if self.city else "نامه‌های شهرداری"
        letters, readers = self._read.letters, self._read.readers
        words = ""
        if self.city and letters and readers is not None and not self._narrow:
            read = sum(each.letter.key in readers for each in letters)
            words = to_persian_digits(f"{read} از {len(letters)} خوانده شد")
        self.set_heading(Heading(title, words))

    # The action bar.

    def arrange_bar(self) -> None:
        """Main opens the chosen letter; while a form stands open it is the form's."""
        if self.bar is None or self.on_paper():
            return
        back = self._button("بازگشت", "quiet", "arrow-right", "Esc", self._escape)
        if self.form is not None:
            main = self._main(self.form.button, self.form.icon, self.take_back)
            self.bar.arrange(main=main, quiets=[back])
            return
        if self.chosen is None:
            home = DUTIES[self.shell.seat.staff.role].first
            main = self._main("صفحهٔ نخست", "home", lambda: self.shell.go(home))
            self.bar.arrange(main=main, quiets=[back])
            return
        main = self._main("باز کردن نامه", "file-text", self.open_letter)
        seconds, quiets = [], [back]
        quiets.append(self._button("چاپ نامه", "quiet", "printer", "F8", self.print_letter))
        unread = self.unread()
        if unread:
            words = to_persian_digits(f"چاپ {len(unread)} نامهٔ نخوانده")
            seconds.append(self._button(words, "second", "printer", "", self.print_unread))
        if self.city and not self.place.publication:
            seconds.append(
                self._button("نامه‌های همین مصوبه", "second", "list-details", "", self._open_all)
            )
        if self.can_take_back():
            words = "پس‌گرفتن همه…"
            seconds.append(self._button(words, "dangerous", "file-off", "", self._open_form))
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def _main(self, words: str, icon: str, do: Callable[[], object]) -> Button:
        return self._button(words, "main", icon, "Ctrl+Enter", do)

    def _button(
        self, words: str, kind: ButtonKind, icon: str, keys: str, do: Callable[[], object]
    ) -> Button:
        button = Button(words, kind, icon=icon, keys=keys, tall=True)
        button.clicked.connect(lambda: do())
        return button

    def press(self, key: str) -> bool:
        """Esc closes what stands open."""
        if super().press(key):
            return True
        return key == "Esc" and not self.on_paper() and self._close_form()

    def _escape(self) -> None:
        if not self._close_form():
            self.shell.back()

    def _open_all(self) -> None:
        """All letters that were signed with the chosen one."""
        told = self.chosen
        if told is not None:
            self.shell.go(places.OfficeLetters(told.letter.publication))

    # Opening and printing.

    def open_letter(self) -> None:
        """Show the letter; at an office it is read now."""
        self._show_letter(at_once=False)

    def print_letter(self) -> None:
        """F8: show it and print it."""
        self._show_letter(at_once=True)

    def _show_letter(self, *, at_once: bool) -> None:
        told = self.chosen
        if told is None or self.form is not None:
            return
        self.show_paper(_paper_of(told), at_once=at_once)
        if not self.city and told.read_at is None:
            note = partial(office_letters.note_read, self.shell.seat, told.letter)
            self.shell.work.run(self, note, lambda _: self._load())

    @act
    async def print_unread(self) -> None:
        """On paper for who has no line: one letter after the other, till one is not printed."""
        printed = 0
        for told in self.unread():
            if not await self.acting_on(partial(print_at_once, _paper_of(told)), papers=True):
                self.shell.tell(_NO_PRINTER, "pay")
                return
            printed += 1
        self.shell.toast(to_persian_digits(f"{printed} نامه به چاپگر رفت"))

    # Taking back.

    def can_take_back(self) -> bool:
        """Whether all of one publication may still be taken back: none of it has begun."""
        letters = [each for each in self._read.letters if not each.taken_back]
        today = self.shell.today()
        prepares = self.shell.seat.staff.role.prepares
        of_one = bool(self.place.publication) and bool(letters)
        return prepares and of_one and all(each.letter.since > today for each in letters)

    def _open_form(self) -> None:
        letters = [each.letter for each in self._read.letters if not each.taken_back]
        form = self.form = TakeBackForm(letters)
        self._form_place.addWidget(form)
        self.acts.follow(form)
        form.moves.finished.connect(self._to_main)
        self._make_room()
        self.arrange_bar()
        form.reason.setFocus()

    def _close_form(self) -> bool:
        if self.form is not None and self.stays():
            return True
        form, self.form = self.form, None
        if form is None:
            return False
        self.acts.close(form)
        self._drop(form)
        return True

    def _drop(self, form: TakeBackForm) -> None:
        self.setFocus()
        self._form_place.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._make_room()
        self.arrange_bar()
        self.take_focus()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    @act
    async def take_back(self) -> None:
        """All of the publication's letters, with the reason and the password."""
        form = self.form
        if form is None or not form.check():
            return
        job = form.job(self.shell.seat)
        try:
            await self.acting_on(self.acts.ending(form, job), line=True)
        except Refusal as no:
            offline = no.words == NO_LINE
            words = "پس‌گرفتن به خط نیاز دارد؛ نوشتهٔ شما در همین رایانه است."
            form.refused(Refusal(words) if offline else no)
            return
        self.acts.done(form)
        self.form = None
        self._drop(form)
        self.shell.tell("پس گرفته شد؛ دفترها همین را روی نامهٔ خود می‌بینند.")
        self._load()


def _letters(seat: Seat, publication: str) -> tuple[ToldLetter, ...]:
    """All letters that this desk may see, or those of one publication."""
    if publication:
        return tuple(office_letters.of_publication(seat.desk, publication))
    return tuple(office_letters.letters(seat.desk))


def _paper_of(told: ToldLetter) -> OfficePaper:
    number = to_persian_digits(told.letter.number)
    draw = partial(office_letter_paper.draw, told.letter, taken_back=told.taken_back)
    return OfficePaper(f"نامهٔ {number}", draw)
