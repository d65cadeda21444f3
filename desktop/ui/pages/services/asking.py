"""What the tabs of a service's file show beside its form: asked once for each text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from desktop.actions import publishing, service_files
from desktop.actions.desk import Seat
from desktop.actions.publishing import SampleLetter
from desktop.actions.service_files import FileDifference
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.page import Shell
from desktop.ui.pages.services.seen import Seen
from desktop.ui.pages.services.views import (
    LATER,
    DifferenceView,
    LettersView,
    PastView,
    View,
)
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.work import NO_LINE
from desktop.wire.services import TryAnswer

FORM, LETTERS, EXAMPLES, PAST, DIFFERENCE = range(5)
TABS = ("فرم", "نامه‌ها", "نمونه‌ها", "درخواست‌های گذشته", "تفاوت")
NEEDS_LINE = "به خط نیاز دارد."
_Told = TypeVar("_Told")


class Asking:
    """Fills letters, past requests and the difference; what comes for another text is not shown."""

    def __init__(self, shell: Shell, tabs: Tabs, views: Sequence[QWidget]) -> None:
        self._shell, self._tabs, self._views = shell, tabs, views
        self._asked: dict[int, str] = {}

    def forget(self) -> None:
        """Another text or another check: all is asked anew when its tab opens."""
        self._asked.clear()

    def fill(self, number: int, seen: Seen | None) -> None:
        """Ask for what a tab shows; letters and past requests only of a file without faults."""
        view = self._views[number]
        if number not in (LETTERS, PAST, DIFFERENCE) or not isinstance(view, View):
            return
        if seen is None or seen.looked is None or self._asked.get(number) == seen.text:
            return
        self._asked[number] = seen.text
        service = seen.formed.service
        if service is None or (seen.faults and number != DIFFERENCE):
            view.tell(LATER)
            return
        match view:
            case LettersView():
                self._letters(view, seen.text)
            case PastView():
                self._past(view, seen.text)
            case DifferenceView():
                self._difference(view, seen.text, service)

    def _letters(self, view: LettersView, text: str) -> None:
        def show(found: list[SampleLetter]) -> None:
            words = f"{TABS[LETTERS]} ({len(found)})"
            self._tabs.set_words(LETTERS, to_persian_digits(words))
            view.show_letters(found)

        self._ask(LETTERS, view, text, partial(publishing.sample_letters, *self._file(text)), show)

    def _past(self, view: PastView, text: str) -> None:
        def show(found: TryAnswer) -> None:
            view.show_tried(found)

        self._ask(PAST, view, text, partial(publishing.try_on_past, *self._file(text)), show)

    def _difference(self, view: DifferenceView, text: str, service: Service) -> None:
        seat, _, _, day = self._file(text)

        def show(found: FileDifference) -> None:
            before = f"نسبت به «{found.before.title}»" if found.before else "خدمت تازه"
            view.show_lines(before, found.lines)

        job = partial(service_files.difference, seat.desk, service, day)
        self._ask(DIFFERENCE, view, text, job, show, line=False)

    def _file(self, text: str) -> tuple[Seat, str, str, date]:
        day = service_files.day_of(text) or self._shell.today()
        return self._shell.seat, service_files.name_of(text), text, day

    def _ask(
        self,
        number: int,
        view: View,
        text: str,
        job: Callable[[], _Told],
        show: Callable[[_Told], None],
        *,
        line: bool = True,
    ) -> None:
        def came(found: _Told) -> None:
            if self._asked.get(number) == text:
                show(found)

        def failed(no: Refusal) -> None:
            if self._asked.get(number) == text:
                del self._asked[number]
                view.empty()
                view.tell(NEEDS_LINE if no.words == NO_LINE else no.words)

        self._shell.work.run(view, job, came, failed, line=line)
