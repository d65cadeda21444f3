"""Inspectors' rounds put forward: who goes where from a day on, and which visits lose theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from pydantic import ValidationError
from sqlalchemy.orm import Session

from desktop.centre import visits
from desktop.centre.context import Centre, day_of
from desktop.centre.rostering import inspectors
from desktop.centre.sanity import Doubt
from desktop.centre.weighed import Weighed, change, demand_day
from desktop.domain.calendar import iso_jalali
from desktop.domain.city import City
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.rearranging import displaced
from desktop.domain.rota import Rota
from desktop.domain.stream import Topic
from desktop.forms.rota import RoundsPart
from desktop.forms.rota_sheet import MOST_VISITS, rounds_lines
from desktop.wire.publishing import ItemBody

_UNREAD = "برنامهٔ این مأمور خوانده نمی‌شود؛ دوباره آماده کنید."
_NO_INSPECTOR = "مأمور بازدیدی با این شناسه ثبت نشده است."
_NO_DISTRICT = "«{}»: منطقهٔ {} از منطقه‌های شهر نیست."
_TOO_MANY = f"«{{}}»: بیش از {MOST_VISITS} بازدید در نیم‌روز نمی‌شود."
_SAME = "«{}» همان است که آن روز برقرار است؛ چیزی عوض نشده است."
_LOST = "{} بازدید مأمور خود را از دست می‌دهد؛ پس از امضای دوم، برنامه‌ریز آن را جابه‌جا می‌کند."
_NOBODY = "از {} کسی به منطقهٔ {} نمی‌رود و نوبتی برای آن داده نمی‌شود."
_TIMES = 2
"""More than so many times the visits that the figures say for a half-day are doubted."""
_MANY = "«{}»: {} بازدید در نیم‌روز بیش از دو برابر معمول ({}) است."


def weigh_rounds(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """Each item is an inspector's rounds, his id the key; they hold from tomorrow on."""
    today, names = day_of(at), inspectors(session)
    now = centre.reference.planned(session, today)
    then = now
    for number, (item, fact) in enumerate(zip(items, found.facts, strict=True)):
        looked = max(item.day, today)
        held = centre.reference.holding(session, Topic.ROTA, looked).get(item.key)
        found.bases.append(held.version if held else "")
        rounds, name = _read(item.text), names.get(item.key)
        if rounds is None or name is None:
            found.hinder(number, _UNREAD if rounds is None else _NO_INSPECTOR)
            continue
        title, city = f"برنامهٔ {name}", centre.reference.city(session, looked)
        demand_day(found, number, title, item.day, today + timedelta(days=1))
        for words in _faults(name, rounds, city):
            found.hinder(number, words)
        old = _read(held.text) if held else None
        lines = list(rounds_lines(old, rounds, city.visits_per_half_day, city.halves))
        if not lines:
            found.hinder(number, _SAME.format(title))
        replaces = title if old is not None else ""
        found.changes.append(change(item, fact, title, replaces, held, lines))
        if rounds.visits > _TIMES * city.visits_per_half_day:
            words = _MANY.format(name, rounds.visits, city.visits_per_half_day)
            found.doubts.append(Doubt(f"visits:{item.key}", to_persian_digits(words)))
        if item.day > today:
            then = then.with_rounds(rounds.value(item.key, city), item.day)
    city = centre.reference.city(session, today)
    for day in sorted({item.day for item in items if item.day > today}):
        found.doubts += _deserted(now, then, city, day)
    booked = visits.booked_from(session, today)
    lost = len(displaced(booked, then, today)) - len(displaced(booked, now, today))
    if lost > 0:
        found.effects.append(to_persian_digits(_LOST.format(lost)))


def _read(text: str) -> RoundsPart | None:
    try:
        return RoundsPart.model_validate_json(text)
    except ValidationError:
        return None


def _faults(name: str, rounds: RoundsPart, city: City) -> Iterator[str]:
    strange = [str(each) for each in sorted(rounds.districts) if each not in city.districts]
    if strange:
        yield to_persian_digits(_NO_DISTRICT.format(name, join_and(strange)))
    if rounds.visits > MOST_VISITS:
        yield to_persian_digits(_TOO_MANY.format(name))


def _deserted(now: Rota, then: Rota, city: City, day: date) -> Iterator[Doubt]:
    """The districts to which somebody goes as things stand, and nobody any more."""
    for district in city.districts:
        if now.on(day).sends_to(district) and not then.on(day).sends_to(district):
            words = _NOBODY.format(iso_jalali(day), district)
            yield Doubt(f"nobody:{district}:{day}", to_persian_digits(words))
