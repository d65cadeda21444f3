"""The log of a case: every fact in words, when it was and who did it, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.decision import Outcome
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.stream import Fact
from desktop.ui.standing.telling import LogCase, tell
from desktop.ui.times import time_of
from desktop.ui.widgets.lists.timeline import Happening


def log_of(
    confirmed: Iterable[Fact], provisional: Iterable[Fact], service: Service | None, today: date
) -> list[tuple[Fact, Happening]]:
    """The whole log, newest first; what is not settled at the centre is told as «در صف»."""
    told_: list[tuple[Fact, Happening]] = []
    numbers: dict[str, str] = {}
    decided = ""
    helped = False
    confirmed, provisional = list(confirmed), list(provisional)
    referred = {
        fact.cause for fact in (*confirmed, *provisional) if isinstance(fact.payload, f.InReview)
    }
    asked = {fact.cause for fact in confirmed if isinstance(fact.payload, f.AmountsDue)}
    for facts, settled in ((confirmed, True), (provisional, False)):
        for fact in facts:
            if fact.cause == decided and _told_already(fact.payload):
                continue
            if fact.cause in referred - asked and _found_nothing(fact.payload):
                # What it brought about went to an expert all the same: nobody was answered.
                continue
            decided = fact.cause if isinstance(fact.payload, f.Decided) else decided
            if isinstance(fact.payload, f.LetterIssued):
                letter = fact.payload.letter
                numbers[letter.letter_id] = to_persian_digits(letter.number)
            happening = tell(fact.payload, LogCase(service, numbers, fact.actor_name))
            helped = helped or isinstance(fact.payload, f.VisitReported | f.GatesCleared)
            if helped and _is_answer(fact.payload):
                # Not the records alone: a visit or an expert saw to what they lacked.
                happening = replace(happening, words="همهٔ شرط‌ها برقرار شد")
            told_.append(
                (
                    fact,
                    replace(
                        happening,
                        time=moment_words(_moment(fact), today),
                        who=fact.actor_name,
                        # Names and reasons are kept with Latin digits.
                        detail=to_persian_digits(happening.detail),
                        settled=settled,
                    ),
                )
            )
    return told_[::-1]


def _is_answer(payload: object) -> bool:
    return isinstance(payload, f.Decided) and payload.decision.outcome is Outcome.ANSWER


def _found_nothing(payload: object) -> bool:
    """Whether the records alone would have had the case go on without an expert."""
    ends = (Outcome.ANSWER, Outcome.PAY)
    return isinstance(payload, f.Decided) and payload.decision.outcome in ends


def _moment(fact: Fact) -> datetime:
    """When it was, as the counter saw it."""
    if isinstance(fact.payload, f.Registered):
        return fact.payload.received_at or fact.at
    return fact.at


def _told_already(payload: object) -> bool:
    """What follows from a decision and adds nothing to what was said of it."""
    return isinstance(payload, f.VisitDue) or (
        isinstance(payload, f.InReview) and not payload.comment
    )


def moment_words(at: datetime | None, today: date) -> str:
    """«امروز ۱۰:۵۳», else the day and its time; empty for what has not been."""
    if at is None:
        return ""
    day = at.astimezone(TEHRAN).date()
    if day == today:
        return f"امروز {time_of(at)}"
    return f"{isolate(format_jalali(day))}، {isolate(time_of(at))}"
