"""The report of a case's visit on paper: looked at over the page, then printed or saved."""

from __future__ import annotations

from functools import partial

from desktop.actions.visit_report import report_paper
from desktop.domain.case import Case
from desktop.ui.page import Page, Shell
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.widgets.button import Button

_TITLE = "گزارش بازدید"


class ReportCover(PaperCover):
    """Of a case whose visit was reported; `key` stands in the page's bar and is pressed by F8."""

    def __init__(self, shell: Shell, host: Page) -> None:
        super().__init__(shell.work, host)
        self._shell = shell

    def keys(self, case: Case, address: str, *, narrow: bool) -> list[Button]:
        """What shows the report, where there is one."""
        if case.report is None:
            return []
        key = Button("گزارش" if narrow else _TITLE, icon="printer", keys="F8", tall=True)
        key.setAccessibleName(f"چاپ {_TITLE}")
        key.clicked.connect(lambda: self.show_report(case, address))
        return [key]

    def show_report(self, case: Case, address: str) -> None:
        """The report as it goes on paper; its printers are asked for there, a PDF among them."""
        self.show_paper(_TITLE, partial(report_paper, self._shell.seat, case, address))
