"""A page of one office whose acts open their form in place of what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import Refusal
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.acts.unfinished import UnfinishedActs
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.work import NO_LINE, Changed

_LATER = "«{}» به خط نیاز دارد؛ نوشتهٔ شما در همین رایانه نگه داشته شد."


class OfficeActsPage(PaperPage):
    """`form` is the act that stands open: its button is the main one, and Esc puts it away.

    What is typed is kept by the office and the act; `about` names the page among all others.
    """

    about: ClassVar[str]

    def __init__(self, shell: Shell, place: Place, office: str) -> None:
        super().__init__(shell, place)
        self.form: SignedForm | None = None
        self.acts = ActDrafts(self, f"{self.about}:{office}")
        self.acts.changed.connect(self.tell_unfinished)
        self.unfinished = UnfinishedActs(shell.now)
        self.unfinished.resumed.connect(self.begin)
        self.unfinished.dropped.connect(self.acts.drop)
        self.parts = QStackedWidget()
        self._form_place = Scroller(gap=10, margins=(14, 20, 14, 20))
        content = QWidget()
        whole = Column(self.unfinished, gap=0)
        whole.addWidget(self.parts, 1)
        content.setLayout(whole)
        self.put(content)

    def put_parts(self, *parts: QWidget) -> None:
        """What the page shows, the first one first; a form takes the place of any of them."""
        for part in (*parts, self._form_place):
            self.parts.addWidget(part)

    def enter(self) -> None:
        """The page has the keys; what was typed and what there is are looked for."""
        self.setFocus()
        self.acts.load()
        self.load()

    def refresh(self, changed: Changed) -> None:
        """Something was published, a round ended, or the day turned."""
        self.load()

    # What a page says for itself.

    def load(self) -> None:
        """Look again at what is here and at the centre."""
        raise NotImplementedError

    def can_begin(self, name: str) -> bool:
        """Whether the act of that name can be done now, by this person."""
        raise NotImplementedError

    def form_of(self, name: str) -> SignedForm:
        """The form of an act that can be begun."""
        raise NotImplementedError

    # The form that is open.

    def begin(self, name: str) -> None:
        """Open the form of that act in place of what shows."""
        if not self.can_begin(name) or self.stays():
            return
        form = self.form_of(name)
        self._put_away()
        self.shell.show_summary(shown=False)
        self.form = form
        self._form_place.add(form)
        form.errors.jump.connect(lambda key: self._bring(form, key))
        self.parts.setCurrentWidget(self._form_place)
        self.arrange_bar()
        self.focus_form()
        self.acts.follow(form)

    def focus_form(self) -> bool:
        """Give the keys to the form, where it asks nothing to its main key; whether one is open."""
        if self.form is None:
            return False
        main = self.bar.main if self.bar is not None else None
        first = self.form.first() or main
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _bring(self, form: SignedForm, key: str) -> None:
        target = form.fields.get(key)
        if target is not None:
            self._form_place.bring(target)

    def _put_away(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.acts.close(form)
            clear(self._form_place.content)

    def close_form(self) -> None:
        """Back to what the page shows; what was typed is kept."""
        if self.stays():
            return
        self._put_away()
        self._go_back()

    def _go_back(self) -> None:
        self.parts.setCurrentIndex(0)
        self.take_focus()
        self.arrange_bar()

    @act
    async def run_form(self) -> None:
        """Do what the open form is for, or say what is missing."""
        form = self.form
        if form is None or not form.check():
            return
        if not await self.done_by(form):
            return
        self.form = None
        clear(self._form_place.content)
        self._go_back()
        self.load()

    async def done_by(self, form: SignedForm) -> bool:
        """Do what the form is for; whether it was done. Why not stands in the form."""
        try:
            await self.acting_on(self.acts.ending(form, form.job(self.shell.seat)), line=True)
        except Refusal as no:
            later = Refusal(_LATER.format(form.heading))
            form.refused(later if no.words == NO_LINE else no)
            return False
        done, waits = form.done, form.publication
        self.acts.done(form)
        if waits:
            show = places.Publication(waits)
            self.shell.tell(done, "ok", "دیدن", lambda: self.shell.go(show))
        else:
            self.shell.tell(done)
        return True

    def tell_unfinished(self) -> None:
        """What was left half typed, to be gone on with."""
        self.unfinished.show_drafts(self.acts.unfinished(), self.can_begin)

    def leave(self) -> None:
        """What is typed is kept."""
        self.acts.leave()

    # Keys.

    def arrange_form(self) -> bool:
        """The bar of the open form; whether one is open."""
        if self.form is None or self.bar is None:
            return False
        run = main_key(self.form.button, self.form.icon, self.run_form)
        self.bar.arrange(main=run, quiets=[self.way_back()])
        return True

    def way_back(self) -> Button:
        """«بازگشت»: puts away what stands open, else leaves the page."""
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self._escape)
        return back

    def _escape(self) -> None:
        if not self.press("Esc"):
            self.shell.back()

    def press(self, key: str) -> bool:
        """Esc puts the form away."""
        if super().press(key):
            return True
        if key == "Esc" and self.form is not None and not self.on_paper():
            self.close_form()
            return True
        return False


def main_key(words: str, icon: str, act: Callable[[], object]) -> Button:
    """The page's main key."""
    key = Button(words, "main", icon=icon, keys="Ctrl+Enter")
    key.clicked.connect(lambda: act())
    return key
