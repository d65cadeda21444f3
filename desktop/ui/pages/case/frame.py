"""The frame of a case page: headline, tabs; an act or a paper stands in place of the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.request import SeenDocument
from desktop.ui import places
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.side import CaseSide
from desktop.ui.pages.case.tabs import CaseTabs
from desktop.ui.pages.papers.document_cover import DocumentCover
from desktop.ui.standing.case import headline, term_or_number
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, clear


def without_icons(buttons: Sequence[Button]) -> None:
    """Where the window is narrow several acts fit into the bar only without their pictures."""
    for button in buttons:
        name = button.accessibleName()
        button.set_words(button.text(), icon="")
        button.setAccessibleName(name)


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
        self.tabs = tabs
        tabs.document.connect(self._look_at)
        self.items = Column(gap=8, margins=(0, 20, 0, 20))
        self.head = Column(gap=0, margins=(12, 20, 8, 20))
        self.act_place = Scroller(gap=10, margins=(4, 20, 14, 20))
        self.body = QStackedWidget()
        self.body.addWidget(tabs)
        self.body.addWidget(self.act_place)
        self.panel = CaseSide()
        self.panel.others.connect(lambda code: self.shell.go(places.Search(code)))
        self.panel.opened.connect(lambda other: self.shell.go(places.Case(other)))
        self.side = self.panel
        column = Column(gap=0)
        column.addLayout(self.items)
        column.addLayout(self.head)
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
        code = ("کد رهگیری", whole_code(case.request.tracking))
        term = term_or_number(case, self.shell.today())
        self.panel.show_number([code, term] if self.narrow else [])
        self.head.addWidget(
            headline(
                case,
                self.shell.today(),
                unsettled=unsettled,
                narrow=self.narrow,
                sentence=sentence,
            )
        )

    def open_act(self, form: ActForm) -> None:
        """Ask for an act in place of the tabs."""
        clear(self.act_place.content)
        self.form = form
        form.errors.jump.connect(lambda key: self._bring(form, key))
        self.act_place.add(form)
        self.body.setCurrentWidget(self.act_place)
        self.arrange_form(form)
        first = form.first()
        if first is not None:
            first.setFocus()

    def arrange_form(self, form: ActForm) -> None:
        """The action bar while an act is open."""
        if self.bar is None:
            return
        main = Button(form.button, "main", icon=form.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self.act(self.doing(form)))
        leave = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        leave.clicked.connect(self.close_act)
        self.bar.arrange(main=main, quiets=[leave])

    def close_act(self) -> None:
        """Back to the tabs; what was typed in the act is given up."""
        self.form = None
        self.body.setCurrentWidget(self.tabs)
        clear(self.act_place.content)
        self.arrange()
        self.tabs.tabs.setFocus()

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
        if key == "Esc" and self.form is not None:
            self.close_act()
            return True
        return False

    def _look_at(self, document: SeenDocument) -> None:
        self.cover.show_document(self.shell.seat, self.case_id, document.title, document.file)

    def _bring(self, form: ActForm, key: str) -> None:
        target: QWidget | None = form.fields.get(key)
        if target is not None:
            self.act_place.bring(target)
