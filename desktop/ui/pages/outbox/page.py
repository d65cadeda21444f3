"""What waits: acts not yet settled at the centre, and what the centre did not take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop.actions import board
from desktop.actions.board import QueueCase, WorkItem
from desktop.actions.desk import SyncStatus
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.case.work_item_card import WorkItemCard
from desktop.ui.palette import Tone
from desktop.ui.places import Place
from desktop.ui.standing.happenings import moment_words
from desktop.ui.standing.lines import received_words, whole_code
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

_MOST = 100
_FINE = "به مرکز وصل هستیم."
_DOWN = "به مرکز وصل نیستیم؛ با وصل شدن خط خودکار فرستاده می‌شود."
_TONES: Mapping[str, Tone] = {"connected": "ok", "held": "refuse"}


@dataclass(frozen=True)
class _Loaded:
    status: SyncStatus
    items: tuple[WorkItem, ...]
    known: Mapping[str, QueueCase]
    cases: tuple[QueueCase, ...]
    whole: int
    services: Mapping[str, Service]
    today: date


class WaitingPage(Page):
    """در صف ارسال: each case in plain words, with «دیدن» and «انجام شد»."""

    listens = frozenset({Kind.SYNC})
    rail = "queue"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("در صف ارسال", "آنچه هنوز نزد مرکز نهایی نشده است"))
        self.setAccessibleName("در صف ارسال")
        self.list = Scroller(gap=8, margins=(12, 20, 14, 20))
        self.setLayout(Column(self.list, gap=0))
        self._shown: object = None
        if self.bar is not None:
            now = Button("همگام‌سازی", "main", icon="refresh", keys="Ctrl+Enter")
            now.clicked.connect(self._sync)
            back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
            back.clicked.connect(shell.back)
            self.bar.arrange(main=now, quiets=[back])

    def enter(self) -> None:
        """Load."""
        self._load()
        self.setFocus()

    def refresh(self, changed: Changed) -> None:
        """A round of sync ended, or something was put in the queue."""
        self._load()

    def _sync(self) -> None:
        self.shell.seat.desk.nudge()
        if self.bar is not None:
            self.bar.say("همگام‌سازی آغاز شد.")

    def _load(self) -> None:
        desk = self.shell.seat.desk

        def job() -> _Loaded:
            cases, whole = board.waiting(desk, _MOST)
            items = tuple(board.items(desk))
            today = self.shell.today()
            services = board.services_known(desk)
            known = board.cases_of(desk, items)
            status = desk.sync_status()
            return _Loaded(status, items, known, tuple(cases), whole, services, today)

        self.shell.work.run(self, job, self._show)

    def _show(self, loaded: _Loaded) -> None:
        shown = (loaded.status.words, loaded.items, loaded.cases, loaded.today)
        if shown == self._shown:
            return
        self._shown = shown
        at = self.list.verticalScrollBar().value()
        clear(self.list.content)
        tone = _TONES.get(loaded.status.state, "neutral")
        icon = "wifi-off" if loaded.status.state == "down" else ""
        words = to_persian_digits(loaded.status.words) or (_DOWN if icon else _FINE)
        self.list.add(Banner(words, tone, icon=icon))
        if loaded.items:
            count = to_persian_digits(len(loaded.items))
            self.list.add(Label(f"باید ببینید ({count})", "section", weight=700))
        for item in loaded.items:
            self.list.add(self._item(item, loaded))
        if loaded.cases:
            acts, cases = loaded.status.waiting, loaded.whole
            count = to_persian_digits(f"{cases} پرونده، {acts} کار")
            self.list.add(Label(f"در صف ارسال ({count})", "section", weight=700))
        for case in loaded.cases:
            self.list.add(self._case(case, loaded))
        if not loaded.items and not loaded.cases:
            words = "هر کاری که کرده‌اید نزد مرکز نهایی شده است."
            self.list.add(EmptyState("چیزی در صف نیست", words, icon="circle-check"))
        self.list.verticalScrollBar().setValue(at)
        if self.hasFocus() and self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _item(self, item: WorkItem, loaded: _Loaded) -> WorkItemCard:
        seat = self.shell.seat
        case = loaded.known.get(item.case_id)
        card = WorkItemCard(
            item,
            moment_words(item.at, loaded.today),
            loaded.services.get(case.service) if case else None,
            about=self._about(case, loaded) if case else "",
            opens=bool(item.case_id),
        )
        page = places.MunicipalCase if seat.staff.role.is_municipal else places.Case
        card.seen.connect(lambda: self.shell.go(page(item.case_id)))
        card.finished.connect(lambda: self.flow(self._finish(item.item_id)))
        return card

    async def _finish(self, item_id: str) -> None:
        await Job(partial(board.finish_item, self.shell.seat, item_id))
        self._load()

    @staticmethod
    def _about(case: QueueCase, loaded: _Loaded) -> str:
        """Whose case it is."""
        return f"{to_persian_digits(case.applicant)}، {_named(case, loaded)}"

    def _case(self, case: QueueCase, loaded: _Loaded) -> ListRow:
        row = ListRow(
            to_persian_digits(case.applicant),
            _named(case, loaded),
            icon="cloud-upload",
            note=received_words(case.updated_at, loaded.today),
        )
        row.clicked.connect(lambda: self.shell.go(places.Case(case.case_id)))
        return row


def _named(case: QueueCase, loaded: _Loaded) -> str:
    service = loaded.services.get(case.service)
    return f"{service.title if service else case.service}، {whole_code(case.tracking)}"
