"""A page on which delegations, or their ends, are planned, seen as letters, and signed first.

Another person signs second on the page of what waits; then each office has its numbered letter.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent

from desktop.actions import handing_over, office_letter_paper, office_letters
from desktop.actions.handing_over import Choices, PutForward
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.signed_form import FOR_SECOND, NO_PASSWORD
from desktop.ui.pages.delegation import words
from desktop.ui.pages.delegation.planning import PlanBody
from desktop.ui.pages.delegation.side import LetterSide
from desktop.ui.pages.papers.document_cover import DocumentCover
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.places import Place
from desktop.ui.standing.chips import DRAFT
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.lists.turn import Turn
from desktop.ui.widgets.papers.document_row import DocumentRow
from desktop.ui.work import NO_LINE, Changed

_WAIT_MS = 120


class PutForwardPage(PaperPage):
    """F7 goes to what is missing, Alt+← and Alt+→ through the letters, F9 shows one whole.

    `act_name` names what is typed, for good; a page says its title and gives its `body`.
    """

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "delegation"
    side_width = 380
    act_name: ClassVar[str]
    title: ClassVar[str]
    names_office: ClassVar[bool] = False
    """Whether the title names the office also where it is narrow: nothing else on it does."""

    def __init__(self, shell: Shell, place: Place, body: PlanBody) -> None:
        super().__init__(shell, place)
        self._narrow = False
        self._turn = Turn()
        self.choices: Choices | None = None
        self.plan_body = body
        self.panel = LetterSide(shell)
        self.side = self.panel
        self.put(body)
        self.cover = DocumentCover(shell.work, self)
        body.act.files.opened.connect(self._look_at_scan)
        fields = body.typed_fields()
        self.form = CardForm(
            body.content_widget, self.act_name, self.title, fields, self.subject_of(place)
        )
        body.place_earlier(self.form.earlier)
        for key, control, label in body.typed_controls():
            self.form.typed.know(key, control, label)
        self.form.typed.laid.connect(body.show_laid)
        self.acts = ActDrafts(self, "delegation")
        body.edited.connect(self._changed)
        body.day_changed.connect(self._load)
        body.errors.jump.connect(self._jump)
        body.moves.finished.connect(self._to_password)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAIT_MS)
        self._clock.timeout.connect(self._plan)
        self.panel.password.edited.connect(self._clock.start)
        self._head()
        self.arrange_bar()

    def subject_of(self, place: Place) -> str:
        """What is typed is of this thing; empty where of none."""
        return ""

    def chosen_beforehand(self) -> None:
        """What the page was opened with, where nothing is chosen yet."""

    # Coming and going.

    def enter(self) -> None:
        """What there is to choose from; what was typed before is laid in."""
        self.setFocus()
        self.acts.load()
        self.acts.follow(self.form)
        self._load()

    def leave(self) -> None:
        """What is typed is kept; a scan that is still read does not come into it."""
        self.plan_body.act.files.leave()
        self.acts.leave()

    def refresh(self, changed: Changed) -> None:
        """Offices, services, people have changed; what is chosen stays."""
        self._load()

    def take_focus(self) -> None:
        """Where it begins."""
        self.plan_body.first().setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: offices under services, the letter by F9, the password by F7."""
        self._narrow = narrow
        self.plan_body.set_narrow(narrow)
        self.arrange_bar()

    def _load(self) -> None:
        desk, day = self.shell.seat.desk, self.plan_body.since()
        self.shell.work.run(self, partial(handing_over.choices, desk, day), self._show)

    def _show(self, choices: Choices) -> None:
        first = self.choices is None
        self.choices = choices
        self.plan_body.show_choices(choices, self.shell.today())
        if first:
            self.chosen_beforehand()
            if self.hasFocus():
                self.take_focus()
        self._changed()

    # What is planned.

    def told(self) -> list[Delegation]:
        """What would be signed as it stands there; nothing while something of it lacks."""
        return [] if self.choices is None else self.plan_body.plan()

    def _changed(self) -> None:
        self._clock.start()

    def _plan(self) -> None:
        """Show what follows from what is chosen now."""
        self.plan_body.show_plan()
        told = self.told()
        self.panel.show_plan(told)
        self.show_planned()
        self._drop_mended()
        self._head()
        self.arrange_bar()

    def _drop_mended(self) -> None:
        """What was mended is listed no more; nothing new is held against who still types."""
        errors, missing = self.plan_body.errors, self.faults()
        still = [fault for fault in errors.errors() if fault in missing]
        errors.set_errors(still if len(still) > 1 else [])

    def show_planned(self) -> None:
        """What else a page tells of what is planned now."""

    def _head(self) -> None:
        second = self.plan_body.second_words() if self.names_office or not self._narrow else ""
        begun = DRAFT if self.plan_body.is_begun() else None
        self.set_heading(Heading(self.title, second, begun))

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, in the order of NEXT: service, office, day, act, scan, choice."""
        found = self.plan_body.faults(self.shell.today())
        if not self.panel.password.value():
            found.append(("password", NO_PASSWORD))
        return found

    # The action bar.

    def arrange_bar(self) -> None:
        """Main signs; before it what is still missing."""
        if self.bar is None or self.on_paper():
            return
        main = Button(FOR_SECOND, "main", icon="send", keys="Ctrl+Enter")
        main.clicked.connect(self.put_forward)
        quiets = [
            self._quiet("بازگشت", "arrow-right", "Esc", self.shell.back),
            self._quiet("مورد بعدی", "list-check", "F7", self.next_missing),
        ]
        if self.panel.letters:
            quiets.append(self._quiet("پیش‌نمایش نامه", "eye", "F9", self.show_letter))
        missing = self.faults()
        sentence = "" if self._narrow or not missing else _missing_words(missing)
        seconds = []
        if not self._narrow:
            told = Button("نامه‌های ابلاغ‌شده", icon="mail", tall=True)
            told.clicked.connect(lambda: self.shell.go(places.OfficeLetters()))
            seconds.append(told)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence, tone="pay")

    def _quiet(self, label: str, icon: str, keys: str, act: object) -> Button:
        button = Button(label, "quiet", icon=icon, keys=keys, tall=True)
        button.clicked.connect(act)
        return button

    def press(self, key: str) -> bool:
        """F7 what is missing, Alt+→ the letter before."""
        if super().press(key):
            return True
        if self.on_paper():
            return False
        if key == "Esc":
            return self.cover.close_cover()
        if key == "F7":
            self.next_missing()
            return True
        return key == "Alt+Right" and self.panel.turn(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+← the next letter."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and onward(event) > 0 and self.panel.turn(1):
            return
        super().keyPressEvent(event)

    def next_missing(self) -> None:
        """F7: to the next thing that lacks; after the last the first again."""
        missing = self.faults()
        if not missing:
            self.plan_body.show_faults([])
            self._to_main()
            return
        self._turn.set_keys([key for key, _ in missing])
        self._jump(self._turn.next())

    def _jump(self, key: str) -> None:
        self._turn.go(key)
        if key != "password":
            self.shell.show_summary(shown=False)
            self.plan_body.go_to(key)
            return
        self._to_password()

    def _to_password(self) -> None:
        if not self.panel.isVisible():
            self.shell.show_summary()
        self.panel.password.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    # Looking.

    def show_letter(self) -> None:
        """F9: the letter of the office that shows, as whole pages."""
        told = self.panel.shown()
        if not told:
            return

        def draw() -> bytes:
            [letter, *_] = office_letters.foreseen(self.shell.seat, told)
            return office_letter_paper.draw(letter)

        self.show_paper(OfficePaper("پیش‌نویس نامه", draw))

    def _look_at_scan(self, row: DocumentRow, page: int) -> None:
        file = self.plan_body.act.file
        self.cover.show_document(self.shell.seat, "", row.words(), file, page)

    # Signing.

    @act
    async def put_forward(self) -> None:
        """Sign what stands there; what lacks is told, and nothing is lost."""
        missing = self.faults()
        self.plan_body.show_faults(missing)
        self.panel.password.set_error(dict(missing).get("password"))
        if missing:
            self._turn.set_keys([key for key, _ in missing])
            self._jump(missing[0][0])
            return
        file = self.plan_body.act.file
        assert file is not None
        seat, told_now = self.shell.seat, self.told()
        password, reasons = str(self.panel.password.value()), self.plan_body.reasons()
        self.plan_body.hush()
        job = partial(handing_over.put_forward, seat, password, told_now, file, reasons)
        try:
            done = await self.acting_on(job, line=True)
        except Refusal as no:
            self._refused(no)
            return
        if done.prepared is None:
            self.plan_body.show_weighed(done.found)
            return
        self._signed(done, len({one.office for one in told_now}))

    def _refused(self, no: Refusal) -> None:
        if no.field == "password":
            self.panel.password.set_error(no.words)
            self._to_password()
            return
        offline = no.words == NO_LINE
        self.shell.tell(words.OFFLINE if offline else no.words, "neutral" if offline else "refuse")

    def _signed(self, done: PutForward, letters: int) -> None:
        assert done.prepared is not None
        self.acts.done(self.form)
        self.form.typed.restart()
        self.form.tell_earlier("")
        self.panel.password.set_value("")
        self.plan_body.restarted()
        self.acts.follow(self.form)
        self._load()
        self.shell.show_summary(shown=False)
        self.take_focus()
        publication = places.Publication(done.prepared.draft.publication)
        self.shell.tell(
            to_persian_digits(
                f"امضای نخست ثبت شد. پس از امضای دوم، {letters} نامه شماره می‌گیرد و ابلاغ می‌شود."
            ),
            "ok",
            "دیدن",
            partial(self.shell.go, publication),
        )


def _missing_words(missing: list[tuple[str, str]]) -> str:
    """How much is left, in one sentence."""
    if [key for key, _ in missing] == ["password"]:
        return "گذرواژه مانده است"
    return to_persian_digits(f"{len(missing)} مورد مانده است")
