"""A service's file under way: written, checked as one types, signed and sent to a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import access, drafts, publishing, service_files
from desktop.actions.service_files import FileDraft
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.persian import join_and, to_persian_digits
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.keeping import Keeper
from desktop.ui.pages.acts.signed_form import FOR_SECOND, NO_PASSWORD, SHORT_REASON, is_short
from desktop.ui.pages.services.asking import NEEDS_LINE
from desktop.ui.pages.services.frame import ServiceFrame
from desktop.ui.pages.services.publish import FIRST, PublishSteps, from_day
from desktop.ui.pages.services.seen import Seen
from desktop.ui.standing.chips import DRAFT
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.work import NO_LINE, Job
from desktop.wire.publishing import DraftBody, PublicationBody, WeighAnswer

_NO_DAY = "روز آغاز نسخه خوانده نمی‌شود"
_STILL = "بررسی هنوز تمام نشده است."
_KEPT = f"امضا {NEEDS_LINE} پیش‌نویس شما نگه داشته شده است."
_ASKED_TWICE = "پیش از امضا پاسخ دهید: جایگزینی را بپذیرید، یا کد دیگری در پرونده بنویسید."


@dataclass(frozen=True)
class Weighed:
    """What the draft of a text would change, as the centre told it."""

    text: str
    draft: DraftBody
    answer: WeighAnswer


class ServiceEditor(ServiceFrame):
    """A draft; every change is kept, nothing is published by leaving."""

    place: places.ServiceDraft

    listens = frozenset()

    def __init__(self, shell: Shell, place: places.ServiceDraft) -> None:
        super().__init__(shell, place)
        self._version = ""
        self._keeper: Keeper | None = None
        self._weighed: Weighed | None = None
        self._no_line = False
        self._others: tuple[Staff, ...] = ()
        self.acts = ActDrafts(self, place.draft_id)
        # What is told of a bug leaves the text to be written on.
        shell.work.bug.connect(self._unlock)
        self.text.edited.connect(self._edited)
        for field in (self.card.password, self.card.reason, self.card.replaces):
            field.edited.connect(lambda each=field: each.set_error(None))
        self.card.moves.finished.connect(self._to_main)
        self.stand()

    def enter(self) -> None:
        """Take the draft up where it was left."""
        seat, draft_id = self.shell.seat, self.place.draft_id

        def job() -> tuple[FileDraft, tuple[Staff, ...]]:
            me = seat.staff.staff_id
            others = [p for p in access.staff(seat.desk) if p.role.signs and p.staff_id != me]
            return service_files.opened(seat, draft_id), tuple(others)

        self.setFocus()
        self.shell.work.run(self, job, self._opened, self._gone)

    def _opened(self, found: tuple[FileDraft, tuple[Staff, ...]]) -> None:
        draft, self._others = found
        self._version = draft.version
        self._keeper = Keeper(self, self.shell, self._keeping)
        self._keeper.saved.connect(self._saved)
        self._keeper.refused.connect(lambda words: self.shell.tell(words, "refuse"))
        self.shell.draft_saved(draft.updated_at)
        self.show_text(draft.text)
        self.acts.of = draft.title
        self.acts.load()
        self.acts.follow(self.card.form)
        self.text.setFocus()

    def _gone(self, no: Refusal) -> None:
        self.shell.instead(places.ServiceFiles())
        self.shell.tell(no.words, "refuse")

    def leave(self) -> None:
        """What is not kept yet is kept before the page goes."""
        self._clock.stop()
        self.acts.leave()
        if self._keeper is not None:
            self._keeper.save_now()

    def _keeping(self) -> Callable[[], object]:
        seat, draft_id = self.shell.seat, self.place.draft_id
        return partial(service_files.keep, seat, draft_id, self.text.text(), self._version)

    def _saved(self, at: datetime) -> None:
        self.shell.draft_saved(at)

    def _edited(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()
        self._weighed = None
        self.look_soon()

    # How far it is.

    def _show_seen(self, seen: Seen) -> None:
        super()._show_seen(seen)
        if seen.clean:
            self.flow(self._weigh(seen))

    async def _weigh(self, seen: Seen) -> None:
        """Ask what publishing it would change; never signs anything."""
        day, seat = service_files.day_of(seen.text), self.shell.seat
        if day is None or (self._weighed is not None and self._weighed.text == seen.text):
            return
        name = service_files.name_of(seen.text)

        def job() -> Weighed:
            draft = publishing.service_draft(name, seen.text, day)
            return Weighed(seen.text, draft, publishing.weigh(seat, draft))

        try:
            found = await Job(job, line=True)
        except Refusal as no:
            self._no_line = no.words == NO_LINE
            if not self._no_line:
                self.shell.tell(no.words, "refuse")
            self.stand()
            return
        if found.text == self.text.text():
            self._weighed, self._no_line = found, False
            self.stand()

    def stand(self) -> None:
        """Heading, card and bar as far as it is."""
        text = self.text.text()
        self.head_with(service_files.title_of(text), self._second(), DRAFT)
        self.card.show_steps(self._steps())
        self._arrange_bar()

    def _second(self) -> str:
        return "نسخهٔ تازه" if self._version else "خدمت تازه"

    def _steps(self) -> PublishSteps:
        seen, day = self.seen, self.day()
        me = self.shell.seat.staff
        errors = len(seen.faults) if seen else 0
        cautions = self.cautions
        whole = seen is not None and seen.looked is not None and seen.looked.whole
        names = join_and([each.name for each in self._others]).replace(" و ", " یا ")
        second = f"{names}؛ نه خود شما" if names else "کسی دیگر که امضا می‌کند"
        first = f"{me.name}، {me.title or me.role.word}؛ با گذرواژه"
        beside = f"از {from_day(day)}" if day else _NO_DAY
        if not seen or errors or not whole:
            waits = "در حال بررسی" if not seen or (seen.looked is None) else NEEDS_LINE
            return PublishSteps(
                beside, words=(waits, first, second), errors=errors, cautions=cautions
            )
        weighed = self._weighed
        if weighed is None:
            first = NEEDS_LINE if self._no_line else first
            return PublishSteps(
                beside,
                states=("done", "current", "later"),
                words=("ایرادی نیست", first, second),
                cautions=cautions,
            )
        told = weighed.answer
        return PublishSteps(
            _beside(weighed, day),
            states=("done", "current", "later"),
            words=("ایرادی نیست", first, second),
            cautions=cautions,
            hinders=[each.words for each in told.hindrances],
            warnings=[each.words for each in told.warnings],
            question=told.question,
            signs=None if told.hindrances else FIRST,
            foot=_foot(told, day, self.shell.today()),
        )

    def _arrange_bar(self) -> None:
        bar = self.bar
        if bar is None:
            return
        errors = len(self.seen.faults) if self.seen else 0
        run = Button("آزمودن نمونه‌ها", "second", icon="list-check", keys="F9", tall=True)
        run.clicked.connect(self.try_examples)
        main = Button(FOR_SECOND, "main", icon="send", keys="Ctrl+Enter")
        main.clicked.connect(self.send)
        seconds = [] if self._narrow else [run]
        left = to_persian_digits(f"{errors} ایراد مانده تا انتشار") if errors else ""
        bar.arrange(main=main, seconds=seconds, quiets=self.way_out(), sentence=left)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.TabFocusReason)

    # Signing.

    @act
    async def send(self) -> None:
        """Go to what is missing; with nothing missing sign and send."""
        seen = self.seen
        if seen is None or seen.looked is None or seen.text != self.text.text():
            # What it changes is read before it is signed.
            self.look()
            self._say(_STILL)
            return
        if seen.faults:
            self.to_first_fault()
            return
        self._to_pane()
        if self._weighed is not None:
            await self._sign(self._weighed)
        elif self._no_line or not seen.looked.whole:
            # The line may be there again.
            self.look()
            if self._weighed is None:
                self.shell.tell(_KEPT, "neutral")
        else:
            self._say(_STILL)

    def _say(self, words: str) -> None:
        if self.bar is not None:
            self.bar.say(words)

    async def _sign(self, weighed: Weighed) -> None:
        card, told = self.card, weighed.answer
        if told.hindrances:
            self.shell.tell(told.hindrances[0].words, "refuse")
            return
        reason = str(card.reason.value()).strip() if told.warnings else ""
        if told.question and not card.replaces.value():
            card.replaces.set_error(_ASKED_TWICE)
            self._show_field(card.replaces)
            return
        if told.warnings and is_short(reason):
            card.reason.set_error(SHORT_REASON)
            self._show_field(card.reason)
            return
        password = str(card.password.value())
        if not password:
            card.password.set_error(NO_PASSWORD)
            self._show_field(card.password)
            return
        replaces = told.told.changes[0].replaces if told.question else ""
        draft = weighed.draft.model_copy(update={"replaces": replaces})
        seat, draft_id = self.shell.seat, self.place.draft_id
        # What is signed is what stands there.
        self.text.setReadOnly(True)

        def job() -> PublicationBody:
            access.confirm(seat, password)
            return publishing.prepare(seat, draft, told.warnings, reason)

        signing = self.acts.ending(self.card.form, job)
        if self._keeper is not None:
            drop = partial(drafts.delete, seat.desk, draft_id)
            signing = self._keeper.handing_in(signing, lambda _: drop())
        try:
            waits = await self.acting_on(signing, line=True)
        except Refusal as no:
            self._unlock()
            self._not_sent(no)
            return
        self._unlock()
        if self._keeper is not None:
            self._keeper.finish()
        self.acts.done(self.card.form)
        title = waits.told.changes[0].title if waits.told.changes else ""
        self.shell.instead(places.ServiceFiles())
        self.shell.tell(f"«{title}» امضا شد و منتظر امضای دوم است.")

    def _unlock(self) -> None:
        self.text.setReadOnly(False)

    def _show_field(self, field: FormField) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_sight(field)

    def _not_sent(self, no: Refusal) -> None:
        if no.field == "password":
            self.card.password.set_error(no.words)
            self._show_field(self.card.password)
        else:
            words = f"امضا {NEEDS_LINE}" if no.words == NO_LINE else no.words
            self.shell.tell(words, "refuse")


def _beside(weighed: Weighed, day: date | None) -> str:
    """«از شنبه ۲۱ آذر، جای «مجوز داربست» را می‌گیرد»."""
    words = f"از {from_day(day)}" if day else ""
    change = weighed.answer.told.changes[0] if weighed.answer.told.changes else None
    if change is None:
        return words
    return f"{words}، {f'جای «{change.replaces}» را می‌گیرد' if change.replaces else 'خدمت تازه'}"


def _foot(told: WeighAnswer, day: date | None, today: date) -> str:
    words = []
    if told.others:
        words.append("نسخهٔ دیگری از همین خدمت در انتظار امضای دوم است.")
    if told.told.keep:
        count = to_persian_digits(told.told.keep)
        words.append(f"{count} درخواست باز با نسخهٔ کنونی به پایان می‌رسد.")
    if day is not None and day > today:
        words.append(f"تا پیش از {from_day(day)} می‌توان انتشار را پس گرفت.")
    elif day is not None:
        words.append("از لحظهٔ امضای نفر دوم برقرار است و پس گرفته نمی‌شود.")
    return " ".join(words)
