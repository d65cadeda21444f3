"""Offices put forward: a new one, or what one is called and is from a day on; and their terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.blobs import is_announced
from desktop.centre.context import Centre, day_of
from desktop.centre.converting import lacking
from desktop.centre.offices import add_term, all_offices
from desktop.centre.tables import OfficeCodeRow
from desktop.centre.weighed import Weighed, change, demand_day
from desktop.domain.act import Act
from desktop.domain.calendar import format_jalali
from desktop.domain.conversion import CONVERTED, converted_on
from desktop.domain.drawable import undrawable_in, unprintable_words
from desktop.domain.office import MUNICIPALITY, Office, OfficeCard, OfficeKind, converts
from desktop.domain.office_words import card_lines
from desktop.domain.persian import to_persian_digits
from desktop.domain.stream import Published, Topic
from desktop.forms.office_sheet import card_faults
from desktop.wire.cards import read_act, read_card
from desktop.wire.publishing import ItemBody

_ID = re.compile(r"[0-9a-f]{32}")
_UNREAD = "مشخصات این دفتر خوانده نمی‌شود؛ دوباره آماده کنید."
_NO_OFFICE = "چنین دفتری نیست."
_TAKEN = "کد {} پیش‌تر به {} داده شده است؛ کد دیگری بنویسید."
_TWICE = "کد {} در این فهرست دو بار آمده است؛ یکی را اصلاح کنید."
_AGAIN = "«{}» در این فهرست دو بار آمده است؛ یکی را اصلاح کنید."
_AFTER = "از {} تغییر دیگری از این دفتر ثبت شده است؛ نخست آن را پس بگیرید یا روز دیرتری بنویسید."
_NO_KIND = "نوع دفتر را بنویسید: پیشخوان یا کارگزاری."
_MARKED = "نشان «نمونه» و «آموزشی» این دفتر همان نیست که پیش‌تر بود؛ دوباره آماده کنید."
_BACK = "پیشخوان به کارگزاری برنمی‌گردد."
_LICENCE = "پروانهٔ کارگروه استانی در مشخصات دفتر نیست یا تا روز تبدیل اعتبار ندارد."
_UNSENT = "تصویر سند به مرکز فرستاده نشده است؛ دوباره پیوست کنید."
_SAME = "«{}» همان است که آن روز برقرار است؛ چیزی عوض نشده است."


def weigh_offices(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """Each item is the card of one office, whose id is the key; the municipality's own is none."""
    known, today = all_offices(session), day_of(at)
    codes: dict[str, str] = {}
    days: dict[str, date] = {}
    taken = _owners(session)
    for number, (item, fact) in enumerate(zip(items, found.facts, strict=True)):
        held = centre.reference.holding(session, Topic.OFFICE, max(item.day, today)).get(item.key)
        found.bases.append(held.version if held else "")
        read = _read(item)
        if read is None:
            found.hinder(number, _UNREAD)
            continue
        card, act = read
        for words in _act_faults(session, act, today) if act is not None else ():
            found.hinder(number, words)
        office = known.get(item.key)
        for words in _faults(item, card, office, taken, known):
            found.hinder(number, words)
        if codes.setdefault(card.code, item.key) != item.key:
            found.hinder(number, _TWICE.format(to_persian_digits(card.code)))
        if item.day <= days.get(item.key, date.min):
            found.hinder(number, _AGAIN.format(card.name))
        days[item.key] = item.day
        city = centre.reference.city(session, max(item.day, today))
        for words in card_faults(card, city.districts, city.bounds):
            found.hinder(number, words)
        if (marks := _marks(office, known, item.day)) and marks != (card.sample, card.training):
            found.hinder(number, _MARKED)
        if office is not None:
            for words in _conversion_faults(session, centre, office, card, item.day):
                found.hinder(number, words)
        first = today if office is None else today + timedelta(days=1)
        demand_day(found, number, card.name, item.day, first)
        old = office.on(item.day) if office is not None else None
        if card == old:
            found.hinder(number, _SAME.format(card.name))
        lines = list(card_lines(old, card))
        if act is not None:
            lines.append(f"سند این تغییر: {act.words}.")
        found.changes.append(change(item, fact, card.name, old.name if old else "", held, lines))


def settle_offices(session: Session, facts: Sequence[Published]) -> None:
    """The terms of the offices of what was just signed. Raises Refusal, for all of it."""
    known = all_offices(session)
    for fact in facts:
        card = read_card(fact.text, fact.key)
        if fact.key in known:
            add_term(session, card, fact.effective_from)
        else:
            people.open_office(session, card, fact.effective_from)


def _read(item: ItemBody) -> tuple[OfficeCard, Act | None] | None:
    try:
        return read_card(item.text, item.key), read_act(item.text)
    except ValidationError:
        return None


def _act_faults(session: Session, act: Act, today: date) -> Iterator[str]:
    yield from act.faults(today, scanned=False)
    _, character = undrawable_in(act)
    if character:
        yield unprintable_words(character)
    if act.scan and not is_announced(session, act.scan):
        yield _UNSENT


def _conversion_faults(
    session: Session, centre: Centre, office: Office, card: OfficeCard, day: date
) -> Iterator[str]:
    """What the path lacks, where the card makes a پیشخوان of a کارگزاری; nobody goes back."""
    old = office.on(day).kind
    if old is not None and card.kind is None:
        # Of no kind it could become any, past the path of a conversion.
        yield _NO_KIND
    if old is OfficeKind.COUNTER and card.kind is OfficeKind.AGENCY:
        yield _BACK
    if not converts(office.on(day), card):
        return
    if converted := converted_on(office):
        yield CONVERTED.format(format_jalali(converted))
    if not card.licence or not card.licensed(day):
        yield _LICENCE
    yield from (words for _, words in lacking(session, centre, office.office_id, day))


def _marks(
    office: Office | None, known: Mapping[str, Office], day: date
) -> tuple[bool, bool] | None:
    """Whether an office's papers say «نمونه», and that they are for training: as they did, or as
    the municipality's do that opens it."""
    own = office or known.get(MUNICIPALITY)
    return (own.on(day).sample, own.on(day).training) if own is not None else None


def _owners(session: Session) -> dict[str, str]:
    """By code, the id of the office that has or had it."""
    return {row.code: row.office_id for row in session.scalars(select(OfficeCodeRow))}


def _faults(
    item: ItemBody,
    card: OfficeCard,
    office: Office | None,
    taken: dict[str, str],
    known: dict[str, Office],
) -> Iterator[str]:
    if item.key == MUNICIPALITY or (office is None and not _ID.fullmatch(item.key)):
        yield _NO_OFFICE
    owner = taken.get(card.code, item.key)
    if owner != item.key:
        name = known[owner].on(item.day).name if owner in known else owner
        yield _TAKEN.format(to_persian_digits(card.code), name)
    if office is not None and item.day <= (last := office.cards[-1][0]):
        yield _AFTER.format(format_jalali(last))
