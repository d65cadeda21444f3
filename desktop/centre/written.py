"""The letters that a service file's examples lead to, in words, as the centre would write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.letters import Unwritable, compose
from desktop.centre.specimens import of_example
from desktop.centre.tables import DeviceRow
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind, LetterText
from desktop.domain.service import Service
from desktop.forms.loader import load
from desktop.wire.canon import canon
from desktop.wire.codec import plain
from desktop.wire.services import LetterBody, LettersAnswer, ServiceAsk


@dataclass(frozen=True)
class Written:
    """A letter's words, the example that it is of, and the way on which its case came to it."""

    example: str
    way: str
    kind: LetterKind
    text: LetterText
    valid_until: date | None


def letters(
    session: Session, centre: Centre, device: DeviceRow, ask: ServiceAsk, at: datetime
) -> LettersAnswer:
    """The letters of the file as it is written, one of each kind that an example leads to.

    Raises FaultyFile for a file with faults, Refusal for a letter that can't be filled and for who
    neither prepares nor signs.
    """
    demand_reader(session, centre, device, ask.actor)
    day = day_of(at)
    city = centre.reference.city(session, max(ask.day, day))
    found = written(load(ask.text, ask.name), city, day)
    return LettersAnswer(
        letters=[
            LetterBody(
                example=each.example,
                way=each.way,
                kind=each.kind,
                text=canon(plain(each.text)),
                valid_until=each.valid_until,
            )
            for each in found
        ]
    )


def written(service: Service, city: City, day: date) -> Iterator[Written]:
    """An example's letters on its plainest way, as they would be written that day.

    Raises Refusal for one that can't be decided or filled.
    """
    for example in service.examples:
        told: set[LetterKind] = set()
        try:
            for each in of_example(service, example, city, day):
                if each.kind not in told:
                    told.add(each.kind)
                    text = compose(service, each.kind, each.case)
                    yield Written(example.name, each.way, each.kind, text, each.case.valid_until)
        except (Unwritable, ArithmeticError, LookupError, TypeError, ValueError) as fault:
            words = f"نامهٔ نمونهٔ «{example.name}» نوشته نمی‌شود؛ نخست ایرادهای پرونده را برطرف کنید."
            raise Refusal(words) from fault
