"""The case form: a request typed in, checked on leaving each field, registered with Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer

from desktop.actions.intake import FEE
from desktop.domain.errors import Refusal
from desktop.domain.money import format_rial
from desktop.forms.answers import Filled
from desktop.ui import places
from desktop.ui.page import Bar, Heading, Kind, Page, Shell
from desktop.ui.pages.form.aside import AsideCard, Told
from desktop.ui.pages.form.bar import FormBar
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.desk import Loaded, kept_code, load, sent_on
from desktop.ui.pages.form.open_form import Around, OpenForm
from desktop.ui.pages.form.papers import FormPapers
from desktop.ui.pages.form.samples import SampleStrip
from desktop.ui.pages.form.side import FormSide
from desktop.ui.palette import Tone
from desktop.ui.soon import soon
from desktop.ui.standing.chips import DRAFT
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import Banner, ErrorList
from desktop.ui.work import Changed

_AGAIN_MS = 500
_LESSONS = "درس‌های این خدمت"
_OPENS = "با قبولی در درس‌های این خدمت، همین دفتر آن را از شما می‌پذیرد."


class CaseForm(Page):
    """Stands before its service is loaded; `open` is the form itself, from then on."""

    place: places.Form

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})
    rail = "new"

    def __init__(self, shell: Shell, place: places.Form) -> None:
        super().__init__(shell, place)
        self.open: OpenForm | None = None
        self.errors = ErrorList()
        self.errors.jump.connect(self.jump)
        self.aside = AsideCard()
        self.aside.dropped.connect(self._drop_aside)
        # Over the form, which scrolls: that it is asked for twice is never out of sight.
        self.doubled = Banner("", "pay", link="مقایسه و ادامه با ذکر دلیل")
        self.doubled.followed.connect(self._compare)
        self.doubled.hide()
        told = (self.aside, self.errors, self.doubled)
        self._top = Column(*told, gap=8, margins=(0, 20, 0, 20))
        self._column = Column(gap=0)
        self._column.addLayout(self._top)
        self.setLayout(self._column)
        self.panel = FormSide()
        self.panel.remains.jump.connect(self.jump)
        self.panel.fee.connect(self.take_fee)
        self.panel.printed.connect(self._show_precheck)
        self.side = self.panel
        self.papers = FormPapers(shell, self)
        self._narrow = self._listed = False
        # What is in force now, while the form must not be replaced.
        self._newer: Loaded | None = None
        self._renewing = QTimer(self)
        self._renewing.setSingleShot(True)
        self._renewing.setInterval(_AGAIN_MS)
        self._renewing.timeout.connect(self._renew_again)
        self.samples: SampleStrip | None = None
        self.bar = bar = Bar()
        self._buttons = FormBar(bar, self.panel.remains)
        self._buttons.registered.connect(self.register)
        self._buttons.left.connect(self.shell.back)
        self._buttons.next_asked.connect(self.panel.remains.go_next)

    @property
    def body(self) -> FormBody | None:
        """The form's own parts, once they stand."""
        return self.open.body if self.open is not None else None

    # Coming and going.

    def enter(self) -> None:
        """Load the service and the draft."""
        job = partial(load, self.shell.seat, self.place.service, self.place.draft_id)
        self.shell.work.run(self, job, self._open, self._no)

    def leave(self) -> None:
        """Keep the draft, at once."""
        if self.open is not None:
            self.open.leave()

    def refresh(self, changed: Changed) -> None:
        """Ask the records again when the line is back; take a newer service file, fee and day."""
        if self.open is None:
            return
        if changed.sync:
            self.open.findings.retry()
        if changed.published or changed.day:
            job = partial(load, self.shell.seat, self.place.service, "")
            self.shell.work.run(self, job, self._renew)

    def _open(self, loaded: Loaded) -> None:
        if (elsewhere := loaded.elsewhere) is not None:
            # What was typed into a draft stays there.
            code = kept_code(loaded.draft) if loaded.draft is not None else ""
            self.shell.instead(sent_on(loaded.service.code, code, elsewhere.words))
            if elsewhere.wants_lessons:
                self.shell.tell(_OPENS, "pay", _LESSONS, self._lessons(loaded))
            return
        for each in loaded.barred:
            tone: Tone = "refuse" if each.hinders(loaded.today) else "pay"
            link = _LESSONS if each.wants_lessons else ""
            self.shell.tell(each.told(loaded.today), tone, link, self._lessons(loaded))
        form = self._build(loaded)
        self._stand(form, form.begin)

    def _lessons(self, loaded: Loaded) -> Callable[[], None]:
        """The way to what opens the service to who sits here."""
        return partial(self.shell.go, places.Lesson(loaded.service.code, 0))

    def _build(self, loaded: Loaded) -> OpenForm:
        self.set_heading(Heading(loaded.service.title, chip=DRAFT))
        self.setAccessibleName(loaded.service.title)
        around = Around(
            self,
            self.errors,
            self.panel,
            self._buttons,
            self.papers,
            listed=self._make_room,
            kept=self._keep_place,
            aside=self._show_aside,
        )
        if self.body is not None:
            self._column.removeWidget(self.body)
        self._tell_double("")
        self.open = form = OpenForm(around, loaded, self.place)
        form.body.double.told.connect(self._tell_double)
        self._offer_samples(loaded)
        form.keep_property(kept=not self._narrow)
        return form

    def _offer_samples(self, loaded: Loaded) -> None:
        """A demo's newcomer has nobody at the counter."""
        find = self.shell.samples
        if find is not None and self.samples is None:
            self.samples = SampleStrip(self.shell.work, find, loaded.service)
            self.samples.chosen.connect(self._take_sample)
            self._top.addWidget(self.samples)

    def _take_sample(self, filled: Filled) -> None:
        if self.open is not None:
            self.open.take_sample(filled)

    def _stand(self, form: OpenForm, then: Callable[[], None]) -> None:
        """Show the form and go on in it."""

        def show() -> None:
            self._column.addWidget(form.body, 1)
            form.body.show()
            then()

        # Forty fields take as long to be laid out as to be made: what waits is heard between.
        soon(form.body, show)

    def _keep_place(self, draft_id: str) -> None:
        """Coming back opens the draft."""
        self.place = replace(self.place, draft_id=draft_id)

    def _drop_aside(self) -> None:
        if self.open is not None:
            self.open.drop_aside()

    def _make_room(self, listed: bool) -> None:
        self._listed = listed
        any_told = listed or not (self.aside.isHidden() and self.doubled.isHidden())
        self._top.set_margins((10 if any_told else 0, 20, 0, 20))

    def _tell_double(self, words: str) -> None:
        if words:
            self.doubled.set_words(words)
        self.doubled.setVisible(bool(words))
        self._make_room(self._listed)

    def _compare(self) -> None:
        if self.body is not None:
            self.body.double.open()

    def _show_aside(self, told: tuple[Told, ...]) -> None:
        self.aside.show_aside(told)
        self._make_room(self._listed)

    def _renew_again(self) -> None:
        if self._newer is not None:
            self._renew(self._newer)

    def _renew(self, loaded: Loaded) -> None:
        """The same answers in the form of the file, fee and day that are in force now."""
        before = self.open
        if before is None:
            return
        if before.is_busy:
            # What is sent is what was looked at; the form is made anew when that is over.
            self._newer = loaded
            self._renewing.start()
            return
        self._newer = None
        self._renewing.stop()
        loaded = replace(loaded, draft=None)
        words = _changed_words(before.loaded, loaded)
        if not words:
            before.take(loaded)
            return
        form = self._build(loaded)
        self._stand(form, partial(form.follow, before))
        for each in words:
            self.shell.tell(each, "neutral" if loaded.fee == before.loaded.fee else "pay")

    def _no(self, refusal: Refusal) -> None:
        self.shell.tell(refusal.words, "refuse")

    def topics(self) -> frozenset[str]:
        """What the service may ask, and the papers it may want to see."""
        if self.open is None:
            return frozenset()
        service = self.open.loaded.service
        papers = (f"document.{each.key}" for each in service.documents)
        return frozenset(field.key for field in service.form_fields) | frozenset(papers)

    # The bar and its keys.

    def set_narrow(self, narrow: bool) -> None:
        """Without the side panel the bar says what remains."""
        self._narrow = narrow
        if self.open is not None:
            self.open.keep_property(kept=not narrow)
        self._buttons.arrange(narrow=narrow)

    def press(self, key: str) -> bool:
        """F7 goes to the next thing missing, F8 to the pre-check on paper, F12 to the fee.

        F11 lays in the next sample of a demo.
        """
        if self.papers.press(key):
            return True
        if key == "F11" and self.samples is not None:
            self.samples.take_next()
            return True
        if key == "F8":
            self._show_precheck()
            return True
        if key == "F7" and self.panel.remains.count():
            self.panel.remains.go_next()
            return True
        if key == "F12" and self.open is not None and self.open.loaded.fee:
            self.take_fee()
            return True
        return False

    def jump(self, key: str) -> None:
        """Go to the field of that key."""
        if self.open is not None:
            self.open.body.jump(key)

    def take_fee(self) -> None:
        """Go where the reference of the terminal or the bill is typed."""
        self.jump(FEE)

    def register(self) -> None:
        """Register what is whole; else say what is missing and go there."""
        if self.open is not None:
            self.open.register()

    def _show_precheck(self) -> None:
        if self.open is not None:
            self.open.show_precheck()


def _changed_words(before: Loaded, now: Loaded) -> list[str]:
    """What a person who fills the form must hear of; empty where it stays as it is."""
    words = []
    if now.service.version != before.service.version:
        words.append("فرم این خدمت تازه شد؛ پاسخ‌های شما حفظ شده است.")
    if now.fee != before.fee:
        fee = f"{format_rial(now.fee)} است" if now.fee else "گرفته نمی‌شود"
        words.append(f"کارمزد این خدمت از این پس {fee}؛ مبلغ دریافتی را بسنجید.")
    if now.today != before.today:
        words.append("روز عوض شد؛ درخواست به تاریخ امروز ثبت می‌شود.")
    return words
