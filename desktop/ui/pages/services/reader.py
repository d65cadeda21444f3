"""A service's file to be read: a published version, or what waits for a second signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import (
    access,
    handing_over,
    office_letter_paper,
    offices,
    publishing,
    readiness,
    registry,
    service_files,
)
from desktop.actions.desk import Seat
from desktop.actions.handing_over import ToldDraft
from desktop.actions.municipal_data import kind_of
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.signed_form import NO_PASSWORD, SHORT_REASON, is_short
from desktop.ui.pages.delegation.words import draft_words
from desktop.ui.pages.figures.told import change_lines
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.services.asking import DIFFERENCE, NEEDS_LINE
from desktop.ui.pages.services.frame import ServiceFrame
from desktop.ui.pages.services.publish import SECOND, PublishSteps, from_day
from desktop.ui.places import Place
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import SectionState
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.work import NO_LINE
from desktop.wire.publishing import PublicationBody, SignatureBody
from desktop.wire.services import VersionState

STATES = {
    VersionState.WAITING: ChipLook("در انتظار امضای دوم", "clock", "pay"),
    VersionState.COMING: ChipLook("نسخهٔ آینده", "calendar-event", "visit"),
    VersionState.IN_FORCE: ChipLook("در اجرا", "circle-check", "ok"),
    VersionState.FORMER: ChipLook("پیشین", "history", "neutral"),
    VersionState.REPLACED: ChipLook("جایگزین شد", "history", "neutral", "line"),
    VersionState.WITHDRAWN: ChipLook("پس گرفته شد", "file-off", "refuse"),
}
"""A version's state as a chip."""
_KEPT = {
    Topic.DELEGATION: "پروندهٔ باز دارد؛ در نامه آمده است که چه دفتری آن‌ها را به پایان می‌رساند."
}
"""What becomes of open cases, where it is not that they keep their version."""


class ServiceReader(ServiceFrame):
    """The text can be read and copied, not changed; «ویرایش» begins a draft of it."""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.text.setReadOnly(True)

    def leave(self) -> None:
        """The text is not looked at any more."""
        self._clock.stop()

    @act
    async def _edit(self) -> None:
        """A draft of this text, and on to it."""
        text, version = self.text.text(), self._version_begun()
        draft_id = await self.acting_on(
            partial(service_files.begin, self.shell.seat, text, version)
        )
        self.shell.go(places.ServiceDraft(draft_id))

    def _version_begun(self) -> str:
        """Of which published version the draft is; empty for none."""
        return ""

    def _lost(self, no: Refusal) -> None:
        self.shell.tell(NEEDS_LINE if no.words == NO_LINE else no.words, "refuse")


class VersionPage(ServiceReader):
    """A version that was published."""

    place: places.ServiceVersion

    listens = frozenset()

    def __init__(self, shell: Shell, place: places.ServiceVersion) -> None:
        super().__init__(shell, place)
        self._state = VersionState.IN_FORCE
        self._day: date | None = None
        self.card.hide()
        self.stand()

    def enter(self) -> None:
        """Ask for its text."""
        seat, place = self.shell.seat, self.place
        self.setFocus()

        def job() -> tuple[str, VersionState, date]:
            told = publishing.services(seat)
            versions = [v for s in told if s.code == place.service for v in s.versions]
            mine = next(v for v in versions if v.version == place.version)
            text = publishing.version_text(seat, place.service, place.version)
            return text, mine.state, mine.day

        self.shell.work.run(self, job, self._opened, self._lost, line=True)

    def _opened(self, found: tuple[str, VersionState, date]) -> None:
        text, self._state, self._day = found
        self.show_text(text)
        self.text.setFocus()

    def _version_begun(self) -> str:
        return self.place.version

    def open_tab(self, number: int) -> None:
        """A version needs no card of publishing."""
        super().open_tab(number)
        self.card.hide()

    def stand(self) -> None:
        """Its title, its day, and the way to a draft of it."""
        second = f"از {isolate(format_jalali(self._day))}" if self._day else ""
        self.head_with(service_files.title_of(self.text.text()), second, STATES[self._state])
        if self.bar is not None:
            edit = Button("ویرایش در پیش‌نویس تازه", "main", icon="edit", keys="Ctrl+Enter")
            edit.clicked.connect(self._edit)
            self.bar.arrange(main=edit, quiets=self.way_out())


