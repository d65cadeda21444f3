"""Answers that came when the line came back: whom to call, and the letters to stamp together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.actions import arrived, board
from desktop.actions.arrived import Arrived
from desktop.actions.stamping import Pile
from desktop.domain.identifiers import phone_words
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import TablePage
from desktop.ui.standing.chips import chip_of
from desktop.ui.standing.lines import NOTHING, whole_code
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet, timed
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_COLUMNS = (
    TableColumn("زمان رسیدن", 84, sortable=False),
    TableColumn("متقاضی", 190, stretch=3, sortable=False),
    TableColumn("تلفن همراه", 132, sortable=False),
    TableColumn("پاسخ", 150, sortable=False),
    TableColumn("خدمت", 130, stretch=2, drop=3, sortable=False),
    TableColumn("کد رهگیری", 160, drop=2, sortable=False),
    TableColumn("ثبت شده بود", 100, drop=4, sortable=False),
)
_WHY = (
    "این درخواست‌ها هنگام قطعی خط ثبت شده بود و متقاضی بدون پاسخ رفت. به او تلفن کنید؛ "
    "پس از اطلاع‌رسانی از فهرست حذف می‌شود."
)


@dataclass(frozen=True)
class _Loaded:
    answers: tuple[Arrived, ...]
    services: Mapping[str, Service]
    now: datetime


class ArrivedPage(TablePage):
    """پاسخ‌های رسیده: a row a citizen, with what to call and what to say."""

    listens = frozenset({Kind.CASES, Kind.DAY})
    rail = "outbox"

    def __init__(self, shell: Shell, place: places.Arrived) -> None:
        empty = EmptyState(
            "پاسخی در انتظار اطلاع‌رسانی نیست",
            "پاسخ درخواستی که هنگام قطعی خط ثبت شود، پس از وصل شدن همین‌جا می‌آید.",
            icon="circle-check",
        )
        super().__init__(shell, place, "پاسخ‌های رسیده", _COLUMNS, empty)
        self.set_heading(Heading("پاسخ‌های رسیده", "پس از وصل شدن خط"))
        self._loaded: _Loaded | None = None
        self._case_id = ""
        self.table.chosen.connect(lambda _: self._arrange())
        self.table.opened.connect(lambda _: self._open_case())
        self._why = Label(_WHY, "small", "text2", wrap=True)
        self.put((self._why, 0), (self.frame, 1), (self.empty, 0))
        self._arrange()

    def enter(self) -> None:
        """Load, and give the list the keys."""
        self._load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """Answers came, or what they led to."""
        self._load()

    @property
    def answer(self) -> Arrived | None:
        """The chosen row's."""
        found = self._loaded.answers if self._loaded is not None else ()
        return next((each for each in found if each.case.case_id == self.table.key()), None)

    def _load(self) -> None:
        self.shell.work.run(self, self._look, self._show)

    def _look(self) -> _Loaded:
        desk = self.shell.seat.desk
        answers = tuple(arrived.answers(desk))
        return _Loaded(answers, board.services_known(desk), self.shell.now())

    def _show(self, loaded: _Loaded) -> None:
        stood = self.table.hasFocus() or self.hasFocus()
        self._loaded = loaded
        drawn = [(each.case.case_id, self._cells(each)) for each in loaded.answers]
        self.draw_rows(drawn)
        self.frame.setVisible(bool(drawn))
        self._why.setVisible(bool(drawn))
        self.empty.setVisible(not drawn)
        self._arrange()
        if stood:
            self.take_focus()

    def _cells(self, each: Arrived) -> list[Cell]:
        case, loaded = each.case, self._loaded
        assert loaded is not None
        service = loaded.services.get(case.service)
        return [
            timed(moment(each.answered_at, loaded.now)),
            named(to_persian_digits(case.applicant)),
            Cell(phone_words(case.mobile) if case.mobile else NOTHING),
            Cell(chip=chip_of(case.status, unsettled=case.provisional)),
            Cell((service.short or service.title) if service else case.service, "text2"),
            quiet(whole_code(case.tracking)),
            timed(moment(each.asked_at, loaded.now)),
        ]

    # Acts.

    @act
    async def note_told(self) -> None:
        """The chosen row's citizen was told; it can be taken back, for the next row is chosen."""
        answer = self.answer
        if answer is None:
            return
        case, seat = answer.case, self.shell.seat

        def job() -> _Loaded:
            arrived.note_told(seat, case.case_id)
            return self._look()

        # Until the list shows the next one a second press is still of this one.
        self._show(await self.acting_on(job))
        self.shell.toast(
            to_persian_digits(f"خبر داده شد: {case.applicant}"),
            "بازگردانی",
            lambda: self.flow(self._take_back(case.case_id)),
        )

    async def _take_back(self, case_id: str) -> None:
        await Job(partial(arrived.forget_told, self.shell.seat, case_id))
        self._load()

    def _stamp(self) -> None:
        """To the manager's letters, those of this list alone."""
        self.shell.remembered.hold_filter(places.ManagerHome, Pile.ARRIVED)
        self.shell.go(places.ManagerHome())

    def _open_case(self) -> None:
        if self.answer is not None:
            self.shell.go(places.Case(self.answer.case.case_id))

    def _to_stamp(self) -> int:
        found = self._loaded.answers if self._loaded is not None else ()
        return sum(each.case.to_release for each in found)

    def _arrange(self) -> None:
        if self.bar is None:
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        if self.answer is None:
            main = Button("صف ارسال", "main", icon="cloud-upload", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.Outbox()))
            self.bar.arrange(main=main, quiets=[back])
            return
        opener = Button("باز کردن پرونده", "quiet", icon="list-details", keys="Enter", tall=True)
        opener.clicked.connect(self._open_case)
        count = self._to_stamp()
        if self.shell.seat.staff.role is Role.MANAGER and count:
            words = to_persian_digits(f"تأیید و مهر {count} نامه")
            main = Button(words, "main", icon="rubber-stamp", keys="Ctrl+Enter")
            main.clicked.connect(self._stamp)
            told = Button("خبر داده شد", icon="phone", tall=True)
            told.clicked.connect(self.note_told)
            self.bar.arrange(main=main, seconds=[told], quiets=[back, opener])
            return
        main = Button("خبر داده شد", "main", icon="phone", keys="Ctrl+Enter")
        main.clicked.connect(self.note_told)
        self.bar.arrange(main=main, quiets=[back, opener])
