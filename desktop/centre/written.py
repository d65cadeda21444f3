"""The letters that a service file's examples lead to, in words, as the centre would write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from jinja2 import TemplateError
from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.letters import LetterCase, compose, valid_until
from desktop.centre.tables import DeviceRow
from desktop.domain.city import City
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterHead, LetterKind, LetterText
from desktop.domain.office import ORGANISATION
from desktop.domain.people import Party
from desktop.domain.request import Request
from desktop.domain.service import Example, Service
from desktop.forms.examples import OTHER_ID, OWNER_ID, decided, question
from desktop.forms.loader import load
from desktop.wire.canon import canon
from desktop.wire.codec import plain
from desktop.wire.services import (
    LetterBody,
    LettersAnswer,
    ServiceAsk,
)

_KINDS = {
    Outcome.ANSWER: LetterKind.ANSWER,
    Outcome.REFUSE: LetterKind.REFUSAL,
    Outcome.PAY: LetterKind.DEBT,
}
_HEAD = LetterHead(ORGANISATION, "دفتر نمونه", "یزد", "", "")
_AUTHORITY = "واگذاری خدمات شهرسازی شهرداری یزد (نمونه)"
_TRACKING = "21-050903-02-0032-7"


@dataclass(frozen=True)
class Written:
    """A letter's words, and the example that it is of."""

    example: str
    kind: LetterKind
    text: LetterText
    valid_until: date | None


def letters(
    session: Session, centre: Centre, device: DeviceRow, ask: ServiceAsk, at: datetime
) -> LettersAnswer:
    """The letters of the file as it is written, a letter an example that has one at once.

    Raises FaultyFile for a file with faults, Refusal for a letter that can't be filled and for who
    neither prepares nor signs.
    """
    demand_reader(session, device, ask.actor)
    day = day_of(at)
    city = centre.reference.city(session, max(ask.day, day))
    found = written(load(ask.text, ask.name), city, day)
    return LettersAnswer(
        letters=[
            LetterBody(
                example=each.example,
                kind=each.kind,
                text=canon(plain(each.text)),
                valid_until=each.valid_until,
            )
            for each in found
        ]
    )


def written(service: Service, city: City, day: date) -> Iterator[Written]:
    """Answers, refusals and debts as they would be written that day. Raises Refusal."""
    for example in service.examples:
        q = question(service, example, day, city, example.entered)
        decision = decided(service, example, day, city)
        kind = _KINDS.get(decision.outcome)
        form = service.letters.get(kind) if kind else None
        if kind is None or form is None:
            continue
        months = city.months(service) if kind is LetterKind.ANSWER else form.months
        until = valid_until(replace(form, months=months), day, q.answers)
        party = _party(example, city)
        answers = {**q.answers, "body": party.name} if party.kind.is_body else q.answers
        request = Request(
            service=service.code,
            version=service.version,
            tracking=_TRACKING,
            received_on=day,
            party=party,
            code=str(q.code or "") if service.needs_property else "",
            plate=q.plate,
            unchanged=example.unchanged if service.declares else "",
            answers=answers,
            documents=(),
        )
        case = LetterCase(
            request=request,
            decision=decision,
            refusal=(),
            report=None,
            record=q.found.record,
            head=_HEAD,
            day=day,
            valid_until=until,
            authority=_AUTHORITY,
            sample=True,
            ways=city.objections,
        )
        try:
            text = compose(service, kind, case)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as fault:
            words = f"{kind.word} در نمونهٔ «{example.name}» پر نمی‌شود؛ نام‌های الگو را بسنجید."
            raise Refusal(words) from fault
        yield Written(example.name, kind, text, until)


def _party(example: Example, city: City) -> Party:
    """Who asks: the owner of the examples' records, or who stands for her."""
    kind = example.applicant
    if kind.is_body:
        return Party(kind, last_name=example.answers.get("body") or next(iter(city.bodies), "بانک"))
    own = Party(kind, OWNER_ID, "فاطمه", "دهقان")
    if not kind.represents:
        return own
    return replace(
        Party(kind, OTHER_ID, "جواد", "حاتمی"),
        represented_id=own.person_id,
        represented_name=own.name,
    )
