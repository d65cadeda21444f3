"""The home page: today's numbers, the services as keys, drafts, what waits, the newest cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import act_drafts, agency, day, drafts, intake
from desktop.actions.board import QueueCase
from desktop.actions.day import ActDraft, Draft, Today
from desktop.domain.money import half_up
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.acts.leading import place_of
from desktop.ui.pages.home.parts import OTHERS, DraftCard, ServiceKeys, offers
from desktop.ui.places import Place
from desktop.ui.standing.chips import chip_of
from desktop.ui.times import ago
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.charts.day_numbers import DayNumber, DayNumbers
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.work import Changed, Job

_MINUTE_MS = 60_000
_MOST_DRAFTS = 5
_MOST_ACTS = 3
_NOT_OFFERED = "خدمتی که امروز ارائه نمی‌شود"


@dataclass(frozen=True)
class Loaded:
    """What the page shows, as the store told it."""

    day: Today
    services: dict[str, Service]
    now: datetime
    today: date
    sent_on: dict[str, str]
    agency: bool = False

    def title(self, code: str) -> str:
        """A service's name, or that the counter does not offer it today."""
        service = self.services.get(code)
        return service.title if service else _NOT_OFFERED

    def short(self, code: str) -> str:
        """Its name where room is scarce."""
        service = self.services.get(code)
        return (service.short or service.title) if service else _NOT_OFFERED


@dataclass(frozen=True)
class Waiting:
    """One line of what waits for this person, and where it is shown."""

    words: str
    icon: str
    tone: str
    count: int
    place: Place


