"""خدمت‌ها: what waits for a signature, files under way, every service with its versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import act_drafts, drafts, publishing, service_files
from desktop.actions.act_drafts import ActDraft
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import kind_of
from desktop.actions.service_files import FileDraft
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.staffing import Authority
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.forms.sheets import SHEETS
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.services.publish import from_day
from desktop.ui.pages.services.reader import STATES, publication_title
from desktop.ui.pages.services.withdraw import WithdrawForm
from desktop.ui.places import Place
from desktop.ui.standing.chips import DRAFT
from desktop.ui.times import ago
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import NO_LINE, Changed, Job
from desktop.wire.publishing import PublicationBody
from desktop.wire.services import ServiceBody, VersionBody, VersionState

_TOPICS = {
    Topic.SERVICE: "خدمت",
    Topic.DELEGATION: "واگذاری خدمت",
    Topic.STAFF: "کارکنان دفترها",
    Topic.AUTHORISATION: "تفویض اختیار مهر",
    Topic.STOP: "پایان توقف",
    Topic.ROTA: "برنامهٔ مأموران بازدید",
}
_OTHER_TOPIC = "داده‌های شهرداری"
_ALONE = "جز شما کسی نیست که امضای دوم بدهد؛ ناظر یا کارشناس دیگری در «کارکنان» معرفی کنید."


@dataclass(frozen=True)
class Heard:
    """What the centre told of services and of what waits."""

    services: Sequence[ServiceBody]
    waiting: Sequence[PublicationBody]
    lacks_second: bool = False


class ServiceFilesPage(Acting):
    """What needs a signature first; Enter opens a row, F2 begins a new service."""

    listens = frozenset({Kind.SYNC})
    rail = "services"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._heard: Heard | None = None
        self._drafts: tuple[FileDraft, ...] = ()
        self._open: set[str] = set()
        self.form: WithdrawForm | None = None
        self.acts = ActDrafts(self, "services")
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.waiting = Card("در انتظار امضای دوم", " ")
        self.drafts = Card("پیش‌نویس‌های شما", "تنها شما می‌بینید")
        self.services = Card("خدمت‌ها", " ")
        self.alone = Banner(_ALONE, "pay")
        self.alone.hide()
        self._lists: dict[Card, Column] = {}
        self._form_place = Column(gap=0)
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20))
        scroller.add(self.fault)
        scroller.add(self.alone)
        scroller.content.addLayout(self._form_place)
        for card in (self.waiting, self.drafts, self.services):
            self._lists[card] = Column(gap=0)
            card.body.addLayout(self._lists[card])
            scroller.add(card)
            card.hide()
        self.setLayout(Column(scroller, gap=0))
        self.set_heading(Heading("خدمت‌ها", "پرونده‌های خدمت و نسخه‌های آن‌ها"))
        self._arrange_bar()

    @property
    def prepares(self) -> bool:
        """Whether who sits here may write and prepare."""
        return self.shell.seat.staff.role.prepares

    def _arrange_bar(self) -> None:
        if self.bar is None:
            return
        again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
        again.clicked.connect(self._ask)
        if self.form is not None:
            main = Button(self.form.button, "main", icon=self.form.icon, keys="Ctrl+Enter")
            main.clicked.connect(self._withdraw)
            keep = Button("انصراف", "second", keys="Esc", tall=True)
            keep.clicked.connect(self._close_form)
            self.bar.arrange(main=main, seconds=[keep], quiets=[again])
            return
        if not self.prepares:
            queue = Button("کارتابل", "main", icon="inbox", keys="Ctrl+Enter")
            queue.clicked.connect(lambda: self.shell.go(places.MunicipalQueue()))
            self.bar.arrange(main=queue, quiets=[again])
            return
        new = Button("خدمت تازه", "main", icon="file-plus", keys="Ctrl+Enter", also="F2")
        new.clicked.connect(self.begin)
        self.bar.arrange(main=new, quiets=[again])

    def enter(self) -> None:
        """Drafts are this desk's; all else the centre tells."""
        self.setFocus()
        self.acts.load()
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays."""
        self._load()

    def _load(self) -> None:
        seat = self.shell.seat
        if self.prepares:
            self.shell.work.run(self, lambda: tuple(service_files.kept(seat)), self._take_drafts)
        self._ask()

    def take_focus(self) -> None:
        """The first that waits, is written or is in force; until it is told, the page itself."""
        shown = (card for card in self._lists if not card.isHidden())
        rows = (row for card in shown for row in card.findChildren(ListRow))
        next(rows, self).setFocus()

    def press(self, key: str) -> bool:
        """Esc leaves an act that is open."""
        if key == "Esc" and self.form is not None:
            self._close_form()
            return True
        return False

    @act
    async def begin(self) -> None:
        """F2: a new service from the commented pattern."""
        draft_id = await self.acting_on(partial(_begin_new, self.shell.seat, self.shell.today()))
        self.shell.go(places.ServiceDraft(draft_id))

    # Asking and showing.

    def _ask(self) -> None:
        seat = self.shell.seat

        def job() -> Heard:
            waiting = publishing.waiting(seat)
            return Heard(publishing.services(seat), waiting, publishing.lacks_second(seat))

        self.shell.work.run(self, job, self.show_heard, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        words = "به مرکز وصل نیستیم؛ نوشتن در پیش‌نویس‌ها ادامه دارد."
        self.fault.set_words(words if no.words == NO_LINE else no.words)
        self.fault.show()

    def show_heard(self, told: Heard) -> None:
        """Show what the centre told."""
        if told == self._heard:
            self.fault.hide()
            return
        self._heard = told
        self.fault.hide()
        me = self.shell.seat.staff.staff_id
        others = [each for each in told.waiting if each.prepared.actor != me]
        self.shell.show_count(self.rail, len(others))
        self.alone.setVisible(told.lacks_second and self.prepares)
        self._show_waiting(told.waiting)
        self._show_services(told.services)
        if self.hasFocus():
            self.take_focus()

    def _show_waiting(self, waiting: Sequence[PublicationBody]) -> None:
        self.waiting.setVisible(bool(waiting))
        self.waiting.beside.setText(to_persian_digits(f"{len(waiting)} مورد"))
        column = self._lists[self.waiting]
        clear(column)
        now, me = self.shell.now(), self.shell.seat.staff.staff_id
        for each in waiting:
            title = publication_title(each)
            kind = kind_of(each.draft.topic)
            what = SHEETS[kind].title if kind else _TOPICS.get(each.draft.topic, _OTHER_TOPIC)
            mine = each.prepared.actor == me
            whose = "امضای شما" if mine else f"امضای {each.prepared.name}"
            row = ListRow(
                title or what,
                f"از {from_day(each.draft.items[0].day)}؛ {whose}، {ago(each.prepared.at, now)}",
                icon="clock",
                colour="pay",
                note="شخص دیگری باید امضا کند" if mine else "نوبت شماست",
            )
            to = _place_of(each)
            row.clicked.connect(lambda _=False, to=to: self.shell.go(to))
            column.addWidget(row)

    def _take_drafts(self, found: tuple[FileDraft, ...]) -> None:
        if found == self._drafts and self.drafts.isVisible():
            return
        self._drafts = found
        self.drafts.setVisible(bool(found))
        column = self._lists[self.drafts]
        clear(column)
        now = self.shell.now()
        for each in found:
            line = QWidget()
            begun = "نسخهٔ تازه" if each.version else "خدمت تازه"
            row = ListRow(
                each.title,
                f"{begun}، آخرین تغییر {ago(each.updated_at, now)}",
                icon="edit",
                chip=DRAFT,
            )
            row.clicked.connect(
                lambda _=False, key=each.draft_id: self.shell.go(places.ServiceDraft(key))
            )
            gone = Button("حذف", "quiet", icon="trash")
            gone.setAccessibleName(f"حذف پیش‌نویس {each.title}")
            gone.clicked.connect(lambda _=False, draft=each: self.act(self._delete(draft)))
            across = Row(gap=8)
            across.addWidget(row, 1)
            across.addWidget(gone)
            line.setLayout(across)
            column.addWidget(line)

    async def _delete(self, draft: FileDraft) -> None:
        acts = await self.acting_on(partial(_delete_draft, self.shell.seat, draft))
        self._load()
        restoring = partial(_restore_draft, self.shell.seat, draft, acts)
        self.shell.toast("پیش‌نویس حذف شد", "بازگردانی", lambda: self.flow(self._restore(restoring)))

    async def _restore(self, restoring: Callable[[], None]) -> None:
        await Job(restoring)
        self._load()

    def _show_services(self, told: Sequence[ServiceBody]) -> None:
        self.services.show()
        self.services.beside.setText(to_persian_digits(f"{len(told)} خدمت"))
        column = self._lists[self.services]
        clear(column)
        for service in told:
            for widget in self._rows(service):
                column.addWidget(widget)

    def _rows(self, service: ServiceBody) -> list[QWidget]:
        """The version in force or to come first; former ones once they are asked for."""
        by_state = {state: [v for v in service.versions if v.state is state] for state in STATES}
        now = by_state[VersionState.IN_FORCE]
        coming = by_state[VersionState.COMING]
        past = [
            v
            for v in service.versions
            if v.state in (VersionState.FORMER, VersionState.REPLACED, VersionState.WITHDRAWN)
        ]
        rows: list[QWidget] = []
        for number, version in enumerate(now or coming or past[:1]):
            rows.append(self._version(service, version, lead=not number))
        for version in coming if now else ():
            rows.append(self._coming(service, version))
        shown = past if now or coming else past[1:]
        if shown and service.code not in self._open:
            more = Button(to_persian_digits(f"{len(shown)} نسخهٔ پیشین"), "quiet", icon="history")
            more.setAccessibleName(f"نسخه‌های پیشین {service.title}")
            more.clicked.connect(lambda _=False, code=service.code: self._show_past(code))
            rows.append(more)
        elif shown:
            rows += [self._version(service, each) for each in shown]
        return rows

    def _show_past(self, code: str) -> None:
        self._open.add(code)
        if self._heard is not None:
            self._show_services(self._heard.services)

    def _version(
        self, service: ServiceBody, version: VersionBody, *, lead: bool = False
    ) -> ListRow:
        day = isolate(format_jalali(version.day))
        people = f"؛ {' و '.join(version.people)}" if version.people else ""
        row = ListRow(
            service.title if lead else version.title,
            f"از {day}{people}",
            icon=service.icon if lead else "history",
            colour="link" if lead else "text2",
            chip=STATES[version.state],
            inset=2 if lead else 16,
        )
        to = places.ServiceVersion(service.code, version.version)
        row.clicked.connect(lambda _=False, to=to: self.shell.go(to))
        return row

    def _coming(self, service: ServiceBody, version: VersionBody) -> QWidget:
        line = QWidget()
        across = Row(gap=8)
        across.addWidget(self._version(service, version), 1)
        if self.prepares:
            back = Button("پس گرفتن…", "dangerous", icon="file-off")
            back.setAccessibleName(f"پس گرفتن نسخهٔ آیندهٔ {service.title}")
            back.clicked.connect(lambda: self._open_form(WithdrawForm(service, version)))
            across.addWidget(back)
        line.setLayout(across)
        return line

    # Withdrawing.

    def _open_form(self, form: WithdrawForm) -> None:
        if self.stays():
            return
        self._close_form()
        self.form = form
        self._form_place.addWidget(form)
        self.acts.follow(form)
        form.moves.finished.connect(self._to_main)
        first = form.first()
        if first is not None:
            first.setFocus()
            bring_into_sight(form)
        self._arrange_bar()

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def leave(self) -> None:
        """What is typed is kept."""
        self.acts.leave()

    def _close_form(self) -> None:
        if self.stays():
            return
        if self.form is not None:
            self.acts.close(self.form)
        self.form = None
        clear(self._form_place)
        self._arrange_bar()
        self.take_focus()

    @act
    async def _withdraw(self) -> None:
        form, seat = self.form, self.shell.seat
        if form is None or not form.check():
            return
        try:
            job = self.acts.ending(form, partial(form.withdrawing, seat))
            remains = await self.acting_on(job, line=True)
        except Refusal as no:
            form.refused(no)
            return
        self.acts.done(form)
        self._close_form()
        now = f"؛ در آن روز «{remains}» برقرار است." if remains else "."
        self.shell.tell(f"انتشار پس گرفته شد{now}")
        self._ask()


def _place_of(waits: PublicationBody) -> Place:
    """Where it is read and signed: what is of people on their page."""
    item = waits.draft.items[0]
    match waits.draft.topic:
        case Topic.STAFF:
            return places.People(person=item.key)
        case Topic.AUTHORISATION:
            return places.People(person=published_value(Authority, item.text).staff)
        case _:
            return places.Publication(waits.draft.publication)


def _delete_draft(seat: Seat, draft: FileDraft) -> list[ActDraft]:
    """Delete it with what was typed for its publication, which comes back with it."""
    acts = act_drafts.of(seat, draft.draft_id)
    for each in acts:
        act_drafts.drop(seat, each)
    drafts.delete(seat.desk, draft.draft_id)
    return acts


def _restore_draft(seat: Seat, draft: FileDraft, acts: Sequence[ActDraft]) -> None:
    service_files.keep(seat, draft.draft_id, draft.text, draft.version)
    for each in acts:
        act_drafts.keep(seat, each)


def _begin_new(seat: Seat, today: date) -> str:
    return service_files.begin(seat, service_files.pattern(today))
