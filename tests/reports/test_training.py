"""«آموزشی – فاقد اعتبار» across every paper that there is; no such letter is ever a real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from desktop import reports
from desktop.domain.errors import Refusal
from desktop.domain.letter import TRAINING, Letter, LetterHead, Made, Table
from desktop.reports import letter as letters
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.verify import verify_pdf, verify_qr
from desktop.wire.verdicts import Trust, Verdict
from tests.reports import lying_across
from tests.reports.reading import codes_of, text_of
from tests.reports.samples import CITY, RELEASE, TODAY, TRUST, letter, made, words

HEAD = words().head
TRAINING_LETTER = "نامهٔ آموزشی است؛ فاقد اعتبار."
DAY = date(2026, 11, 24)


def across(pdf: bytes) -> bool:
    """Whether the words lie across each page of it."""
    return all(lying_across.across(pdf, TRAINING))


def drawers() -> Iterator[tuple[type, Callable[[Any], bytes]]]:
    """Each module that draws a paper, with the value that it draws."""
    for each in iter_modules(reports.__path__):
        module = import_module(f"desktop.reports.{each.name}")
        # A letter is drawn by its layout.
        own = getattr(getattr(module, "draw", None), "__module__", "") == module.__name__
        if own and module is not letters:
            hints = get_type_hints(module.draw)
            # What is no PDF is a page for a browser, of what everybody may know.
            if hints["return"] is bytes:
                yield hints[next(iter(signature(module.draw).parameters))], module.draw


DRAWN = dict(drawers())


def made_up(kind: Any) -> Any:
    """A value of whatever a paper is made of; a paper that comes later is tried with the rest."""
    if kind is Table:
        return Table(("الف", "ب"), (("۱", "۲"),))
    if get_origin(kind) in (Union, UnionType):
        return made_up(next(each for each in get_args(kind) if each is not NoneType))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        many = inner[:1] if inner[1:] == (Ellipsis,) else inner
        return tuple(made_up(each) for each in many)
    if get_origin(kind) in (list, Sequence):
        return [made_up(get_args(kind)[0])]
    if get_origin(kind) in (dict, Mapping):
        return {}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        given = {
            each.name: made_up(hints[each.name])
            for each in fields(kind)
            if each.default is MISSING and each.default_factory is MISSING
        }
        return kind(**given)
    return PLAIN[kind]


PLAIN: dict[Any, Any] = {
    str: "۱۲",
    int: 1,
    bool: False,
    date: DAY,
    datetime: datetime(2026, 11, 24, 8, tzinfo=UTC),
    Decimal: Decimal(1),
    NoneType: None,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.__name__)
def test_every_paper_of_training_says_across_it_that_it_is_none(kind: type) -> None:
    value = made_up(kind)
    for sample in (True, False):
        if hasattr(value, "sample"):
            value = replace(value, sample=sample)
        real = DRAWN[kind](replace(value, head=HEAD))
        assert not across(real)
        practised = DRAWN[kind](replace(value, head=HEAD.in_training()))
        assert across(practised), kind
        assert "آموزشی" in " ".join(text_of(practised))


def test_the_head_of_training_is_known_by_itself() -> None:
    assert not HEAD.training
    practised = HEAD.in_training()
    assert practised.training
    assert practised.in_training() == practised
    assert isinstance(practised, LetterHead)


def trained(value: Letter | None = None) -> Letter:
    text = words()
    return letter(replace(text, head=text.head.in_training(), sample=False))


def test_a_training_letter_bears_it_released_or_not_and_never_verifies_as_real() -> None:
    value = trained()
    for release in (None, RELEASE):
        assert across(draw(value, release, layout=LAYOUT, copy=1))
    pdf = draw(value, RELEASE, layout=LAYOUT, copy=1)
    assert "فاقد اعتبار" in " ".join(text_of(pdf))
    # Even where somebody had a real centre's key sign it.
    for trust in (TRUST, Trust()):
        judged = verify_pdf(pdf, trust, TODAY).judged
        assert (judged.verdict, judged.why) == (Verdict.SAMPLE, TRAINING_LETTER)


@pytest.mark.slow
def test_what_a_training_key_signed_is_worth_nothing_whatever_it_says() -> None:
    trust = replace(TRUST, cities=(replace(CITY, made=Made.TRAINING),))
    _, pdf = made()
    assert verify_pdf(pdf, trust, TODAY).judged.why == TRAINING_LETTER
    (seen,) = codes_of(pdf)
    assert verify_qr(seen, trust, TODAY).why == TRAINING_LETTER
    assert verify_qr(seen, TRUST, TODAY).verdict is Verdict.VALID


def test_the_layout_that_is_older_than_training_draws_none() -> None:
    text = replace(words(), facts=None)
    practised = letter(replace(text, head=text.head.in_training()))
    with pytest.raises(Refusal, match="برای آموزش نیست"):
        draw(practised, RELEASE, layout=1, copy=1)