class Home(Page):
    """Where a clerk's day begins; a place for `choosing` begins at the services."""

    place: places.Home

    listens = frozenset({Kind.CASES, Kind.PUBLISHED, Kind.DAY})
    rail = "home"
    side_width = 340

    def __init__(self, shell: Shell, place: places.Home) -> None:
        super().__init__(shell, place)
        self.bar = None
        self._loaded: Loaded | None = None
        self._shown: tuple[object, ...] = ()
        self._wanted = ""
        self._narrow = self._all_drafts = self._test_due = False
        self.numbers = DayNumbers()
        self.services = ServiceKeys()
        self.services.opened.connect(self._open_service)
        self._hint = QWidget()
        self.summary = Button("خلاصه", "quiet", icon="list-details", keys="F7")
        self._side = Column(gap=6, margins=(12, 16, 12, 16))
        self.side = QWidget()
        self._build()
        # A draft grows older also while nothing changes.
        self.minutes = QTimer(self)
        self.minutes.timeout.connect(self._tell_ages)
        self.minutes.start(_MINUTE_MS)
        if place.choosing:
            self.rail = "new"
        self.set_heading(Heading("درخواست جدید" if place.choosing else "خانه"))

    def _build(self) -> None:
        heading = Row(gap=10)
        heading.addWidget(Label("درخواست جدید", "section", weight=700))
        hint = Row(gap=6)
        hint.addWidget(Label("شمارهٔ خدمت را بزنید؛ از هر جای دیگر: نخست", "small", "text2"))
        hint.addWidget(KeyCaps("F2"))
        hint.addWidget(Label("سپس شماره", "small", "text2"))
        self._hint.setLayout(hint)
        heading.addWidget(self._hint)
        heading.addStretch(1)
        self.summary.clicked.connect(self.shell.show_summary)
        self.summary.hide()
        heading.addWidget(self.summary)
        scroller = Scroller(gap=14, margins=(16, 20, 16, 20))
        scroller.add(self.numbers)
        scroller.content.addLayout(heading)
        scroller.add(self.services)
        self.setLayout(Column(scroller, gap=0))
        outer = Column(gap=0)
        outer.addLayout(self._side)
        outer.addStretch(1)
        assert self.side is not None
        self.side.setLayout(outer)

    def enter(self) -> None:
        """Load, and put the focus on the services."""
        self.setFocus()
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Load again; what did not change stays as it stands."""
        self._load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the numbers leave their second words, the heading its hint."""
        self._narrow = narrow
        self._hint.setVisible(not narrow)
        self.summary.setVisible(narrow)
        if self._loaded is not None:
            self._show_numbers(self._loaded)

    def press(self, key: str) -> bool:
        """A digit opens its service, also one pressed before the services came."""
        if key == "F2":
            self.services.focus_on(0)
            return True
        if not key.isdigit():
            return False
        if not self.services.keys:
            if self._wanted:
                return False
            self._wanted = key
            return True
        return self.services.press(int(key))

    def _load(self) -> None:
        seat = self.shell.seat

        def job() -> Loaded:
            with seat.desk.store.reading() as session:
                now = seat.desk.moment(session)
                today = seat.desk.today(session)
            services, elsewhere = intake.services(seat.desk), intake.sent_on(seat.desk, seat.staff)
            path = agency.is_one(seat.desk)
            return Loaded(day.today(seat), services, now, today, elsewhere, path)

        self.shell.work.run(self, job, self._show)

    def _ask_test(self) -> None:
        """Whether the counter's test is waited for, which the centre knows."""

        def tell(due: bool) -> None:
            self._test_due = due
            if self._loaded is not None:
                self._show_side(self._loaded)

        job = partial(agency.lacks_test, self.shell.seat)
        # Without a line nothing can be tried either.
        self.shell.work.run(self, job, tell, lambda _: None, line=True)

    def _show(self, loaded: Loaded) -> None:
        first = self._loaded is None
        self._loaded = loaded
        if loaded.agency:
            self._ask_test()
        self._show_numbers(loaded)
        self.services.set_offers(offers(list(loaded.services.values()), loaded.sent_on))
        self._show_side(loaded)
        if self._wanted:
            # What was typed behind the digit is for the page that it opens.
            wanted, self._wanted = self._wanted, ""
            if self.services.press(int(wanted)):
                return
        if first and self.hasFocus():
            self.services.focus_on(0)

    def _show_numbers(self, loaded: Loaded) -> None:
        today = loaded.day
        share = half_up(100 * today.instant / today.registered) if today.registered else 0
        of = "٪" if self._narrow else "٪ از همه"
        late = _late_words(today.late, loaded.today) if today.late and not self._narrow else ""
        self.numbers.set_numbers(
            [
                DayNumber(to_persian_digits(today.registered), "ثبت‌شدهٔ امروز"),
                DayNumber(
                    to_persian_digits(today.instant),
                    "پاسخ آنی",
                    to_persian_digits(f"{share}{of}") if today.registered else "",
                    "ok",
                ),
                DayNumber(to_persian_digits(today.ready), "آمادهٔ تحویل"),
                DayNumber(to_persian_digits(today.pay_due), "در انتظار پرداخت"),
                DayNumber(
                    to_persian_digits(today.overdue),
                    "دیرکرد",
                    late,
                    "refuse" if today.overdue else "text",
                ),
            ]
        )

    def _show_side(self, loaded: Loaded) -> None:
        waiting = waiting_lines(loaded, manager=self.shell.seat.staff.role is Role.MANAGER)
        if self._test_due:
            words, test = "درخواست آزمایشی این باجه", places.CounterTest()
            waiting.append(Waiting(words, "arrows-exchange", "visit", 1, test))
        whole = loaded.day.drafts
        some = whole if self._all_drafts else whole[:_MOST_DRAFTS]
        cards = [
            (loaded.title(d.service), f"{d.title}، {ago(d.updated_at, loaded.now)}".strip("، "))
            for d in some
        ]
        acts = loaded.day.acts
        begun = tuple((a.act, a.about, ago(a.updated_at, loaded.now)) for a in acts)
        newest_cases = tuple(loaded.day.newest)
        ours = loaded.day.ours
        shown = (tuple(cards), tuple(whole), begun, tuple(waiting), newest_cases, ours)
        if shown == self._shown:
            return
        self._shown = shown
        # As many as the rail says of the worklist: what is told line by line may be told twice.
        self._tell_summary(len(whole), ours)
        held = self._focus_name()
        clear(self._side)
        self._side.addWidget(Label("پیش‌نویس‌ها", weight=700))
        for (service, detail), draft in zip(cards, some, strict=True):
            card = DraftCard(service, detail)
            place = places.Form(draft.service, draft.draft_id)
            card.resumed.connect(lambda to=place: self.shell.go(to))
            card.deleted.connect(lambda d=draft: self.flow(self._delete(d)))
            self._side.addWidget(card)
        if not cards:
            self._side.addWidget(Label("پیش‌نویسی ندارید.", "small", "text2"))
        self._offer_drafts(whole, len(whole) - len(some), loaded.now)
        self._show_acts(acts, loaded.now)
        self._side.addSpacing(8)
        self._side.addWidget(Label("منتظر اقدام شما", weight=700))
        for line in waiting:
            row = ListRow(line.words, icon=line.icon, colour=line.tone, count=line.count)
            row.clicked.connect(lambda _=False, to=line.place: self.shell.go(to))
            self._side.addWidget(row)
        if not waiting:
            self._side.addWidget(Label("کاری منتظر شما نیست.", "small", "text2"))
        self._side.addSpacing(8)
        self._side.addWidget(Label("تازه‌ترین پرونده‌ها", weight=700))
        for case in loaded.day.newest:
            newest = ListRow(
                case.applicant,
                loaded.short(case.service),
                chip=chip_of(case.status, unsettled=case.provisional),
                chevron=False,
                lined=False,
            )
            newest.clicked.connect(lambda _=False, c=case: self.shell.go(places.Case(c.case_id)))
            self._side.addWidget(newest)
        if not loaded.day.newest:
            self._side.addWidget(Label("هنوز پرونده‌ای ثبت نشده است.", "small", "text2"))
        self._give_focus(held)

    def _show_acts(self, acts: Sequence[ActDraft], now: datetime) -> None:
        """What was left half typed on cases; more than a few are found there."""
        if not acts:
            return
        self._side.addSpacing(8)
        self._side.addWidget(Label("نوشته‌های ناتمام", weight=700))
        for act in acts[:_MOST_ACTS]:
            card = DraftCard(act.heading, f"{act.of}، {ago(act.updated_at, now)}")
            place = place_of(act)
            card.resumed.connect(lambda to=place: self.shell.go(to))
            card.deleted.connect(lambda a=act: self.flow(self._drop_act(a)))
            self._side.addWidget(card)
        if len(acts) > _MOST_ACTS:
            words = f"و {len(acts) - _MOST_ACTS} نوشتهٔ دیگر، هر یک در پروندهٔ خود"
            self._side.addWidget(Label(to_persian_digits(words), "small", "text2"))

    async def _drop_act(self, act: ActDraft) -> None:
        seat = self.shell.seat
        await Job(partial(act_drafts.drop, seat, act))
        self._load()
        self.shell.toast("نوشته حذف شد.", "بازگردانی", lambda: self.flow(self._keep_act(act)))

    async def _keep_act(self, act: ActDraft) -> None:
        await Job(partial(act_drafts.keep, self.shell.seat, act))
        self._load()

    def _offer_drafts(self, whole: Sequence[Draft], more: int, now: datetime) -> None:
        """Where many have piled up: how many there are, and that the old ones can go."""
        old = drafts.old(whole, now)
        row = Row(gap=14)
        if more:
            rest = Link(to_persian_digits(f"{more} پیش‌نویس دیگر"))
            rest.clicked.connect(self._show_drafts)
            row.addWidget(rest)
        row.addStretch(1)
        if old and len(whole) > _MOST_DRAFTS:
            away = Link(to_persian_digits(f"حذف {len(old)} پیش‌نویس قدیمی"))
            away.setToolTip("پیش‌نویس‌هایی که یک هفته تغییر نکرده است")
            away.clicked.connect(lambda: self.flow(self._delete_old(old)))
            row.addWidget(away)
        self._side.addLayout(row)

    def _show_drafts(self) -> None:
        self._all_drafts = True
        if self._loaded is not None:
            self._shown = ()
            self._show_side(self._loaded)

    def _tell_ages(self) -> None:
        if self._loaded is not None:
            self._loaded = replace(self._loaded, now=self.shell.now())
            self._show_side(self._loaded)

    def _tell_summary(self, drafts_: int, waiting: int) -> None:
        """Where the panel has no place, its button says what stands in it."""
        parts = [f"{drafts_} پیش‌نویس"] if drafts_ else []
        parts += [f"{waiting} منتظر شما"] if waiting else []
        self.summary.set_words(to_persian_digits("، ".join(parts)) or "خلاصه")

    def _focus_name(self) -> str:
        focus = QApplication.focusWidget()
        inside = focus is not None and self.side is not None and self.side.isAncestorOf(focus)
        return focus.accessibleName() if focus is not None and inside else ""

    def _give_focus(self, name: str) -> None:
        """The row of the same name has the focus again, else the services."""
        if not name or self.side is None:
            return
        same = (w for w in self.side.findChildren(QWidget) if w.accessibleName() == name)
        found = next(same, None)
        if found is not None:
            found.setFocus()
        else:
            self.services.focus_on(0)

    def _open_service(self, code: str) -> None:
        self.shell.go(places.Services() if code == OTHERS else places.Form(code))

    async def _delete(self, draft: Draft) -> None:
        await Job(partial(drafts.delete, self.shell.seat.desk, draft.draft_id))
        self._load()
        self.shell.toast("پیش‌نویس حذف شد.", "بازگردانی", lambda: self.flow(self._restore(draft)))

    async def _restore(self, draft: Draft) -> None:
        await Job(partial(drafts.restore, self.shell.seat.desk, draft))
        self._load()

    async def _delete_old(self, old: Sequence[Draft]) -> None:
        desk = self.shell.seat.desk
        await Job(partial(drafts.delete_all, desk, old))
        self._load()
        words = to_persian_digits(f"{len(old)} پیش‌نویس حذف شد.")
        self.shell.toast(words, "بازگردانی", lambda: self.flow(self._restore_all(old)))

    async def _restore_all(self, old: Sequence[Draft]) -> None:
        await Job(partial(drafts.restore_all, self.shell.seat.desk, old))
        self._load()


