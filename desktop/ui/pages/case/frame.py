"""The frame of a case page: headline, tabs; an act is one more tab, a paper in their place."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.request import SeenDocument
from desktop.ui import announcing, places, theme
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.acts.unfinished import UnfinishedActs
from desktop.ui.pages.case.side import CaseSide
from desktop.ui.pages.case.tabs import CaseTabs
from desktop.ui.pages.papers.document_cover import DocumentCover
from desktop.ui.standing.case import headline, term_or_number
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, clear

HEAD_MARGINS = (12, 20, 8, 20)
# Lower than this, px at 100 %, a page has no room for a headline over a form.
_LOW = 480
_TURNS = {"Ctrl+Tab": 1, "Ctrl+Shift+Tab": -1}


class CaseFrame(Acting):
    """Shared by the office's and the municipality's case pages.

    `form` is the act that stands open; its button is then the main one, and Esc closes it.
    """

    place: places.OfCase

    rail = "queue"

    def __init__(self, shell: Shell, place: places.OfCase, tabs: CaseTabs) -> None:
        super().__init__(shell, place)
        self.case_id = place.case_id
        self.narrow = False
        self.form: ActForm | None = None
        # By the part that was left, what had the keys in it.
        self._stood: dict[QWidget, QWidget] = {}
        self.tabs = tabs
        tabs.document.connect(self._look_at)
        tabs.shown.connect(self.fit_head)
        self.items = Column(gap=8, margins=(0, 20, 0, 20))
        self.head = Column(gap=0, margins=HEAD_MARGINS)
        self._headed = QWidget()
        self._headed.setLayout(self.head)
        self.body = QStackedWidget()
        self.body.addWidget(tabs)
        self.drafts = ActDrafts(self, place.case_id)
        self.drafts.changed.connect(self._tell_unfinished)
        self.unfinished = UnfinishedActs(shell.now)
        self.unfinished.resumed.connect(self.resume)
        self.unfinished.dropped.connect(self.drafts.drop)
        self.panel = CaseSide()
        self.panel.others.connect(lambda code: self.shell.go(places.Search(code)))
        self.panel.opened.connect(lambda other: self.shell.go(places.Case(other)))
        self.side = self.panel
        column = Column(gap=0)
        column.addLayout(self.items)
        column.addWidget(self._headed)
        column.addWidget(self.unfinished)
        column.addWidget(self.body, 1)
        self.setLayout(column)
        self.setAccessibleName("پرونده")
        self.cover = DocumentCover(shell.work, self)

    def arrange(self) -> None:
        """The action bar for the case as it stands."""
        raise NotImplementedError

    async def doing(self, form: ActForm) -> None:
        """Do what the form is for, or say what is missing; a page says it for itself."""
        raise NotImplementedError

    def show_headline(self, case: Case, *, unsettled: bool = False, sentence: str = "") -> None:
        """Tell where the case stands, in the office's words or with another sentence.

        What a narrow headline has no room for stands in the summary.
        """
        clear(self.head)
        term = term_or_number(case, self.shell.today())
        self.panel.show_number([term] if self.narrow and term[1] else [])
        shown = headline(
            case,
            self.shell.today(),
            unsettled=unsettled,
            narrow=self.narrow,
            sentence=sentence,
        )
        self.head.addWidget(shown)
        if self._headed.isHidden():
            announcing.announce(self, shown.accessibleName(), "headline")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has another place for the headline."""
        super().resizeEvent(event)
        self.fit_head()

    @property
    def types(self) -> bool:
        """Whether an act that asks for something is in front."""
        return self.form is not None and self.tabs.on_act

    def fit_head(self) -> None:
        """Where the window is low, what is typed has the place: title and chip say the same."""
        self._headed.setVisible(not self.types or self.height() >= theme.px(_LOW))

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def can_begin(self, name: str) -> bool:
        """Whether the act of that name can be done now."""
        raise NotImplementedError

    def begin(self, name: str) -> None:
        """Open the form of that act."""
        raise NotImplementedError

    def resume(self, name: str) -> None:
        """Go on in an act that was left half typed."""
        if self.can_begin(name):
            self.begin(name)

    def open_act(self, form: ActForm) -> None:
        """Ask for an act in a tab of its own."""
        if self.stays():
            return
        self._put_away()
        self.form = form
        place = Scroller(gap=10, margins=(14, 20, 14, 20))
        form.errors.jump.connect(lambda key: self._bring(place, form, key))
        place.add(form)
        self.tabs.open_act(form.tab or form.heading, place)
        self.body.setCurrentWidget(self.tabs)
        self.arrange_form(form)
        # What asks nothing is only to be done.
        first = form.first() or (self.bar.main if self.bar is not None else None)
        if first is not None:
            first.setFocus()
        self.drafts.follow(form)

    def arrange_form(self, form: ActForm) -> None:
        """The action bar while an act is open."""
        if self.bar is None:
            return
        main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self._run(form))
        leave = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        leave.clicked.connect(self.leave_act)
        self.bar.arrange(main=main, quiets=[leave])

    def _run(self, form: ActForm) -> None:
        # Pressed on another tab, it first shows what it is about to do.
        if not self.tabs.on_act:
            self.tabs.go_to_act()
        self.act(self.doing(form))

    def leave_act(self) -> None:
        """Esc: the act is closed, unless it is being done."""
        if not self.stays():
            self.close_act()

    def close_act(self) -> None:
        """Back to the parts of the case; what was typed in the act is kept."""
        self._put_away()
        self.body.setCurrentWidget(self.tabs)
        self.arrange()
        self.tabs.tabs.setFocus()

    def _put_away(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.drafts.close(form)
            self.tabs.close_act()

    def _tell_unfinished(self) -> None:
        found = self.drafts.unfinished()
        self.unfinished.show_drafts(found, self.can_begin)

    def summary_button(self) -> Button:
        """«خلاصه»: where the window is narrow, the side panel in place of the content."""
        button = Button("خلاصه", "quiet", keys="F7", tall=True)
        button.clicked.connect(self.shell.show_summary)
        return button

    def tell(self, no: Refusal) -> None:
        """A refusal that has no field to stand beside."""
        self.shell.tell(no.words, "refuse")

    def press(self, key: str) -> bool:
        """Esc closes what stands open."""
        if key == "Esc" and self.cover.isVisible():
            self.cover.close_cover()
            return True
        if key == "Esc" and self.form is not None and not self.tabs.on_act:
            self.tabs.go_to_act()
            return True
        if key == "Esc" and self.form is not None:
            self.leave_act()
            return True
        if key in _TURNS and self.body.currentWidget() is self.tabs:
            self._turn(_TURNS[key])
            return True
        return False

    def _turn(self, step: int) -> None:
        """The next part, or the one before; where something is typed, where the keys were."""
        before = self.tabs.stack.currentWidget()
        focus = QApplication.focusWidget()
        if before is not None and focus is not None and before.isAncestorOf(focus):
            self._stood[before] = focus
        self.tabs.tabs.turn(step)
        now = self.tabs.stack.currentWidget()
        held = self._stood.pop(now, None) if now is not None else None
        if held is not None and shiboken6.isValid(held):
            held.setFocus()
        else:
            self.tabs.tabs.setFocus()

    def _look_at(self, document: SeenDocument) -> None:
        self.cover.show_document(self.shell.seat, self.case_id, document.title, document.file)

    @staticmethod
    def _bring(place: Scroller, form: ActForm, key: str) -> None:
        target: QWidget | None = form.fields.get(key)
        if target is not None:
            place.bring(target)