class PublicationPage(ServiceReader):
    """What waits for its second signature. «تفاوت» is open."""

    place: places.Publication

    listens = frozenset()

    def __init__(self, shell: Shell, place: places.Publication) -> None:
        super().__init__(shell, place)
        self.publication: PublicationBody | None = None
        self._declining = False
        self._handed: ToldDraft | None = None
        self.papers = PaperCover(shell.work, self)
        self.acts = ActDrafts(self, place.publication)
        self.card.password.edited.connect(lambda: self.card.password.set_error(None))
        self.card.reason.edited.connect(lambda: self.card.reason.set_error(None))
        self.stand()

    def enter(self) -> None:
        """Ask for it, with what is different open."""
        seat, key = self.shell.seat, self.place.publication
        self.setFocus()
        job = partial(publishing.publication, seat, key)
        self.shell.work.run(self, job, self._opened, self._lost, line=True)

    def leave(self) -> None:
        """What is typed is kept."""
        super().leave()
        self.acts.leave()

    def _opened(self, found: PublicationBody) -> None:
        self.publication = found
        if self.waits:
            changes = found.told.changes
            self.acts.of = changes[0].title if changes else ""
            self.acts.load()
            self.acts.follow(self.card.form)
        item = found.draft.items[0]
        self.tabs.set_current(DIFFERENCE)
        if found.draft.topic is Topic.SERVICE:
            self.show_text(item.text)
            self._show_sides()
            self.tabs.setFocus()
            return
        self.show_alone()
        self._tell_difference()
        self.stand()
        self.take_focus()
        if found.draft.topic is Topic.DELEGATION:
            job = partial(handing_over.of_draft, self.shell.seat.desk, found.draft)
            self.shell.work.run(self, job, self._told)

    def take_focus(self) -> None:
        """What is changed is read first; then comes the act."""
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _told(self, draft: ToldDraft) -> None:
        """Whose services, from when, by which act: grouped, with the letters and the scan."""
        self._handed = draft
        lines = draft_words(draft.choices, draft.delegations)
        found = self.publication
        effects = found.told.effects if found is not None else []
        self.difference.show_lines("آنچه امضا می‌شود", lines, effects)
        self.stand()

    def _letter_keys(self) -> list[Button]:
        """Of delegations the letters as they will be, and the act's scan; of training its paper, of
        an office's card what it rests on."""
        found = self.publication
        if found is None or not self.waits:
            return []
        papers = readiness.scans_of(found.draft)
        acts = offices.scans_of(found.draft)
        if papers or acts:
            return [*self._scan_keys("تصویر کارنامه", papers), *self._scan_keys("تصویر سند", acts)]
        if self._handed is None:
            return []
        letters = Button("نامه‌ها" if self._narrow else "پیش‌نمایش نامه‌ها", icon="eye", tall=True)
        letters.clicked.connect(self._show_letters)
        scan = Button("مصوبه" if self._narrow else "تصویر مصوبه", icon="file-text", tall=True)
        scan.clicked.connect(self._show_scan)
        return [letters, scan]

    def _show_letters(self) -> None:
        handed = self._handed
        if handed is None:
            return
        seat, told = self.shell.seat, handed.delegations
        self.papers.show_paper(
            "پیش‌نمایش نامهٔ نخستین دفتر", lambda: office_letter_paper.first(seat, told)
        )

    def _scan_keys(self, words: str, scans: Sequence[str]) -> list[Button]:
        """A key for each scan, numbered where there are several."""
        keys = []
        for number, scan in enumerate(scans, start=1):
            named = f"{words} {number}" if len(scans) > 1 else words
            key = Button(to_persian_digits(named), icon="file-text", tall=True)
            key.clicked.connect(lambda _=False, scan=scan: self._show_scan_of(words, scan))
            keys.append(key)
        return keys

    def _show_scan_of(self, words: str, sha256: str) -> None:
        seat = self.shell.seat
        self.papers.show_paper(words, lambda: registry.scan(seat, sha256))

    def _show_scan(self) -> None:
        handed = self._handed
        if handed is not None:
            seat, sha256 = self.shell.seat, handed.delegations[0].act.scan
            self.papers.show_paper("تصویر مصوبه", lambda: registry.scan(seat, sha256))

    def set_narrow(self, narrow: bool) -> None:
        """What is different first: the pane, not the text."""
        self._on_form = True
        super().set_narrow(narrow)

    def _tell_difference(self) -> None:
        found = self.publication
        if found is None:
            return
        changes = found.told.changes
        if self._kind:
            heading, lines = "آنچه عوض می‌شود", change_lines(found.told)
        else:
            # Several have a name each: whose a line is stands before it.
            several = len({change.title for change in changes}) > 1
            lines = [
                f"{change.title}: {line}" if several else line
                for change in changes
                for line in change.lines
            ]
            before = changes[0].replaces if changes else ""
            heading = f"نسبت به «{before}»" if before else "تازه"
        self.difference.show_lines(heading, lines, found.told.effects)

    @property
    def _kind(self) -> str:
        """The kind of the municipality's data that it changes; empty for another topic."""
        return kind_of(self.publication.draft.topic) if self.publication is not None else ""

    def _home(self) -> tuple[str, str, Place]:
        """Where its list is: in words, with an icon, and the place."""
        if self._kind:
            return "بازگشت به تقویم و نرخ‌ها", "calendar", places.MunicipalData(self._kind)
        if self.shell.seat.staff.role.plans:
            return "بازگشت به برنامهٔ بازدید", "calendar-event", places.VisitPlan()
        return "بازگشت به خدمت‌ها", "list-details", places.ServiceFiles()

    @property
    def own(self) -> bool:
        """Whether who sits here prepared it."""
        found = self.publication
        return found is not None and found.prepared.actor == self.shell.seat.staff.staff_id

    @property
    def waits(self) -> bool:
        """Whether it can still be signed or declined."""
        return self.publication is not None and self.publication.state is VersionState.WAITING

    def stand(self) -> None:
        """Heading, card and bar as far as it is."""
        found = self.publication
        if found is None:
            self.head_with("", "", STATES[VersionState.WAITING])
            return
        title = publication_title(found)
        day = found.draft.items[0].day
        self.head_with(title, f"از {isolate(format_jalali(day))}", STATES[found.state])
        self.card.show_steps(self._steps(found, day))
        self._arrange_bar(found, day)

    def _steps(self, found: PublicationBody, day: date) -> PublishSteps:
        first = _signature(found.prepared)
        ended = _signature(found.ended) if found.ended else ""
        changes = found.told.changes
        beside = f"از {from_day(day)}{_takes([each.replaces for each in changes])}"
        keep = to_persian_digits(found.told.keep)
        then = _KEPT.get(found.draft.topic, "درخواست باز با نسخهٔ کنونی به پایان می‌رسد.")
        foot = f"{keep} {then}" if found.told.keep else ""
        names = ("بررسی", "امضای نخست", "امضای دوم")
        if not self.waits:
            state: SectionState = "done" if found.state is VersionState.IN_FORCE else "error"
            return PublishSteps(
                beside,
                ("done", "done", state),
                ("ایرادی نبود", first, ended),
                names,
                cautions=self.cautions,
                foot=foot,
            )
        mine = "نه خود شما؛ شخص دیگری باید امضا کند"
        may = (not self.own and not found.stale) or self._declining
        me = self.shell.seat.staff
        return PublishSteps(
            beside,
            ("done", "done", "current"),
            (
                "ایرادی نبود",
                first,
                mine if self.own else f"{me.name}، {me.title or me.role.word}؛ با گذرواژه",
            ),
            names,
            cautions=self.cautions,
            hinders=[found.stale] if found.stale else [],
            warnings=[each.words for each in found.draft.overruled],
            signs=SECOND if may else None,
            reason="decline" if self._declining else "",
            foot=foot,
        )

    def _arrange_bar(self, found: PublicationBody, day: date) -> None:
        if self.bar is None:
            return
        quiets = self.way_out()
        if not self.waits and self._alone:
            self.bar.arrange(main=self._homewards(), quiets=quiets)
            return
        if not self.waits:
            again = Button("ویرایش در پیش‌نویس تازه", "main", icon="edit", keys="Ctrl+Enter")
            again.clicked.connect(self._edit)
            self.bar.arrange(main=again, quiets=quiets)
            return
        word = "پس گرفتن" if self.own else "رد"
        if self._declining:
            main = Button(word, "main", icon="file-off", keys="Ctrl+Enter")
            main.clicked.connect(self._decline)
            keep = Button("انصراف", "second", tall=True)
            keep.clicked.connect(lambda: self._ask_reason(asked=False))
            self.bar.arrange(main=main, seconds=[keep], quiets=quiets)
            return
        decline = Button(f"{word}…", "dangerous", icon="file-off", tall=True)
        decline.clicked.connect(lambda: self._ask_reason(asked=True))
        if self.own:
            main = self._homewards()
        else:
            main = Button(
                f"امضا و انتشار از {from_day(day)}", "main", icon="send", keys="Ctrl+Enter"
            )
            main.clicked.connect(self.sign)
        self.bar.arrange(main=main, seconds=[*self._letter_keys(), decline], quiets=quiets)

    def _homewards(self) -> Button:
        words, icon, _ = self._home()
        main = Button(words, "main", icon=icon, keys="Ctrl+Enter")
        main.clicked.connect(self.shell.back)
        return main

    def way_out(self) -> list[Button]:
        """«بازگشت» alone where its list is another page."""
        quiets = super().way_out()
        if self._kind:
            quiets[0].set_words("بازگشت")
        return quiets

    def _version_begun(self) -> str:
        changes = self.publication.told.changes if self.publication else []
        return changes[0].version if changes else ""

    # Signing and declining.

    @act
    async def sign(self) -> None:
        """Put it into force from its day, with this person's password."""
        found = self.publication
        if found is None:
            return
        if found.stale:
            self.shell.tell(found.stale, "refuse")
            return
        await self._end(partial(publishing.sign, reason=""), "منتشر شد")

    def _ask_reason(self, *, asked: bool) -> None:
        self._declining = asked
        self.stand()
        if asked:
            self._show_field(self.card.reason)

    @act
    async def _decline(self) -> None:
        reason = str(self.card.reason.value()).strip()
        if is_short(reason):
            self.card.reason.set_error(SHORT_REASON)
            self._show_field(self.card.reason)
            return
        await self._end(partial(publishing.decline, reason=reason), "از امضا کنار گذاشته شد")

    async def _end(
        self, end: Callable[[Seat, PublicationBody], PublicationBody], said: str
    ) -> None:
        found, seat = self.publication, self.shell.seat
        password = str(self.card.password.value())
        if found is None:
            return
        self._to_pane()
        if not password:
            self.card.password.set_error(NO_PASSWORD)
            self._show_field(self.card.password)
            return

        def job() -> PublicationBody:
            access.confirm(seat, password)
            return end(seat, found)

        try:
            signed = await self.acting_on(job, line=True)
        except Refusal as no:
            self._not_ended(no)
            return
        self.acts.done(self.card.form)
        first = signed.draft.items[0].day
        today = first <= self.shell.today()
        when = "از هم‌اکنون برقرار است" if today else f"از {from_day(first)} به کار می‌افتد"
        title = publication_title(signed)
        holds = signed.state is VersionState.IN_FORCE
        lettered = holds and signed.draft.topic is Topic.DELEGATION
        letters = places.OfficeLetters(signed.draft.publication)
        self.shell.instead(letters if lettered else self._home()[2])
        then = f"؛ {when}." if holds else "."
        self.shell.tell(f"{title} {said}{then}")

    def _not_ended(self, no: Refusal) -> None:
        field = {"password": self.card.password, "reason": self.card.reason}.get(no.field or "")
        if field is None:
            self.shell.tell(f"امضا {NEEDS_LINE}" if no.words == NO_LINE else no.words, "refuse")
            return
        field.set_error(no.words)
        self._show_field(field)

    def _show_field(self, field: FormField) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_sight(field)


