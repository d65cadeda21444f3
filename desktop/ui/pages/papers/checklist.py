"""What a citizen brings for a service: chosen by standing, looked at, printed."""

from __future__ import annotations

from desktop.actions import intake, papers
from desktop.domain.people import Applicant
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Heading, Page, Shell
from desktop.ui.pages.papers.view import OfficePaper, PaperView
from desktop.ui.printing import gone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.layouts import Column, Row


class ChecklistPage(Page):
    """فهرست مدارک: the standing that the place names is shown first."""

    place: places.Checklist

    listens = frozenset()
    rail = "new"

    def __init__(self, shell: Shell, place: places.Checklist) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("فهرست مدارک"))
        self.standing = ListChoice([])
        self.standing.edited.connect(self._draw)
        self._field = FormField("سمت متقاضی", self.standing, key="applicant")
        self.paper = PaperView(shell.work)
        self.paper.sent.connect(self._sent)
        self.paper.refused.connect(lambda words: shell.tell(words, "refuse"))
        column = Column(gap=10)
        top = Row(gap=0, margins=(12, 20, 0, 20))
        top.addWidget(self._field, 1)
        top.addStretch(2)
        column.addLayout(top)
        column.addWidget(self.paper, 1)
        self.setLayout(column)
        if self.bar is not None:
            words = "چاپ فهرست مدارک"
            send = Button(words, "main", icon="printer", keys="Ctrl+Enter", also="F8")
            send.clicked.connect(self.paper.print_now)
            back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
            back.clicked.connect(shell.back)
            self.bar.arrange(main=send, quiets=[back])

    def enter(self) -> None:
        """The service, then its list."""
        desk, code = self.shell.seat.desk, self.place.service
        self.shell.work.run(self, lambda: intake.services(desk).get(code), self._show)

    def _show(self, service: Service | None) -> None:
        if service is None:
            self.shell.tell("این خدمت امروز در پیشخوان ارائه نمی‌شود.", "refuse")
            return
        self.set_heading(Heading("فهرست مدارک", service.title))
        self.standing.set_options([(kind.value, kind.word) for kind in service.applicants])
        first = self.place.applicant or service.applicants[0].value
        self.standing.set_value(first)
        self.standing.setFocus()
        self._draw()

    def _draw(self) -> None:
        seat, code = self.shell.seat, self.place.service
        if self.standing.value():
            self.returns_to = places.Checklist(code, self.standing.value())
            kind = Applicant(self.standing.value())
            self.paper.show_paper(
                OfficePaper("فهرست مدارک", lambda: papers.checklist(seat, code, kind))
            )

    def _sent(self, printer: str) -> None:
        self.shell.tell(gone("فهرست مدارک", printer))
