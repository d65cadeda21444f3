"""The lessons of all services, as they stand for who sits here; his record beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import lesson_papers, lessons
from desktop.actions.lessons import ServiceLessons
from desktop.domain.persian import to_persian_digits
from desktop.domain.training import Readiness
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.lessons.words import PRACTICE_CHIP, of_service, progress
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_LEFT, _OPEN = "برای شما هنوز باز نیست", "برای شما باز است"
NO_LESSON = "این خدمت هنوز درس ندارد؛ نمونه‌های آن را ناظر می‌نویسد."


class LessonsPage(PaperPage):
    """What is not open to this person first; Enter goes on with the service's next lesson."""

    place: places.Lessons

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC, Kind.DAY})
    rail = "lessons"
    practice = True

    def __init__(self, shell: Shell, place: places.Lessons) -> None:
        super().__init__(shell, place)
        self.all: list[ServiceLessons] = []
        self.rows: list[ListRow] = []
        self.cards: list[ListRow] = []
        self._narrow = False
        self._list = Scroller(gap=12, margins=(12, 20, 16, 20))
        self.put(self._list)
        self.panel = QWidget()
        self._record = Column(gap=8, margins=(12, 16, 12, 16))
        outer = Column(gap=0)
        outer.addLayout(self._record)
        outer.addStretch(1)
        self.panel.setLayout(outer)
        self.side = self.panel
        self.set_heading(Heading("درس‌ها", "آموزش خدمت‌ها", PRACTICE_CHIP))
        self.arrange_bar()

    def enter(self) -> None:
        """Load, and put the keys on the first lesson."""
        self._load()

    def refresh(self, changed: Changed) -> None:
        """A service changed, or the centre heard of a record."""
        self._load()

    def take_focus(self) -> None:
        """Where lessons are chosen."""
        if self.rows:
            self.rows[0].setFocus()
        else:
            super().take_focus()

    def _load(self) -> None:
        job = partial(lessons.all_lessons, self.shell.seat)
        self.shell.work.run(self, job, self._show, lambda no: self.shell.tell(no.words, "refuse"))

    def _show(self, all_: list[ServiceLessons]) -> None:
        if all_ == self.all and self.rows:
            return
        held = next((at for at, row in enumerate(self.rows) if row.hasFocus()), 0)
        first, self.all = not self.rows, all_
        clear(self._list.content)
        self.rows = []
        left = [each for each in all_ if each.ready is not Readiness.READY]
        opened = [each for each in all_ if each.ready is Readiness.READY]
        if not all_:
            words = "خدمتی از مرکز نرسیده است"
            self._list.add(EmptyState(words, "خط را ببینید و F5 را بزنید.", icon="school"))
        for heading, some in ((_LEFT, left), (_OPEN, opened)):
            if some:
                self._list.add(self._group(heading, some))
        self._show_record(all_)
        self.arrange_bar()
        if self.rows and (first or self.isAncestorOf(self.focusWidget() or self)):
            self.rows[min(held, len(self.rows) - 1)].setFocus()

    def _group(self, heading: str, some: Sequence[ServiceLessons]) -> Card:
        card = Card(heading, to_persian_digits(f"{len(some)} خدمت"), flush=True, gap=0)
        # The ring of the first row stays off the heading.
        card.body.set_margins((6, 0, 0, 0))
        for each in some:
            following = each.next
            detail = progress(each)
            if each.refused:
                detail += f"، {each.refused}"
            elif following is not None and each.lessons:
                detail += to_persian_digits(f"، بعدی: {following.name}")
            row = ListRow(
                each.service.title,
                detail,
                icon=each.service.icon or "file-text",
                chip=of_service(each),
                inset=14,
            )
            row.clicked.connect(partial(self._open, each))
            self.rows.append(row)
            card.add(row)
        return card

    def _show_record(self, all_: Sequence[ServiceLessons]) -> None:
        clear(self._record)
        self.cards = []
        self._record.addWidget(panel_heading("کارنامهٔ من"))
        ready = sum(each.ready is Readiness.READY for each in all_)
        again = sum(each.ready is Readiness.RENEW for each in all_)
        waits = sum(each.record is not None and each.record.waits for each in all_)
        passed = sum(each.passed for each in all_)
        of = sum(len(each.lessons) for each in all_)
        counts = Pairs()
        counts.add("خدمت‌های باز", to_persian_digits(f"{ready} از {len(all_)}"))
        counts.add("درس‌های قبول", to_persian_digits(f"{passed} از {of}"))
        if again:
            counts.add("دوباره خوانده شود", to_persian_digits(f"{again} خدمت"), role="pay")
        if waits:
            counts.add("در صف ارسال", to_persian_digits(f"{waits} کارنامه"), role="pay")
        self._record.addWidget(counts)
        done = [each for each in all_ if each.record is not None]
        self._record.addWidget(panel_heading("کارت آموزش"))
        if not done:
            words = "کارت پس از قبولی در همهٔ درس‌های یک خدمت چاپ می‌شود."
            self._record.addWidget(Label(words, "small", "text2", wrap=True))
        for each in done:
            score = each.record.score if each.record is not None else ""
            row = ListRow(each.service.short or each.service.title, icon="printer", note=score)
            row.clicked.connect(partial(self._show_card, each))
            self.cards.append(row)
            self._record.addWidget(row)

    def _open(self, of: ServiceLessons) -> None:
        if not of.lessons:
            self.shell.tell(NO_LESSON, "neutral")
            return
        following = of.next or of.lessons[0]
        self.shell.go(places.Lesson(of.service.code, following.number))

    def _show_card(self, of: ServiceLessons) -> None:
        draw = partial(lesson_papers.card, self.shell.seat, of)
        self.show_paper(OfficePaper("کارت آموزش", draw))

    def arrange_bar(self) -> None:
        """Going on with the first lesson that is left."""
        if self.bar is None:
            return
        begun = any(each.passed for each in self.all)
        words = "ادامهٔ درس‌ها" if begun else "آغاز درس‌ها"
        main = Button(words, "main", icon="arrow-left", keys="Ctrl+Enter")
        main.clicked.connect(self._go_on)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back]
        if self._narrow:
            record = Button("خلاصهٔ کارنامه", "quiet", icon="user-check", keys="F7", tall=True)
            record.clicked.connect(lambda: self.shell.show_summary())
            quiets.append(record)
        self.bar.arrange(main=main, quiets=quiets)

    def set_narrow(self, narrow: bool) -> None:
        """Without room for the panel its key stands in the bar."""
        self._narrow = narrow
        if not self.on_paper():
            self.arrange_bar()

    def _go_on(self) -> None:
        """The lesson that was left half done, else the first that is left."""
        with_lessons = [each for each in self.all if each.lessons]
        begun = [each for each in with_lessons if not each.done and each.passed]
        left = [each for each in with_lessons if not each.done]
        some = begun or left or with_lessons
        if some:
            self._open(some[0])
        elif self.all:
            self.shell.tell(NO_LESSON, "neutral")