def publication_title(found: PublicationBody) -> str:
    """What it is called: its first text, and how many more there are; of delegations how many of
    which."""
    changes = found.told.changes
    if not changes:
        return ""
    more = len(changes) - 1
    if more and found.draft.topic is Topic.DELEGATION:
        return _delegations_title(found)
    return to_persian_digits(f"{changes[0].title} و {more} مورد دیگر") if more else changes[0].title


def _delegations_title(found: PublicationBody) -> str:
    """«واگذاری ۲ خدمت به ۲۷ دفتر»."""
    told = [published_value(Delegation, item.text) for item in found.draft.items]
    services, offices = len({one.service for one in told}), len({one.office for one in told})
    if all(one.withdrawn for one in told):
        return to_persian_digits(f"پس‌گرفتن {services} خدمت از {offices} دفتر")
    return to_persian_digits(f"واگذاری {services} خدمت به {offices} دفتر")


def _signature(given: SignatureBody) -> str:
    """«حمید میرجلیلی، ۱۴۰۵/۰۹/۰۳ ۱۲:۰۶؛ دلیل»."""
    day = format_jalali(given.at.astimezone(TEHRAN).date())
    words = f"{given.name}، {isolate(day)} ساعت {time_of(given.at)}"
    return to_persian_digits(f"{words}؛ {given.reason}" if given.reason else words)


def _takes(replaced: Sequence[str]) -> str:
    """In whose place what is signed comes: one by its title, several by their number."""
    titles = [title for title in replaced if title]
    if not titles:
        return ""
    if len(replaced) == 1:
        return f"، جای «{titles[0]}» را می‌گیرد"
    return to_persian_digits(f"، جای {len(titles)} مورد پیشین را می‌گیرد")