def waiting_lines(loaded: Loaded, *, manager: bool) -> list[Waiting]:
    """What waits for this person, the most pressing first; nothing that is empty."""
    today = loaded.day
    late = "دیرکرد"
    if today.overdue == 1 and today.late is not None:
        late = f"دیرکرد: {loaded.title(today.late.service)}، {today.late.applicant}"
    lines = [Waiting(late, "clock-exclamation", "refuse", today.overdue, places.Queue("overdue"))]
    lines.append(Waiting("پاسخ‌های رسیده", "cloud-upload", "ok", today.arrived, places.Arrived()))
    # What the power cut short: nothing more of the letter is printed before somebody says.
    of = today.doubted[0] if today.doubted else None
    sheet: places.Place = places.Home()
    if of is not None:
        sheet = places.Elsewhere() if of.elsewhere else places.Letter(of.case_id, of.letter_id)
    lines.append(Waiting("برگ نامه بیرون آمد؟", "alert-triangle", "pay", len(today.doubted), sheet))
    told = places.Announcements()
    lines.append(Waiting("اطلاعیه‌های نخوانده", "mail", "visit", today.announced, told))
    if manager:
        lines.append(
            Waiting(
                "در انتظار تأیید و مهر",
                "file-check",
                "ok",
                today.to_release,
                places.Queue("issued"),
            )
        )
    lines += [
        Waiting(words, icon, tone, count, places.Queue(name))
        for words, icon, tone, count, name in (
            ("آمادهٔ تحویل به متقاضی", "rubber-stamp", "ok", today.ready, "released"),
            ("نقص مدارک و برگشتی", "paperclip", "pay", today.returned, "returned"),
            ("نیازمند نوبت بازدید", "calendar-event", "visit", today.visit_due, "visit-due"),
        )
    ]
    return [line for line in lines if line.count]


def _late_words(case: QueueCase, today: date) -> str:
    days = (today - case.due_on).days
    return "مهلت دیروز بود" if days == 1 else to_persian_digits(f"{days} روز گذشته")
