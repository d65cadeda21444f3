"""A page that can show a receipt or a slip in place of its content."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.ui import printing
from desktop.ui.page import Bar, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.papers.view import OfficePaper, PaperView
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.layouts import Column


def arrange_sent(bar: Bar, leave: Callable[[], None], print_again: Callable[[], None]) -> None:
    """The bar of a paper that went to the printer: what came out is not sent again by one more
    press of the same key."""
    on = Button("ادامه", "main", icon="arrow-left", keys="Ctrl+Enter")
    on.clicked.connect(leave)
    again = Button("چاپ دوباره", icon="printer", keys="F8", tall=True)
    again.clicked.connect(print_again)
    bar.arrange(main=on, seconds=[again])


class PaperPage(Acting):
    """The content, or a paper with «چاپ» as its main button; Esc goes back to the content."""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._title = ""
        self._before: QWidget | None = None
        self.paper = PaperView(shell.work)
        self.paper.sent.connect(self._sent)
        self.paper.refused.connect(lambda no: self.shell.tell(no, "refuse"))
        self._stack = QStackedWidget()
        self.setLayout(Column(self._stack, gap=0))

    def put(self, content: QWidget) -> None:
        """What the page shows while no paper does."""
        self._stack.addWidget(content)
        self._stack.addWidget(self.paper)

    def arrange_bar(self) -> None:
        """The action bar of the content; a page says it for itself."""
        raise NotImplementedError

    def on_paper(self) -> bool:
        """Whether a paper shows."""
        return self._stack.currentWidget() is self.paper

    def show_paper(self, paper: OfficePaper, *, at_once: bool = False) -> None:
        """Show it in place of the content; `at_once` prints it where there is a printer."""
        self._title = paper.title
        if not self.on_paper():
            self._before = QApplication.focusWidget()
        if not self.isVisible():
            # Asked for in the summary that stands in place of the content.
            self.shell.show_summary()
        self._stack.setCurrentWidget(self.paper)
        self.paper.frame.setFocus()
        words = f"چاپ {paper.title}"
        send = Button(words, "main", icon="printer", keys="Ctrl+Enter", also="F8")
        send.clicked.connect(self.paper.print_now)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.leave_paper)
        if self.bar is not None:
            self.bar.arrange(main=send, quiets=[back])
        self.paper.show_paper(paper, at_once=at_once)

    def leave_paper(self) -> None:
        """Back to the content."""
        self._stack.setCurrentIndex(0)
        before, self._before = self._before, None
        # Where the person was, so that what was being typed goes on.
        if before is not None and isValid(before) and self.isAncestorOf(before):
            before.setFocus()
        else:
            self.take_focus()
        self.arrange_bar()

    def press(self, key: str) -> bool:
        """Esc leaves the paper."""
        if key == "Esc" and self.on_paper():
            self.leave_paper()
            return True
        return False

    def _sent(self, printer: str) -> None:
        self.shell.toast(printing.gone(self._title, printer))
        if self.bar is not None and self.on_paper():
            arrange_sent(self.bar, self.leave_paper, self.paper.print_now)
