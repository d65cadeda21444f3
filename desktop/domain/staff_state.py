"""How a member of staff stands on a day, in the one word that a list shows of him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.calendar import format_day_month
from desktop.domain.staffing import StaffTerm


class StaffState(StrEnum):
    """How somebody stands; what hinders him most comes first."""

    SUSPENDED = "suspended"
    KEPT_OUT = "kept-out"
    WAITING = "waiting"
    UNSIGNED = "unsigned"
    ENDED = "ended"
    COMING = "coming"
    LOCKED = "locked"
    FRESH = "fresh"
    NO_PASSWORD = "no-password"
    ON_LEAVE = "on-leave"
    AT_WORK = "at-work"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _WORDS[self]


_WORDS = {
    StaffState.SUSPENDED: "معلق",
    StaffState.KEPT_OUT: "ورود بسته",
    StaffState.WAITING: "در انتظار تأیید",
    StaffState.UNSIGNED: "بی دوره",
    StaffState.ENDED: "پایان همکاری",
    StaffState.COMING: "هنوز آغاز نشده",
    StaffState.LOCKED: "قفل",
    StaffState.FRESH: "گذرواژهٔ تازه",
    StaffState.NO_PASSWORD: "بی گذرواژه",
    StaffState.ON_LEAVE: "مرخصی",
    StaffState.AT_WORK: "در کار",
}


@dataclass(frozen=True)
class StaffFacts:
    """What is known of somebody on a day.

    `term` is what holds on the day and `newest` what was published last, also for a day to come;
    both are None of whom none was ever told. `came` says that he has keys at some desk, `code` that
    a one-time code waits for him, `waiting` that a term of his waits for its second signature.
    """

    term: StaffTerm | None = None
    newest: StaffTerm | None = None
    came: bool = True
    code: bool = False
    locked: bool = False
    kept_out: bool = False
    suspended: bool = False
    waiting: bool = False

    def state(self, day: date) -> StaffState:
        """How he stands on the day."""
        if self.suspended:
            return StaffState.SUSPENDED
        if self.kept_out:
            return StaffState.KEPT_OUT
        if self.newest is None and not self.came:
            return StaffState.WAITING if self.waiting else StaffState.UNSIGNED
        if not self._employed(day):
            ended = self.newest is not None and self.newest.since <= day
            return StaffState.ENDED if ended else StaffState.COMING
        if self.locked:
            return StaffState.LOCKED
        if self.code:
            return StaffState.FRESH
        if not self.came:
            return StaffState.NO_PASSWORD
        away = self.term is not None and self.term.leave_on(day) is not None
        return StaffState.ON_LEAVE if away else StaffState.AT_WORK

    def _employed(self, day: date) -> bool:
        # Who came before terms were told works without one; who never came does not.
        return self.term.employed(day) if self.term is not None else self.came

    def words(self, day: date) -> str:
        """The state's word; of who is to come, the day: «از ۱۴ آذر»."""
        state = self.state(day)
        if state is StaffState.COMING and self.newest is not None:
            return f"از {format_day_month(max(self.newest.since, day))}"
        return state.word
