"""What the made-up municipality promises of the steps of a case."""

from __future__ import annotations

from datetime import date

from desktop.centre.reference import publication
from desktop.domain.calendar import iso_jalali
from desktop.domain.people import Role
from desktop.domain.step import Step
from desktop.domain.stream import Published, Topic
from desktop.forms.dated import DatedPromise

_PROMISES = (
    (Step.FINANCE, "", 3, 1, Role.SUPERVISOR),
    (Step.VISIT, "", 10, 2, Role.SUPERVISOR),
    (Step.REVIEW, "", 5, 1, Role.SIGNER),
    (Step.REVIEW, "building-permit", 10, 2, Role.SIGNER),
    (Step.OBJECTION, "", 15, 3, Role.SUPERVISOR),
    (Step.SIGNATURE, "", 2, 0, Role.SUPERVISOR),
    (Step.COMMISSION, "", 30, 5, Role.SUPERVISOR),
    (Step.STAMP, "", 1, 0, Role.MANAGER),
    (Step.HAND_OVER, "", 5, 1, Role.MANAGER),
)
"""What an applicant has time for, and other bodies, is told by other data of the municipality."""


def promised(day: date) -> list[Published]:
    """All of them, published from that day on."""
    since = iso_jalali(day)
    items = [
        DatedPromise(step=step, service=service, days=days, warn_days=warns, to=to, since=since)
        for step, service, days, warns, to in _PROMISES
    ]
    return [publication(Topic.PROMISE, each.about, day, each.model_dump_json()) for each in items]
