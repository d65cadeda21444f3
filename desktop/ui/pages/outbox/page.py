"""What waits to be sent: act by act and why, and what the centre did not take, to be settled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from desktop.actions import board, waiting
from desktop.actions.waiting import Backlog, Clash, Hindrance, Listed, Reason
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui import choosing, places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.outbox.side import WaitingSide
from desktop.ui.pages.outbox.words import (
    BY_COURIER,
    COLUMNS,
    OF_OFFICE,
    TO_DO,
    act_of,
    cells,
    numbers,
    person_of,
)
from desktop.ui.palette import Tone
from desktop.ui.standing.backup import HELP, fault_words, place_words
from desktop.ui.standing.line import AGAIN, HOW, banner_words, help_key, look_of
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.widgets.charts.day_numbers import DayNumbers
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import RowsModel, Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_UNSENT = Heading("در صف ارسال", "آنچه هنوز به مرکز نرسیده است")
_EMPTY = Heading("در صف ارسال")
_BOTH = Heading("در صف ارسال", "و کارهایی که نیازمند رسیدگی شماست")
_TO_SEE = Heading("نیازمند رسیدگی", "در صف ارسال چیزی نمانده است")
_ALL_SENT, _NOTHING_WAITS = "همه چیز به مرکز رسیده است", "کاری در صف نیست"
_KEPT = "همهٔ این کارها در همین رایانه نوشته شده است و با خاموش شدن آن هم می‌ماند."
_ORDER = "پس از وصل شدن، خودکار و به همین ترتیب فرستاده می‌شود."
_ONE_OF_TWO, _SEE_BOTH = "یکی را با ۱ یا ۲ برگزینید", "دیدن دو نوشته"
_BEGUN = "تلاش دوباره آغاز شد."
_CHOOSE, _FOLDER = "پوشهٔ پشتیبان", "پوشهٔ پشتیبان این رایانه"
_CHOSEN = "پشتیبان این رایانه از این پس در پوشهٔ {} می‌ماند."
_COMPARE, _ACCEPT = "سنجیدن شش واژه", "همه یکی است؛ بپذیر"
_WORDS = (
    "گواهی تازهٔ مرکز این شش واژه را دارد: {}. با تلفن از ناظر شهرداری بپرسید؛ اگر یکی هم فرق کند، "
    "نپذیرید."
)
_ACCEPTED = "گواهی تازهٔ مرکز پذیرفته شد؛ ارسال از سر گرفته می‌شود."
_CHOOSERS = frozenset({Role.MANAGER, Role.SUPERVISOR})


@dataclass(frozen=True)
class _Told:
    """What a banner tells of, by its name; its words, and what its link does."""

    name: str
    words: str
    tone: Tone
    icon: str
    link: str
    act: Callable[[], None]


@dataclass(frozen=True)
class _Loaded:
    backlog: Backlog
    services: Mapping[str, Service]
    backups: str


class WaitingPage(LeadsRows, Acting):
    """در صف ارسال: the line, four numbers, a row an act; beside it the chosen one."""

    listens = frozenset({Kind.SYNC, Kind.CASES, Kind.DAY})
    rail = "outbox"
    side_width = 330
    tells_line = tells_recalls = True

    def __init__(self, shell: Shell, place: places.Outbox) -> None:
        super().__init__(shell, place)
        self.set_heading(_EMPTY)
        self._backlog: Backlog | None = None
        self._services: Mapping[str, Service] = {}
        self._key = ""
        self._clash: Clash | None = None
        self._mine = False
        self._renewed: tuple[str, ...] = ()
        self._shown: object = None
        self._told: list[tuple[str, Tone, str]] = []
        self._standing_banners: list[Banner] = []
        self._narrow = False
        self._banners = Column(gap=8)
        self.numbers = DayNumbers()
        self.rows = RowsModel(COLUMNS, self)
        self.table = Table("کارهای در صف ارسال", COLUMNS)
        self.table.setModel(self.rows)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(lambda _: self._open_case())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(_ALL_SENT, "", icon="circle-check")
        self.empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.empty.hide()
        self._foot = Label("", "small", "text2", wrap=True)
        self._lock = IconLabel("lock", 16, "text2")
        self._backup = Label("", "small", "text2", wrap=True)
        self._disk = IconLabel("database", 16, "text2")
        self.panel = WaitingSide()
        self.panel.chosen.connect(self._choose)
        self.panel.finished.connect(lambda: self.flow(self._finish()))
        self.panel.stood.connect(self._arrange)
        self.side = self.panel
        foot = Row(gap=6)
        foot.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._foot, 1)
        column = Column(gap=10, margins=(12, 20, 10, 20))
        column.addLayout(self._banners)
        column.addWidget(self.numbers)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addLayout(foot)
        kept = Row(gap=6)
        kept.addWidget(self._disk, 0, Qt.AlignmentFlag.AlignTop)
        kept.addWidget(self._backup, 1)
        column.addLayout(kept)
        column.addStretch(0)
        self.setLayout(column)
        self._arrange()

    # Loading and showing.

    def enter(self) -> None:
        """Load, and give the list the keys."""
        self._load()
        self.take_focus()

    def take_focus(self) -> None:
        """The list has the keys; without one the page's act."""
        if self.frame.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """A round of sync ended, or something was put in the queue."""
        row = self.row
        if row is not None and (changed.all or row.case_id in changed.cases):
            # Somebody may have written once more: what stands side by side is read anew.
            self._clash = None
        self._load()

    def _load(self) -> None:
        desk = self.shell.seat.desk

        def job() -> _Loaded:
            # Which disks there are is asked of the system, and may take a moment.
            backups = str(desk.backup.folder) if desk.backup is not None else ""
            return _Loaded(waiting.backlog(desk), board.services_known(desk), backups)

        self.shell.work.run(self, job, self._show)

    def _show(self, loaded: _Loaded) -> None:
        first = self._backlog is None
        backlog = self._backlog = loaded.backlog
        self._services = loaded.services
        self._show_banners(backlog)
        self.numbers.set_numbers(numbers(backlog))
        drawn = [(row.key, cells(row, backlog, self._service(row))) for row in backlog.rows]
        if drawn != self._shown:
            self._shown = drawn
            self.rows.set_rows(drawn)
        count = len(drawn)
        stood = self.hasFocus() or self.table.hasFocus()
        self.frame.setVisible(count > 0)
        self.empty.setVisible(not count)
        # That all is well is said only where it is: what comes next would be stuck.
        fine = backlog.line is None
        self.empty.icon.set_icon("circle-check" if fine else "inbox")
        self.empty.say(_ALL_SENT if fine else _NOTHING_WAITS, "")
        waits, asks = self._unsent(backlog), any(row.item for row in backlog.rows)
        heading = _BOTH if waits and asks else _TO_SEE if asks else _UNSENT if waits else _EMPTY
        if heading != self.heading:
            self.set_heading(heading)
        self._tell_foot(backlog)
        self._tell_backup(backlog, loaded.backups)
        keys = [row.key for row in backlog.rows]
        at = (
            keys.index(self._key) if self._key in keys else min(max(self.table.row(), 0), count - 1)
        )
        if count:
            self.table.choose(at)
        self._show_chosen()
        if stood and (first or not count):
            self.take_focus()

    def _show_banners(self, backlog: Backlog) -> None:
        told = [
            *self._line_told(backlog),
            *self._to_see_told(backlog),
            *self._backup_told(backlog),
        ]
        looks = [(each.name, each.tone, each.link) for each in told]
        if looks != self._told:
            self._told = looks
            self._draw_banners(told)
            return
        # Drawn anew, who stands on its link would be thrown out.
        for banner, each in zip(self._standing_banners, told, strict=True):
            if banner.accessibleName() != each.words:
                banner.set_words(each.words)

    def _draw_banners(self, told: Sequence[_Told]) -> None:
        clear(self._banners)
        self._standing_banners = []
        for each in told:
            banner = Banner(each.words, each.tone, icon=each.icon, link=each.link)
            banner.followed.connect(each.act)
            self._banners.addWidget(banner)
            self._standing_banners.append(banner)

    def _line_told(self, backlog: Backlog) -> Iterator[_Told]:
        line = backlog.line
        if line is None:
            return
        act: Callable[[], None]
        look, status = look_of(line), backlog.status
        tone: Tone = "pay" if status.late and look.tone == "neutral" else look.tone
        words = banner_words(line, status.oldest, backlog.now)
        if line.name == Why.CERTIFICATE and self._may_accept:
            link, act = (_ACCEPT, self._accept) if self._renewed else (_COMPARE, self._compare)
            words = _numbered(self._renewed) or words
            yield _Told(line.name, words, tone, look.icon, link, act)
            return
        # Where its way out is not a key of the bar, whatever row is chosen, it stands here.
        link = HOW if look.loud and any(row.item for row in backlog.rows) else ""
        act = partial(self._explain, line)
        if status.late and not look.loud and self.shell.seat.desk.courier is not None:
            link, act = BY_COURIER, partial(self.shell.go, places.Courier())
        yield _Told(line.name, words, tone, look.icon, link, act)

    @property
    def _may_accept(self) -> bool:
        """Whether this person says by which certificate the desk knows its centre."""
        seat = self.shell.seat
        return seat.desk.certificate is not None and seat.staff.role in _CHOOSERS

    def _compare(self) -> None:
        self.flow(self._comparing())

    async def _comparing(self) -> None:
        certificate = self.shell.seat.desk.certificate
        if certificate is None:
            return
        try:
            self._renewed = await Job(certificate.words, line=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        if self._backlog is not None:
            self._show_banners(self._backlog)

    def _accept(self) -> None:
        self.flow(self._accepting())

    async def _accepting(self) -> None:
        desk = self.shell.seat.desk
        if desk.certificate is None:
            return
        try:
            await Job(desk.certificate.accept)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self._renewed = ()
        self.shell.tell(_ACCEPTED)
        desk.nudge()

    def _to_see_told(self, backlog: Backlog) -> Iterator[_Told]:
        rows = [row for row in backlog.rows if row.item is not None]
        # What alone is listed, and was not refused, the list itself says, and the panel beside it.
        alone = len(rows) == len(backlog.rows)
        if not rows or (alone and all(row.reason in TO_DO for row in rows)):
            return
        person = person_of(rows[0])
        whose = f" ({person})" if person else ""
        first = f"{act_of(rows[0], self._service(rows[0]))}{whose}"
        more = f" و {len(rows) - 1} مورد دیگر" if len(rows) > 1 else ""
        words = to_persian_digits(f"{len(rows)} کار تصمیم شما را می‌خواهد: {first}{more}")
        yield _Told("to-see", words, "refuse", "", "دیدن", self.next_to_see)

    def _tell_foot(self, backlog: Backlog) -> None:
        words = _KEPT if backlog.line is not None and look_of(backlog.line).loud else ""
        words = words or f"{_KEPT} {_ORDER}"
        if backlog.listed is not None:
            left = backlog.cases - backlog.listed
            rest = f" {left} پروندهٔ پیش‌تر در فهرست نیامده است." if left else ""
            words = f"هر پرونده در یک ردیف است.{rest} {words}"
        shown = backlog.acts > 0
        self._foot.setText(to_persian_digits(words))
        self._foot.setVisible(shown)
        self._lock.setVisible(shown)

    def _backup_told(self, backlog: Backlog) -> Iterator[_Told]:
        words = fault_words(backlog.status, backlog.now)
        if not words:
            return
        if self._chooses:
            yield _Told("backup", words, "pay", "database", _CHOOSE, self._choose_folder)
        else:
            explain = partial(self.shell.explain, HELP)
            yield _Told("backup", words, "pay", "database", HOW, explain)

    def _tell_backup(self, backlog: Backlog, folder: str) -> None:
        # Of what hinders it the banner tells.
        shown = bool(folder) and backlog.status.backup_fault is None
        if shown:
            self._backup.setText(place_words(backlog.status, folder, backlog.now))
        self._backup.setVisible(shown)
        self._disk.setVisible(shown)

    @property
    def _chooses(self) -> bool:
        """Whether this person says where the desk's backups lie."""
        seat = self.shell.seat
        return seat.desk.backup is not None and seat.staff.role in _CHOOSERS

    def _service(self, row: Listed) -> Service | None:
        return self._services.get(row.case.service) if row.case is not None else None

    # The chosen row.

    @property
    def row(self) -> Listed | None:
        """The chosen row."""
        at = self.table.row()
        rows = self._backlog.rows if self._backlog is not None else ()
        return rows[at] if 0 <= at < len(rows) else None

    def _chosen(self, _: int) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        row, backlog = self.row, self._backlog
        if backlog is None:
            return
        key = row.key if row is not None else ""
        if key != self._key:
            self._key, self._clash, self._mine = key, None, False
        if self._clash is not None:
            # A round has ended; the choice that stands there stays.
            self._arrange()
            return
        service = self._service(row) if row is not None else None
        self.panel.show_row(row, backlog, service, self.shell.seat.staff.role)
        self.let_side_stand(self.panel.tells)
        if row is not None and row.reason is Reason.OVERTAKEN:
            self.flow(self._show_clash(row))
        self._arrange()

    async def _show_clash(self, row: Listed) -> None:
        item, backlog = row.item, self._backlog
        if item is None or backlog is None:
            return
        found = await Job(partial(waiting.clash, self.shell.seat.desk, item))
        if self._key != row.key:
            return
        self._clash = found
        at = moment(row.since, backlog.now)
        mine = f"نوشتهٔ {'شما' if self._is_own(row) else found.mine_by or 'دیگر'}، {at}"
        when = moment(found.at, backlog.now) if found.at is not None else ""
        self.panel.show_clash(found, mine, when, self._service(row))
        self.panel.choose(mine=self._mine)
        self._arrange()

    def _choose(self, mine: bool) -> None:
        self._mine = mine
        self.panel.choose(mine=mine)
        self._arrange()

    def next_to_see(self) -> None:
        """F7: the next row that needs a person."""
        rows = self._backlog.rows if self._backlog is not None else ()
        places_ = [at for at, row in enumerate(rows) if row.item is not None]
        if not places_:
            self._say("چیزی نیست که تصمیم شما را بخواهد")
            return
        self.table.choose(next((at for at in places_ if at > self.table.row()), places_[0]))

    # Acts.

    def _again(self) -> None:
        self.shell.seat.desk.nudge()
        self._say(_BEGUN)

    def _explain(self, line: Hindrance) -> None:
        self.shell.explain(help_key(line))

    def _choose_folder(self) -> None:
        self.flow(self._choosing_folder())

    async def _choosing_folder(self) -> None:
        backup = self.shell.seat.desk.backup
        folder = choosing.open_folder(self, _FOLDER)
        if backup is None or folder is None:
            return
        try:
            await Job(partial(backup.choose, folder))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(_CHOSEN.format(isolate(str(folder))))
        self._load()

    def _open_case(self) -> None:
        row = self.row
        if row is None or not row.case_id:
            return
        if (office := OF_OFFICE.get(row.act)) is not None:
            self.shell.go(office[1]())
            return
        municipal = self.shell.seat.staff.role.is_municipal
        page = places.MunicipalCase if municipal else places.Case
        self.shell.go(page(row.case_id))

    def _settle(self) -> None:
        self.act(self._settling())

    async def _settling(self) -> None:
        row = self.row
        if row is None or row.item is None:
            return
        seat, item_id, mine = self.shell.seat, row.item.item_id, self._mine
        try:
            await self.acting_on(partial(waiting.settle, seat, item_id, mine=mine))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
        self._forget_choice()

    async def _finish(self) -> None:
        row = self.row
        if row is None or row.item is None:
            return
        await Job(partial(board.finish_item, self.shell.seat, row.item.item_id))
        self._forget_choice()

    def _forget_choice(self) -> None:
        self._key, self._clash = "", None
        # Narrow: the panel stood in the list's place.
        self.shell.show_summary(shown=False)
        self._load()

    # The bar and the keys.

    def _arrange(self) -> None:
        if self.bar is None:
            return
        row = self.row
        case = row is not None and bool(row.case_id)
        quiets = [self._back()]
        stands = self.panel.isVisible()
        if self._narrow and row is not None and not stands and self._clash is None:
            quiets.append(self._summary())
        if self._chooses and not self._narrow:
            quiets.append(self._folder())
        if row is None or row.item is None or not case:
            if case and not self._narrow:
                quiets.append(self._opener("quiet", "Enter"))
            line = self._backlog.line if self._backlog is not None else None
            if line is not None and look_of(line).loud:
                # To try again mends nothing by itself; what does is told step by step.
                main = Button(HOW, "main", icon="help-circle", keys="Ctrl+Enter")
                main.clicked.connect(lambda: self._explain(line))
                again = [] if self._narrow else [self._again_button()]
                self.bar.arrange(main=main, seconds=again, quiets=quiets)
                return
            main = Button(AGAIN, "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self._again)
            self.bar.arrange(main=main, quiets=quiets)
            return
        backlog = self._backlog
        tries = backlog is not None and (backlog.line is not None or self._unsent(backlog))
        # Narrow: F5 is there, its words have no room.
        seconds = [] if self._narrow or not tries else [self._again_button()]
        if self._clash is None:
            self.bar.arrange(
                main=self._opener("main", "Ctrl+Enter"), seconds=seconds, quiets=quiets
            )
            return
        if not stands:
            # Nobody's writing gives way before both were read.
            main = Button(_SEE_BOTH, "main", icon="eye", keys="Ctrl+Enter", also="F7")
            main.clicked.connect(self._show_panel)
            self.bar.arrange(main=main, seconds=seconds, quiets=quiets)
            return
        main = Button(self._choice_words(), "main", icon="check", keys="Ctrl+Enter")
        main.clicked.connect(self._settle)
        if not self._narrow:
            quiets.append(self._opener("quiet", "Enter"))
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=_ONE_OF_TWO)

    @staticmethod
    def _unsent(backlog: Backlog) -> bool:
        """Whether something of this desk is still to be sent: an act, or papers."""
        return any(row.item is None for row in backlog.rows)

    def _back(self) -> Button:
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        return back

    def _summary(self) -> Button:
        summary = Button("خلاصه", "quiet", keys="F7", tall=True)
        summary.clicked.connect(lambda: self.press("F7"))
        return summary

    def _folder(self) -> Button:
        folder = Button(_CHOOSE, "quiet", icon="database", tall=True)
        folder.clicked.connect(self._choose_folder)
        return folder

    def _opener(self, kind: ButtonKind, keys: str) -> Button:
        office = OF_OFFICE.get(self.row.act) if self.row is not None else None
        words = office[0] if office is not None else "باز کردن پرونده"
        opener = Button(words, kind, icon="list-details", keys=keys, tall=True)
        opener.clicked.connect(self._open_case)
        return opener

    def _again_button(self) -> Button:
        again = Button(AGAIN, icon="refresh", keys="F5", tall=True)
        again.clicked.connect(self._again)
        return again

    def _choice_words(self) -> str:
        found, row = self._clash, self.row
        if found is None or row is None:
            return AGAIN
        if not self._mine:
            return f"نگه داشتن نوشتهٔ {found.by or 'همکار'}"
        return f"نگه داشتن نوشتهٔ {'من' if self._is_own(row) else found.mine_by or 'دیگر'}"

    def _is_own(self, row: Listed) -> bool:
        """Whether the refused act is of who sits here."""
        return row.item is not None and row.item.actor == self.shell.seat.staff.staff_id

    def _show_panel(self) -> None:
        """Where it does not stand: in the list's place, or back; of two writings one is chosen."""
        self.shell.show_summary()
        if self.panel.isVisible():
            self.panel.focus_choice()

    def _say(self, words: str) -> None:
        if self.bar is not None:
            self.bar.say(words)

    def press(self, key: str) -> bool:
        """F7 the next that needs a person; ۱ and ۲ choose; narrow: F7 opens the panel too."""
        if key in ("1", "2") and self._clash is not None:
            if self.panel.isVisible():
                self._choose(key == "2")
            else:
                self._show_panel()
            return True
        if key != "F7":
            return False
        row = self.row
        if not self._narrow or row is None or row.item is None:
            self.next_to_see()
        if self._narrow:
            self._show_panel()
        return True

    def led_rows(self) -> Table:
        """The list."""
        return self.table

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the panel opens by F7 in place of the list."""
        self._narrow = narrow
        self._arrange()


def _numbered(words: Sequence[str]) -> str:
    """The six words of a certificate, to be compared; empty for none."""
    each = "، ".join(f"{number} {word}" for number, word in enumerate(words, start=1))
    return to_persian_digits(_WORDS.format(each)) if each else ""
