"""اطلاعیه‌ها at the unit: what was announced, which offices have not read it, a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from desktop.actions import announcements, board, notices, offices
from desktop.actions.desk import Desk
from desktop.domain.announcement import Announcement
from desktop.domain.errors import Refusal
from desktop.domain.notice import NoticeKind
from desktop.domain.office import OfficeCard
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import WritingPage
from desktop.ui.pages.notices.form import AnnouncementForm
from desktop.ui.pages.notices.readers import ReadersSide
from desktop.ui.pages.notices.words import LOOKS
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet, timed
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.notices import ReadersAnswer

_COLUMNS = (
    TableColumn("موضوع", 172, sortable=False),
    TableColumn("عنوان", 190, stretch=3, sortable=False),
    TableColumn("زمان", 180, stretch=1, drop=2, sortable=False),
    TableColumn("خوانده‌اند", 190, sortable=False),
    TableColumn("فرستاده شد", 130, drop=1, sortable=False),
)
_COUNTED = 200
_NEEDS_LINE = "فرستادن اطلاعیه به خط نیاز دارد؛ نوشتهٔ شما در همین رایانه نگه داشته شد."
_UNKNOWN = "به مرکز وصل نیستیم؛ شمار دفترهایی که خوانده‌اند نامعلوم است."


@dataclass(frozen=True)
class _Loaded:
    announced: tuple[Announcement, ...]
    offices: Mapping[str, OfficeCard]
    services: Mapping[str, Service]


class AnnouncingPage(WritingPage):
    """The newest first, with how many offices have read it; at the side those that have not."""

    place: places.Announcing
    form: AnnouncementForm | None

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC})
    rail = "watch"
    side_width = 320

    def __init__(self, shell: Shell, place: places.Announcing) -> None:
        empty = EmptyState(
            "اطلاعیه‌ای فرستاده نشده است",
            "قطعی برنامه‌ریزی‌شده و تغییر ضابطه را به دفترها بگویید؛ خواندن آن همین‌جا می‌آید.",
            icon="mail",
        )
        super().__init__(shell, place, "اطلاعیه‌ها", _COLUMNS, empty, "announcing")
        self.set_heading(Heading("اطلاعیه‌ها", "از شهرداری به دفترها"))
        self._loaded: _Loaded | None = None
        self._read: Mapping[str, int] = {}
        self._readers: ReadersAnswer | None = None
        self._of = ""
        self.fault = Banner(_UNKNOWN, "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.table.chosen.connect(lambda _: self._chosen())
        self.put((self.fault, 0), (self.form_place, 1), (self.frame, 1), (self.empty, 0))
        self.panel = ReadersSide()
        self.side = self.panel
        self.arrange_bar()

    # Loading and showing.

    def enter(self) -> None:
        """Load, and give the list the keys, or the form where one was asked for."""
        self.drafts.load()
        self._load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """Something was announced, or somebody may have read it."""
        self._load()

    @property
    def announcement(self) -> Announcement | None:
        """The chosen row's."""
        found = self._loaded.announced if self._loaded is not None else ()
        return next((one for one in found if one.announcement == self.table.key()), None)

    def _load(self) -> None:
        self.shell.work.run(self, partial(_look, self.shell.seat.desk), self._show)

    def _show(self, loaded: _Loaded) -> None:
        first = self._loaded is None
        self._loaded = loaded
        if first and self.place.begun is not None and self.form is None:
            self.begin(self.place.begun)
        self.draw()
        self._ask()

    def draw(self) -> None:
        """The table, or the form in its place."""
        loaded = self._loaded
        if loaded is None:
            return
        stood = self.table.hasFocus() or self.hasFocus()
        drawn = [(one.announcement, self._cells(one)) for one in loaded.announced]
        self.draw_rows(drawn)
        self.show_parts(any_rows=bool(drawn))
        self._show_chosen()
        self.arrange_bar()
        if stood:
            self.take_focus()

    def _cells(self, told: Announcement) -> list[Cell]:
        loaded, now = self._loaded, self.shell.now()
        assert loaded is not None
        whole = len(announcements.addressed(told, loaded.offices))
        read = self._read.get(told.announcement)
        count = to_persian_digits(f"{whole if read is None else f'{read} از {whole}'} دفتر")
        share = None if read is None or not whole else read / whole
        return [
            Cell(chip=LOOKS[told.about]),
            named(to_persian_digits(told.title)),
            Cell(told.when(), wraps=True) if told.when() else quiet("—"),
            Cell(count, share=share),
            timed(moment(told.at, now)),
        ]

    # What the centre knows.

    def _ask(self) -> None:
        seat, loaded = self.shell.seat, self._loaded
        if loaded is None or not loaded.announced:
            return
        keys = [one.announcement for one in loaded.announced[:_COUNTED]]
        job = partial(notices.readers, seat, NoticeKind.ANNOUNCEMENT, keys)
        self.shell.work.run(self, job, self._counted, self._failed, line=True)
        self._ask_readers()

    def _counted(self, told: ReadersAnswer) -> None:
        self.fault.hide()
        if told.offices != self._read:
            self._read = told.offices
            self.draw()

    def _failed(self, no: Refusal) -> None:
        self.fault.set_words(_UNKNOWN if no.words == NO_LINE else no.words)
        self.fault.show()

    def _chosen(self) -> None:
        self._show_chosen()
        self.arrange_bar()
        self._ask_readers()

    def _ask_readers(self) -> None:
        told, seat = self.announcement, self.shell.seat
        if told is None:
            return

        def show(answer: ReadersAnswer) -> None:
            if self.announcement is not None and self.announcement.announcement == key:
                self._readers, self._of = answer, key
                self._show_chosen()

        key = told.announcement
        job = partial(announcements.readers, seat, key)
        self.shell.work.run(self, job, show, lambda _: None, line=True)

    def _show_chosen(self) -> None:
        told, loaded = self.announcement, self._loaded
        if told is None or loaded is None:
            self.panel.clear()
            return
        known = self._readers if self._of == told.announcement else None
        gone = self._is_replaced(told)
        self.panel.show_announcement(told, loaded.offices, loaded.services, known, gone=gone)

    def _is_replaced(self, told: Announcement) -> bool:
        """Whether a later one stands in its place at the offices."""
        every = self._loaded.announced if self._loaded is not None else ()
        return any(one.replaces == told.announcement for one in every)

    # A new one.

    def correct(self) -> None:
        """Begin one that takes the place of the chosen one at every office."""
        told = self.announcement
        if told is not None:
            self.begin(replace(told, replaces=told.announcement))

    def begin(self, begun: Announcement | None = None) -> None:
        """F2: open the form, with what is known of it."""
        loaded = self._loaded
        if loaded is None or self.form is not None:
            return
        form = AnnouncementForm(loaded.services, loaded.offices, self.shell.now)
        if begun is not None:
            # Before it is followed: what was typed into another one is not laid over it.
            form.begin(begun)
        self.open_form(form)

    @act
    async def announce(self) -> None:
        """Send it; a refusal stands beside its cause, and what is typed stays."""
        form, seat = self.form, self.shell.seat
        if form is None or not form.check():
            return
        try:
            job = self.drafts.ending(form, partial(form.announcing(), seat))
            await self.acting_on(job, line=True)
        except Refusal as no:
            form.refused(Refusal(_NEEDS_LINE if no.words == NO_LINE else no.words, field=no.field))
            return
        self.drafts.done(form)
        self.close_form()
        # The newest is the first.
        self.table.setCurrentIndex(self.rows.index(-1, -1))
        self.shell.tell("اطلاعیه فرستاده شد؛ هر دفتر که بخواند همین‌جا شمرده می‌شود.")
        self._load()

    def arrange_bar(self) -> None:
        """A new one, or the chosen one corrected."""
        if self.bar is None or self.arrange_form(self.announce):
            return
        again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
        again.clicked.connect(self._load)
        main = Button("اطلاعیهٔ تازه", "main", icon="mail", keys="Ctrl+Enter", also="F2")
        main.clicked.connect(lambda: self.begin())
        seconds = []
        if self.announcement is not None and not self._is_replaced(self.announcement):
            correct = Button("اصلاح…", icon="pencil", tall=True)
            named_ = to_persian_digits(f"اصلاح اطلاعیهٔ {self.announcement.title}")
            correct.setAccessibleName(named_)
            correct.clicked.connect(self.correct)
            seconds.append(correct)
        self.bar.arrange(main=main, seconds=seconds, quiets=self.quiets(again))


def _look(desk: Desk) -> _Loaded:
    told = tuple(announcements.announced(desk))
    return _Loaded(told, offices.offices(desk), board.services_known(desk))
