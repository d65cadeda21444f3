"""What the window tells over every page by itself: letters to be voided, answers that came late,
what the unit announced and wrote to the office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.actions import announcements, arrived, board, office_letters, readers, standing
from desktop.actions.desk import SyncStatus
from desktop.actions.office_letters import ToldLetter
from desktop.actions.standing import Standing
from desktop.domain.announcement import Announcement
from desktop.domain.case import Case
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.city_words import CityWording
from desktop.ui.deputising import Deputising
from desktop.ui.remembered import SLIP
from desktop.ui.roles import DUTIES
from desktop.wire.readings import ReaderAnswer

if TYPE_CHECKING:
    from desktop.ui.window import Window


class Noticing(QObject):
    """Asks whenever cases changed; each answer is told once to whoever sits here."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._arrived: set[str] = set()
        self._announced: set[str] = set()
        self._written: set[str] = set()
        self._unprinted: set[str] = set()
        self._heard = False
        self.deputising = Deputising(window)
        self._wording = CityWording(window)

    def begin(self) -> None:
        """Somebody sat down: nothing was told to them yet."""
        self._arrived, self._announced, self._written = set(), set(), set()
        self._unprinted = set()
        self._heard = False
        self.deputising.begin()
        self.look()

    def seen(self, status: SyncStatus) -> None:
        """Once the line was whole for who sits here, what only the centre knows is asked.

        A start waits for no centre: one that is opened behind it is asked when it has been heard.
        """
        if status.is_connected and not self._heard:
            self._heard = True
            self._tell_asked()

    def look(self) -> None:
        """Ask anew what there is to tell."""
        self._wording.look()
        self._count_cases()
        self._tell_arrived()
        self._tell_announced()
        self._tell_written()
        self._tell_unprinted()
        self.deputising.look()

    def _count_cases(self) -> None:
        """On the rail what waits for who sits here: at the counter cases whose turn it is, for who
        may end letters those that are to be voided, over every page too."""
        window, frame = self._window, self._window.frame
        if frame is None:
            return

        def show(cases: frozenset[str]) -> None:
            frame.show_count("queue", len(cases))
            frame.show_recalls(cases)

        desk, role = window.seat.desk, window.seat.staff.role
        if DUTIES[role].voids:
            window.work.run(frame, lambda: board.recalls(desk), show)
        elif not role.is_municipal:
            window.work.run(frame, lambda: board.ours(desk), partial(frame.show_count, "queue"))

    def _tell_arrived(self) -> None:
        """That answers came which had waited for the line, each once to whom sits here."""
        window, frame = self._window, self._window.frame
        if frame is None or window.seat.staff.role.is_municipal:
            return

        def show(answers: list[arrived.Arrived]) -> None:
            if window.is_locked:
                # Nobody sees it; it is asked anew when the window is unlocked.
                return
            found = {answer.case.case_id for answer in answers}
            fresh, self._arrived = found - self._arrived, found
            page = window.page
            if fresh and page and page.place != places.Arrived():
                words = f"پاسخ {len(found)} درخواست که هنگام قطعی خط ثبت شده بود، رسید."
                go = partial(window.go, places.Arrived())
                frame.tell(to_persian_digits(words), "ok", "دیدن", go)

        desk = window.seat.desk
        window.work.run(frame, lambda: arrived.answers(desk), show)

    def _tell_announced(self) -> None:
        """That the unit announced something, each once to whom sits here, until he has read it."""
        window, frame = self._window, self._window.frame
        if frame is None or window.seat.staff.role.is_municipal:
            return

        def show(unread: list[Announcement]) -> None:
            if window.is_locked:
                return
            found = {each.announcement for each in unread}
            fresh, self._announced = found - self._announced, found
            page = window.page
            if fresh and page and page.place != places.Announcements():
                first = next(each for each in unread if each.announcement in fresh)
                words = " ".join(part for part in (f"اطلاعیه: {first.title}", first.when()) if part)
                if len(fresh) > 1:
                    words = f"{len(fresh)} اطلاعیهٔ تازه از شهرداری؛ تازه‌ترین: «{first.title}»"
                go = partial(window.go, places.Announcements())
                frame.tell(to_persian_digits(words), "visit", "خواندن", go)

        seat = window.seat
        window.work.run(frame, lambda: announcements.unread(seat), show)

    def _tell_written(self) -> None:
        """That a letter came in which services are handed over or taken back, until it is read."""
        window, frame = self._window, self._window.frame
        if frame is None or window.seat.staff.role.is_municipal:
            return

        def show(unread: list[ToldLetter]) -> None:
            if window.is_locked:
                return
            found = {each.letter.key for each in unread}
            fresh, self._written = found - self._written, found
            page = window.page
            if fresh and page and page.place != places.OfficeLetters():
                first = next(each for each in unread if each.letter.key in fresh).letter
                words = f"نامهٔ {isolate(first.number)} شهرداری رسید: {first.kind.subject}"
                if len(fresh) > 1:
                    words = f"{len(fresh)} نامهٔ شهرداری دربارهٔ واگذاری خدمت رسید"
                go = partial(window.go, places.OfficeLetters())
                frame.tell(to_persian_digits(words), "visit", "خواندن", go)

        desk = window.seat.desk
        window.work.run(frame, lambda: office_letters.unread(desk), show)

    def _tell_unprinted(self) -> None:
        """That a paper can be printed now whose page was left before it could, each once."""
        window, frame = self._window, self._window.frame
        if frame is None or window.seat.staff.role.is_municipal:
            return
        wanted, desk = dict(window.remembered.unprinted), window.seat.desk

        def look() -> dict[str, Standing]:
            return {case_id: standing.of_case(desk, case_id) for case_id in wanted}

        def show(found: dict[str, Standing]) -> None:
            if window.is_locked:
                return
            for case_id, now in found.items():
                view, title = now.view, wanted[case_id]
                case = view.settled if title == SLIP else view.case
                if view.case is None or (case is None and not view.waiting):
                    # What the centre did not take stands among what is to be seen to.
                    window.remembered.unprinted.pop(case_id, None)
                    continue
                told = case_id in self._unprinted or case_id not in window.remembered.unprinted
                if case is None or told or not _is_ready(case, title):
                    continue
                self._unprinted.add(case_id)
                words = f"{title} «{case.request.party.name}» هنوز چاپ نشده است."
                go = partial(window.go, places.Outcome(case_id))
                frame.tell(to_persian_digits(words), "visit", "چاپ", go)

        if wanted:
            window.work.run(frame, look, show)

    def _tell_asked(self) -> None:
        """That who sits here was asked why he looked at something."""
        window, frame, seat = self._window, self._window.frame, self._window.seat
        if frame is None or not seat.staff.role.sees_cases:
            return

        def show(told: ReaderAnswer) -> None:
            if told.asked and not window.is_locked:
                go = partial(window.go, places.ReadingLog(staff=told.staff))
                frame.tell("از شما دربارهٔ یک مشاهده پرسیده‌اند.", "review", "پاسخ", go)

        job = partial(readers.reader, seat, seat.staff.staff_id)
        window.work.run(frame, job, show, lambda _: None, line=True)


def _is_ready(case: Case, title: str) -> bool:
    """Whether the paper of that name can be printed: a slip of a half-day that the centre has
    confirmed, a receipt on which its fee stands."""
    return case.state is State.BOOKED if title == SLIP else case.state is not State.FEE_DUE
