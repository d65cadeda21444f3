"""A lesson: the story beside the counter's form; handed in, every answer is marked with why."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions import lesson_papers, lessons
from desktop.actions.lessons import Begun, HandedIn, ServiceLessons
from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.lesson import Marked
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.lessons.marked import MarkedView
from desktop.ui.pages.lessons.sheet import LessonSheet
from desktop.ui.pages.lessons.story import StorySide
from desktop.ui.pages.lessons.words import PRACTICE_CHIP, TALK, WAITS
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import ErrorList
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.work import Changed

_STORY = "شهروند چه می‌گوید"


class LessonPage(PaperPage):
    """Before: the empty form and the story. After: the score, the marks, and why."""

    place: places.Lesson

    listens = frozenset({Kind.PUBLISHED, Kind.SYNC})
    rail = "lessons"
    practice = True

    def __init__(self, shell: Shell, place: places.Lesson) -> None:
        super().__init__(shell, place)
        self.sheet: LessonSheet | None = None
        self.marked: MarkedView | None = None
        self._done: HandedIn | None = None
        self._narrow = False
        self.errors = ErrorList()
        self.errors.jump.connect(self._jump)
        self._shown = QStackedWidget()
        self._top = Column(self.errors, gap=8, margins=(0, 20, 0, 20))
        content = QWidget()
        column = Column(gap=0)
        column.addLayout(self._top)
        column.addWidget(self._shown, 1)
        content.setLayout(column)
        self.put(content)
        self.panel = StorySide()
        self.panel.chosen.connect(self._go_to)
        self.side = self.panel
        self.set_heading(Heading("درس", chip=PRACTICE_CHIP))
        self.arrange_bar()

    # Coming and going.

    def enter(self) -> None:
        """Go on with the sheet that is open, or begin one."""
        self._begin()

    def leave(self) -> None:
        """What was typed is kept; the lesson is gone on with."""
        if self.sheet is not None:
            self.sheet.leave()

    def refresh(self, changed: Changed) -> None:
        """The centre has heard of what was passed, or a service changed."""
        self._ask_again()

    def _ask_again(self) -> None:
        done = self._done
        if done is not None and done.of.done:
            job = partial(lessons.of_service, self.shell.seat, self.place.service)
            self.shell.work.run(self, job, partial(self._told, done.marked), self._no)

    @act
    async def _begin(self) -> None:
        seat, place = self.shell.seat, self.place
        try:
            begun = await self.acting_on(partial(lessons.begin, seat, place.service, place.number))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self._show_sheet(begun)

    def _show_sheet(self, begun: Begun) -> None:
        self._done = None
        self._drop_marked()
        if self.sheet is not None:
            self.sheet.end()
            self._shown.removeWidget(self.sheet.body)
            self.sheet.body.deleteLater()
        place = _place(begun.sheet.lesson, begun.of)
        second = f"{place}: {begun.lesson.story.name}"
        self.set_heading(Heading(begun.of.service.title, second, PRACTICE_CHIP))
        self.sheet = LessonSheet(self, self.errors, begun)
        self.sheet.ready.connect(self._to_main)
        self._shown.addWidget(self.sheet.body)
        self._shown.setCurrentWidget(self.sheet.body)
        self.sheet.body.show()
        self.panel.show_story(begun.lesson.story)
        self._show_lessons(begun.of)
        self.arrange_bar()
        self.sheet.begin()

    def _show_lessons(self, of: ServiceLessons) -> None:
        title = of.service.short or of.service.title
        self.panel.show_lessons(title, of.lessons, self.place.number)

    def _go_to(self, number: int) -> None:
        if number != self.place.number:
            self.shell.instead(places.Lesson(self.place.service, number))

    # Handing in.

    @act
    async def hand_in(self) -> None:
        """Mark the sheet; what is missing is told first, and gone to."""
        sheet = self.sheet
        job = sheet.hand_in() if sheet is not None else None
        self._make_room()
        if sheet is None or job is None:
            return
        try:
            done = await self.acting_on(sheet.keeper.handing_in(job, lambda _: None))
        except Refusal as no:
            for words in sheet.refused(no):
                self.shell.tell(words, "refuse")
            self._make_room()
            return
        sheet.end()
        self._done = done
        self._show_marked(done)
        # Where the line is quick the centre has answered meanwhile.
        self._ask_again()

    def _show_marked(self, done: HandedIn) -> None:
        self.errors.set_errors([])
        self._make_room()
        self._drop_marked()
        self.marked = MarkedView(done.marked, self._headline(done))
        self._shown.addWidget(self.marked)
        self._shown.setCurrentWidget(self.marked)
        self.panel.highlight(self.marked.numbers)
        self._show_lessons(done.of)
        self.arrange_bar()
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _told(self, marked: Marked, of: ServiceLessons) -> None:
        """How the service stands since the centre answered."""
        done = self._done
        if done is None or done.of == of:
            return
        self._done = HandedIn(marked, of, done.checked)
        self._show_marked(self._done)

    def _headline(self, done: HandedIn) -> Headline:
        marked, of = done.marked, done.of
        place = _place(self.place.number, of)
        score = to_persian_digits(f"{marked.right} درست از {marked.of}")
        if not marked.passed:
            needed = to_persian_digits(
                f"برای قبولی {marked.needed} پاسخ درست لازم است، اظهار مالک و نتیجه در میان آن‌ها."
            )
            state = of.lessons[self.place.number]
            advice = (
                TALK if state.asks_for_help else f"{_count(marked)} را بخوانید و دوباره پر کنید."
            )
            return Headline(
                f"{score}؛ هنوز قبول نیستید", f"{needed} {advice}", "pay", "rotate-clockwise",
                code=place, code_label=_tries(state.failures), small=True,
            )  # fmt: skip
        return Headline(f"قبول: {score}", self._opened(of), "ok", "school", code=place, small=True)

    def _opened(self, of: ServiceLessons) -> str:
        """What the passed lesson leads to."""
        if not of.done:
            left = to_persian_digits(len(of.lessons) - of.passed)
            return f"{left} درس دیگر مانده است تا «{of.service.title}» برای شما باز شود."
        if of.refused:
            return f"مرکز کارنامه را نپذیرفت: {of.refused}"
        if of.record is not None and of.record.waits:
            return WAITS
        since = "همین امروز" if of.begins is None else format_day_month(of.begins)
        return f"«{of.service.title}» برای شما باز شد؛ در باجه از {since}."

    def _drop_marked(self) -> None:
        if self.marked is not None:
            self._shown.removeWidget(self.marked)
            self.marked.deleteLater()
            self.marked = None

    # The bar and its keys.

    def arrange_bar(self) -> None:
        """The next step, and the ways out."""
        if self.bar is None:
            return
        words = "درس‌ها" if self._narrow else "بازگشت به درس‌ها"
        back = Button(words, "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self._back)
        done = self._done
        if done is None:
            main = Button("سنجیدن پاسخ", "main", icon="checks", keys="Ctrl+Enter")
            main.clicked.connect(self.hand_in)
            self.bar.arrange(main=main, quiets=[back, *self._story_key(keys="F7")])
            return
        seconds = []
        if done.marked.wrong:
            words = "چاپ توضیح" if self._narrow else "چاپ این توضیح"
            why = Button(words, icon="printer", keys="F8", tall=True)
            why.clicked.connect(self.show_explanation)
            seconds.append(why)
        if done.of.done and done.of.record is not None:
            card = Button("چاپ کارت آموزش", icon="printer", tall=True)
            card.clicked.connect(self.show_card)
            seconds.append(card)
        self.bar.arrange(
            main=self._next_step(done), seconds=seconds, quiets=[back, *self._story_key(keys="")]
        )

    def _story_key(self, *, keys: str) -> list[Button]:
        """Without room for the panel the story is a key away."""
        if not self._narrow:
            return []
        story = Button(_STORY, "quiet", icon="user", keys=keys, tall=True)
        story.clicked.connect(lambda: self.shell.show_summary())
        return [story]

    def _next_step(self, done: HandedIn) -> Button:
        following = done.of.next
        if not done.marked.passed:
            again = Button("تلاش دوباره", "main", icon="rotate-clockwise", keys="Ctrl+Enter")
            again.clicked.connect(self._begin)
            return again
        if following is not None:
            on = Button("درس بعدی", "main", icon="arrow-left", keys="Ctrl+Enter")
            on.clicked.connect(partial(self._go_to, following.number))
            return on
        home = Button("پایان؛ درس‌های دیگر", "main", icon="list-details", keys="Ctrl+Enter")
        home.clicked.connect(self._back)
        return home

    def is_done(self) -> bool:
        """Whether all lessons of the service are passed."""
        return self._done is not None and self._done.of.done

    def set_narrow(self, narrow: bool) -> None:
        """Without room for the panel its key stands in the bar."""
        self._narrow = narrow
        if not self.on_paper():
            self.arrange_bar()

    def press(self, key: str) -> bool:
        """F7 the next wrong answer, F6 the papers of the story, F8 the explanation."""
        if super().press(key):
            return True
        if key == "F7" and self.marked is not None and self.marked.reasons:
            self.marked.go_next()
            return True
        if key == "F6":
            self._cross()
            return True
        if key == "F8" and self.marked is not None and self.marked.reasons and not self.on_paper():
            self.show_explanation()
            return True
        return False

    def is_on_last_part(self) -> bool:
        """From the story F6 goes on to the help."""
        return self._in_story()

    def take_focus(self) -> None:
        """Where typing goes on."""
        if self.sheet is not None and self.marked is None:
            self.sheet.body.focus_first()
        else:
            super().take_focus()

    def topics(self) -> frozenset[str]:
        """What the service may ask."""
        if self.sheet is None:
            return frozenset()
        service = self.sheet.begun.lesson.service
        papers = (f"document.{each.key}" for each in service.documents)
        return frozenset(field.key for field in service.form_fields) | frozenset(papers)

    def _cross(self) -> None:
        if self._in_story():
            self.take_focus()
            return
        if self._narrow:
            self.shell.show_summary()
        self.panel.focus_first()

    def _in_story(self) -> bool:
        focus = self.panel.window().focusWidget() if self.panel.window() is not None else None
        return focus is not None and self.panel.isAncestorOf(focus)

    def _jump(self, key: str) -> None:
        if self.sheet is not None:
            self.sheet.jump(key)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _make_room(self) -> None:
        listed = not self.errors.isHidden()
        self._top.set_margins((10 if listed else 0, 20, 0, 20))

    def _back(self) -> None:
        self.shell.go(places.Lessons())

    def _no(self, no: Refusal) -> None:
        self.shell.tell(no.words, "refuse")

    # On paper.

    def show_explanation(self) -> None:
        """What was wrong and why, to be read away from the desk."""
        done, sheet = self._done, self.sheet
        if done is None or sheet is None:
            return
        draw = partial(lesson_papers.explanation, self.shell.seat, sheet.begun.lesson, done.marked)
        self.show_paper(OfficePaper("توضیح درس", draw))

    def show_card(self) -> None:
        """That all lessons of the service were passed."""
        done = self._done
        if done is not None and done.of.record is not None:
            draw = partial(lesson_papers.card, self.shell.seat, done.of)
            self.show_paper(OfficePaper("کارت آموزش", draw))


def _place(number: int, of: ServiceLessons) -> str:
    """«درس ۲ از ۴»."""
    return to_persian_digits(f"درس {number + 1} از {len(of.lessons)}")


def _count(marked: Marked) -> str:
    return to_persian_digits(f"{len(marked.wrong)} مورد")


def _tries(failures: int) -> str:
    return "بار نخست" if failures == 1 else to_persian_digits(f"بار {failures}")
