"""What a case waits in, step by step, since when, and when its clock stands still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.state import State

Span = tuple[date, date]


class Step(StrEnum):
    """One kind of waiting: finer than a state where another one has to act, coarser where not."""

    PAYMENT = "payment"
    FINANCE = "finance"
    VISIT = "visit"
    REVIEW = "review"
    OBJECTION = "objection"
    SIGNATURE = "signature"
    COMMISSION = "commission"
    REPLY = "reply"
    CORRECTION = "correction"
    STAMP = "stamp"
    HAND_OVER = "hand-over"

    @property
    def word(self) -> str:
        """On screen and paper: what is awaited."""
        return _WORDS[self]


_WORDS = {
    Step.PAYMENT: "پرداخت متقاضی",
    Step.FINANCE: "بررسی امور مالی",
    Step.VISIT: "بازدید و گزارش آن",
    Step.REVIEW: "بررسی کارشناس",
    Step.OBJECTION: "پاسخ به اعتراض",
    Step.SIGNATURE: "امضای دوم",
    Step.COMMISSION: "رأی کمیسیون",
    Step.REPLY: "پاسخ مرجع دیگر",
    Step.CORRECTION: "اصلاح در دفتر",
    Step.STAMP: "تأیید و مهر نامه",
    Step.HAND_OVER: "تحویل به متقاضی",
}

OF_STATE: Mapping[State, Step] = {
    State.FEE_DUE: Step.PAYMENT,
    State.PAY_DUE: Step.PAYMENT,
    State.VISIT_DUE: Step.VISIT,
    State.BOOKED: Step.VISIT,
    State.IN_REVIEW: Step.REVIEW,
    State.RECOMMENDED: Step.SIGNATURE,
    State.COMMISSION: Step.COMMISSION,
    State.CONSULTING: Step.REPLY,
    State.REPLY_DUE: Step.REPLY,
    State.RETURNED: Step.CORRECTION,
    State.ISSUED: Step.STAMP,
    State.RELEASED: Step.HAND_OVER,
}
"""By state, where nothing else is known of the case; in other states it waits for nobody."""

# Another one acts here: whoever waited before goes on afterwards with the days that were left.
_STOPS = frozenset({Step.FINANCE, Step.COMMISSION, Step.REPLY, Step.CORRECTION})


@dataclass(frozen=True)
class Stay:
    """A case in one step, since the day `since`; `spent` are its times there before a stop.

    `until` is the last day of the promise, once a warning or an escalation told it; `late_to` is
    the role that it escalated to, empty while it did not.
    """

    step: Step
    since: date
    spent: tuple[Span, ...] = ()
    until: date | None = None
    late_to: str = ""

    @property
    def begun(self) -> date:
        """The day on which the step began: what was promised on it holds to its end."""
        return self.spent[0][0] if self.spent else self.since

    def stopped(self, day: date) -> Stay:
        """With its clock stopped on that day, which counts."""
        return replace(self, spent=(*self.spent, (self.since, day)))

    def going_on(self, day: date) -> Stay:
        """With its clock going on after that day; a promise that was kept has another end now."""
        until = self.until if self.late_to else None
        return replace(self, since=day, until=until)


Stays = Mapping[Step, Stay]


def moved(
    stay: Stay | None, stopped: Stays, step: Step | None, day: date
) -> tuple[Stay | None, Stays]:
    """Where a case stays that is at that step from the day on, and what goes on after it."""
    if (stay.step if stay else None) is step:
        return stay, stopped
    kept = {**stopped, stay.step: stay.stopped(day)} if stay and step in _STOPS else {}
    if step is None:
        return None, kept
    before = stopped.get(step)
    return before.going_on(day) if before else Stay(step, day), kept
