"""تبدیل کارگزاری به پیشخوان: eight steps, what remains of them, two signatures, sealed minutes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from desktop.actions import conversions, minutes, registry
from desktop.actions.conversions import ConversionLook
from desktop.domain.conversion import ConversionStep
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.conversion.forms import (
    BackForm,
    DeclineForm,
    MinutesForm,
    SecondForm,
    StepForm,
)
from desktop.ui.pages.conversion.parts import (
    ConversionSide,
    StepsTable,
    TestsCard,
    waiting_or_shown,
)
from desktop.ui.pages.office.acting import OfficeActsPage, main_key
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.standing.conversion import TABLE, progress_chip, standing
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller, bring_into_sight
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import NO_LINE, Job

_NEEDS_LINE = "تبدیل را مرکز می‌داند: دیدن و امضا به خط نیاز دارد. آنچه نوشته‌اید در همین رایانه است."


class ConversionPage(OfficeActsPage):
    """Enter opens a step, F7 goes to what remains, F9 shows the minutes.

    `signing` stands under the steps: the day and the first signature, or the second one.
    """

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})
    rail = "offices"
    side_width = 324
    about = "conversion"

    place: places.Conversion

    def __init__(self, shell: Shell, place: places.Conversion) -> None:
        super().__init__(shell, place, place.office)
        self.look: ConversionLook | None = None
        self.signing: MinutesForm | SecondForm | None = None
        self._narrow = False
        role = shell.seat.staff.role
        self._prepares, self._signs = role.prepares, role.signs
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self._head = Column(gap=0)
        self.steps = StepsTable()
        self.steps.opened.connect(self._open_step)
        self.tests = TestsCard()
        self._signing = Column(gap=0)
        path = Scroller(gap=12, margins=(12, 20, 14, 20))
        path.add(self.fault)
        path.content.addLayout(self._head)
        path.add(self.steps)
        path.add(self.tests)
        path.content.addLayout(self._signing)
        self._path = path
        self.put_parts(path)
        for part in (self.steps, self.tests):
            part.hide()
        self.panel = ConversionSide()
        self.panel.jump.connect(self.jump_to)
        self.panel.previewed.connect(self.preview)
        self.side = self.panel
        self.set_heading(Heading("تبدیل کارگزاری به پیشخوان"))
        self.arrange_bar()

    # Loading.

    def load(self) -> None:
        """Ask the centre; the licence and the training are asked for the day that is thought of."""
        self.flow(self._load())

    async def _load(self) -> None:
        seat, office = self.shell.seat, self.place.office
        form = self.signing
        day = form.chosen_day() if isinstance(form, MinutesForm) else None
        try:
            look = await Job(partial(conversions.look, seat, office, day), line=True)
        except Refusal as no:
            self._tell_fault(_NEEDS_LINE if no.words == NO_LINE else no.words)
            return
        self.fault.hide()
        self._show(look)

    def _tell_fault(self, words: str) -> None:
        self.fault.set_words(words)
        self.fault.show()

    # Showing.

    def _show(self, look: ConversionLook) -> None:
        first = self.look is None
        self.look = look
        today = self.shell.today()
        name = to_persian_digits(look.office.card.name)
        second = "" if self._narrow else name
        path = look.has_path or look.state.converted_on is not None
        chip = progress_chip(look, today) if path else None
        self.set_heading(Heading("تبدیل کارگزاری به پیشخوان", second, chip))
        clear(self._head)
        stands = standing(look, today)
        if stands is not None:
            head = Headline(stands.words, stands.sentence, stands.tone, stands.icon, small=True)
            self._head.addWidget(head)
        self.steps.show_steps(look, narrow=self._narrow)
        self.tests.show_tests(look, self.shell.now(), narrow=self._narrow)
        for part in (self.steps, self.tests):
            part.setVisible(path)
        self._place_signing(look)
        self._tell_missing()
        self._tell_side()
        self.tell_unfinished()
        self.arrange_bar()
        if first and self.hasFocus():
            self.take_focus()

    def _place_signing(self, look: ConversionLook) -> None:
        """The form that the path has come to; what is typed in it stays while it is the same."""
        before = self.signing
        if not look.has_path:
            self._put_signing(None)
        elif look.waiting is not None:
            same = isinstance(before, SecondForm) and before.waits == look.waiting
            if not same:
                own = look.waiting.prepared.actor == self.shell.seat.staff.staff_id
                self._put_signing(SecondForm(look.waiting, own=own or not self._signs))
        elif not self._prepares:
            self._put_signing(None)
        elif isinstance(before, MinutesForm):
            before.show_look(look)
        else:
            form = MinutesForm(look, self.shell.today())
            form.day.edited.connect(self._tell_missing)
            form.day.left.connect(self.load)
            for field in form.fields.values():
                field.edited.connect(self._tell_missing)
                field.left.connect(self._tell_side)
            form.errors.jump.connect(self.jump_to)
            self._put_signing(form)
            self.acts.follow(form)

    def _put_signing(self, form: MinutesForm | SecondForm | None) -> None:
        before, self.signing = self.signing, form
        if isinstance(before, MinutesForm):
            self.acts.close(before)
        clear(self._signing)
        if form is not None:
            self._signing.addWidget(form)

    def _missing(self) -> list[tuple[str, str]]:
        form, look = self.signing, self.look
        if look is None:
            return []
        if isinstance(form, MinutesForm):
            return form.faults()
        return [(step.value, words) for step, words in look.lacking]

    def _tell_missing(self) -> None:
        path = self.look is not None and self.look.has_path
        self.panel.show_missing(self._missing() if path else [])

    def _tell_side(self) -> None:
        if self.look is None:
            return
        form = self.signing
        shown, day = None, None
        if isinstance(form, MinutesForm):
            shown, day = form.shown(), form.chosen_day()
        after = waiting_or_shown(self.look, shown, day)
        self.panel.show_look(self.look, after, self.shell.today())

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: two tests beside each other, the side behind F7."""
        self._narrow = narrow
        if self.look is not None:
            self.steps.show_steps(self.look, narrow=narrow)
            self.tests.show_tests(self.look, self.shell.now(), narrow=narrow)
        self.arrange_bar()

    def take_focus(self) -> None:
        """What remains first, else the steps."""
        if self.steps.isVisible():
            self.steps.table.setFocus()
        else:
            self.setFocus()

    def jump_to(self, key: str) -> None:
        """Go to what remains: a step's row, the tests, a field."""
        self.shell.show_summary(shown=False)
        if key in {step.value for step in TABLE}:
            self.steps.choose(ConversionStep(key))
            bring_into_sight(self.steps)
        elif key == ConversionStep.TEST.value:
            self._path.bring(self.tests)
        elif self.signing is not None:
            field = self.signing.fields.get(key)
            if field is not None:
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                bring_into_sight(field)

    # Acts.

    def can_begin(self, name: str) -> bool:
        """Whether the act of that name can be done now, by this person."""
        act, _, subject = name.partition(":")
        look = self.look
        if look is None:
            return False
        on = look.state.converted_on
        if act == StepForm.name:
            step = subject in {each.value for each in TABLE} and ConversionStep(subject).is_paper
            return self._prepares and look.has_path and step
        if act == DeclineForm.name:
            return look.waiting is not None and (self._prepares or self._signs)
        if act == BackForm.name:
            return self._prepares and on is not None and on > self.shell.today()
        return act == MinutesForm.name and isinstance(self.signing, MinutesForm)

    def begin(self, name: str) -> None:
        """The day and the signature have their place on the page; other acts open theirs."""
        if name == MinutesForm.name:
            self.jump_to("day")
        else:
            super().begin(name)

    def form_of(self, name: str) -> SignedForm:
        """The form of an act that can be begun."""
        act, _, subject = name.partition(":")
        look = self.look
        assert look is not None
        if act == DeclineForm.name:
            assert look.waiting is not None
            return DeclineForm(look.waiting)
        if act == BackForm.name:
            assert look.state.converted_on is not None
            return BackForm(self.place.office, look.state.converted_on)
        step, today = ConversionStep(subject), self.shell.today()
        form = StepForm(self.shell, self.place.office, step, today, look.step(step))
        form.seen.connect(self._show_scan)
        return form

    def _open_step(self, step: str) -> None:
        name = f"{StepForm.name}:{step}"
        look = self.look
        if self.can_begin(name):
            self.begin(name)
        elif look is not None:
            lacks = [words for of, words in look.lacking if of.value == step]
            paper = look.step(ConversionStep(step))
            if paper is not None and paper.scan:
                self._show_scan(paper.scan)
            elif lacks:
                self.shell.tell(" ".join(lacks), "pay")
            else:
                self.shell.tell(f"گام «{ConversionStep(step).word}» کامل است.")

    @act
    async def sign(self) -> None:
        """The signature that is next: what lacks is said first, and gone to."""
        form = self.signing
        if form is None or self.look is None:
            return
        if not form.check():
            faults = form.faults()
            if len(faults) > 1:
                bring_into_sight(form.errors)
            elif faults[0][0] not in form.fields:
                # A step, which stands over the form.
                self.jump_to(faults[0][0])
            return
        if await self.done_by(form):
            self._put_signing(None)
            self.load()

    # Papers.

    def preview(self) -> None:
        """The sealed minutes, or a proof of them as they would read."""
        look, seat = self.look, self.shell.seat
        if look is None:
            return
        title = "صورت‌جلسهٔ تبدیل"
        if look.minutes is not None:
            signed = look.minutes
            self.show_paper(OfficePaper(title, lambda: minutes.paper(signed)))
            return
        form = self.signing
        shown, day = None, None
        if isinstance(form, MinutesForm):
            shown, day = form.shown(), form.chosen_day()
        card, on = waiting_or_shown(look, shown, day)
        draw = partial(conversions.proof, seat, look, card, on or self.shell.today())
        self.show_paper(OfficePaper(f"پیش‌نمایش {title}", draw))

    def _show_scan(self, sha256: str) -> None:
        seat = self.shell.seat
        self.show_paper(OfficePaper("تصویر سند", partial(registry.scan, seat, sha256)))

    # Keys.

    def arrange_bar(self) -> None:
        """The keys of the path as it stands."""
        if self.bar is None or self.on_paper() or self.arrange_form():
            return
        quiets = [self.way_back()]
        seconds: list[Button] = []
        look = self.look
        if self._narrow:
            more = Button("مانده", "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
        main = main_key("بازگشت به دفتر", "building", self.shell.back)
        if self.can_begin(BackForm.name):
            back = Button("برگرداندن امضا…", "dangerous", icon="arrow-back-up", tall=True)
            back.clicked.connect(lambda: self.begin(BackForm.name))
            seconds.append(back)
        if self.can_begin(DeclineForm.name):
            aside = Button("کنار گذاشتن…", "dangerous", icon="file-off", tall=True)
            aside.clicked.connect(lambda: self.begin(DeclineForm.name))
            seconds.append(aside)
        if isinstance(self.signing, MinutesForm):
            main = main_key(self.signing.button, self.signing.icon, self.sign)
            add = Button("افزودن سند", icon="paperclip", tall=True)
            add.clicked.connect(lambda: self._open_step(self.steps.chosen().value))
            seconds.append(add)
        elif isinstance(self.signing, SecondForm) and self.signing.asks:
            main = main_key(self.signing.button, self.signing.icon, self.sign)
        if look is not None and look.minutes is not None:
            paper = Button("صورت‌جلسه", icon="printer", keys="F8", tall=True)
            paper.clicked.connect(self.preview)
            seconds.append(paper)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)

    def press(self, key: str) -> bool:
        """F7 goes to what remains, F9 shows the minutes."""
        if super().press(key):
            return True
        if self.on_paper() or self.form is not None:
            return False
        if key == "F7" and not self._narrow:
            self.panel.remains.go_next()
            return True
        if key == "F9" and self.look is not None:
            self.preview()
            return True
        return False
