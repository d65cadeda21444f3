"""Figures held against their days: what they change, and whom they would leave stuck."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

from pydantic import ValidationError
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.outlook import Outlook, cases_under_way, days_to_come, new_disorders
from desktop.centre.sanity import doubts_of_figures, effects_on_examples
from desktop.centre.weighed import Weighed, change, demand_day, foreseen
from desktop.domain.calendar import format_long
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.letter import LetterKind
from desktop.domain.service import Service, Validity
from desktop.forms.dated import (
    DATED,
    Dated,
    DatedPromise,
    DatedRate,
    DatedRule,
    DatedTariff,
    DatedValidity,
)
from desktop.forms.faults import near
from desktop.forms.rate_words import figure_title
from desktop.wire.publishing import DraftBody


def weigh_figures(
    session: Session, centre: Centre, draft: DraftBody, at: datetime, found: Weighed
) -> None:
    """Hold figures of one topic, each with its day, against what holds on those days."""
    items = _read(draft, found)
    if len(items) != len(draft.items):
        return
    today = day_of(at)
    before = Outlook(session, centre)
    after = Outlook(session, centre, draft.topic, foreseen(found.facts))
    places: set[tuple[str, date]] = set()
    for number, (item, fact) in enumerate(zip(items, found.facts, strict=True)):
        day = max(item.day, today)
        city, services = before.city(day), before.services(day)
        named = figure_title(item, city, services)
        held = centre.reference.holding(session, draft.topic, day).get(item.about)
        found.bases.append(held.version if held else "")
        if (item.about, item.day) in places:
            words = f"«{named}» برای {format_long(item.day)} دو بار آمده است؛ یکی را بردارید."
            found.hinder(number, words)
        places.add((item.about, item.day))
        demand_day(found, number, named, item.day, today + timedelta(days=1))
        for words in _unknown(session, item, before, after, day, today):
            found.hinder(number, words)
        old = item.before(city, services)
        if old == item:
            found.hinder(number, f"«{named}» همان است که آن روز برقرار است؛ چیزی عوض نشده است.")
            continue
        lines = [f"از «{old.words}» به «{item.words}»."] if old else [f"«{item.words}»."]
        body = draft.items[number]
        replaces = figure_title(old, city, services) if old else ""
        found.changes.append(change(body, fact, named, replaces, held, lines))
    if found.hindrances:
        return
    days = sorted({item.day for item in items})
    running = {
        **cases_under_way(session, centre),
        **{(each.code, each.version): each for each in before.services(today).values()},
    }
    for words in new_disorders(before, after, days_to_come(session, days[0]), running):
        found.hinder(-1, words)
    if found.hindrances:
        return
    effects = effects_on_examples(before, after, days)
    found.doubts += doubts_of_figures(session, before, after, items)
    found.doubts += effects.doubt()
    found.effects += effects.shown()


def _read(draft: DraftBody, found: Weighed) -> list[Dated]:
    items = []
    for number, body in enumerate(draft.items):
        try:
            item = DATED[draft.topic].model_validate_json(body.text)
            if isinstance(item, DatedTariff):
                Formula(item.amount).names  # noqa: B018
        except (ValidationError, FormulaFault) as fault:
            words = str(fault) if isinstance(fault, FormulaFault) else "این داده خوانده نمی‌شود."
            found.hinder(number, f"«{body.key}»: {words}")
            continue
        if (item.about, item.day) != (body.key, body.day):
            found.hinder(number, f"«{body.key}»: کلید و روز همان نیست که امضا می‌شود.")
            continue
        items.append(item)
    return items


def _unknown(
    session: Session, item: Dated, before: Outlook, after: Outlook, day: date, today: date
) -> Iterator[str]:
    """What nobody may say anew, and keys that nobody has and nobody uses."""
    if item.fault:
        yield item.fault
        return
    city = before.city(day)
    services = {
        (each.code, each.version): each
        for on in (today, *days_to_come(session, day))
        for each in before.services(on).values()
    }.values()
    match item:
        case DatedTariff():
            used = {key for service in services for key in _tariffs_of(service)}
            if item.key not in city.tariffs and item.key not in used:
                known = sorted({*city.tariffs, *used})
                words = f"تعرفه‌ای با کلید «{item.key}» نیست و هیچ خدمتی آن را نمی‌خواهد"
                yield f"{words}{near(item.key, known)}؛ تعرفه‌ها: {'، '.join(known)}."
        case DatedRate():
            yield from _unknown_rate(item, after, day, services)
        case DatedValidity():
            yield from _period_faults(item, before.services(day))
        case DatedPromise() | DatedRule() if item.service not in {"", *before.services(day)}:
            yield _no_service(item.service, before.services(day))


def _tariffs_of(service: Service) -> set[str]:
    return {*service.fees.values(), *(key for use in service.gates for key in use.tariffs)}


def _unknown_rate(
    item: DatedRate, after: Outlook, day: date, services: Collection[Service]
) -> Iterator[str]:
    """A table that no tariff looks up, or a key that no answer of a form can be."""
    seen = after.city(day)
    formulas = {
        tariff.formula
        for city in (seen, *(seen.serving(service) for service in services))
        for tariff in city.tariffs.values()
        if item.table in tariff.formula.names
    }
    if not formulas:
        tables = "، ".join(sorted(seen.rates.keys() - {item.table}))
        yield f"هیچ تعرفه‌ای از جدول «{item.table}» نرخ نمی‌گیرد؛ جدول‌ها: {tables}."
        return
    names = {
        name for formula in formulas for table, name in formula.look_ups if table == item.table
    }
    asked = [f for service in services for f in service.fields if f.key in names]
    choices = {choice.value for each in asked for choice in each.choices}
    # By what a form lets one type, or the record says, any key may be asked for.
    known = len({each.key for each in asked if each.choices}) == len(names)
    quoted = any(f"[{mark}{item.key}{mark}]" in f.text for f in formulas for mark in "\"'")
    if known and item.key not in choices and not quoted:
        words = f"هیچ فرمی پاسخ «{item.key}» را ندارد، پس «{item.about}» هرگز به کار نمی‌آید"
        yield f"{words}{near(item.key, choices)}؛ پاسخ‌ها: {'، '.join(sorted(choices))}."


def _period_faults(item: DatedValidity, services: Mapping[str, Service]) -> Iterator[str]:
    service = services.get(item.service)
    if service is None:
        yield _no_service(item.service, services)
        return
    form = service.letters[LetterKind.ANSWER]
    if not form.months and form.validity is Validity.MONTHS:
        yield f"پاسخ «{service.title}» پایان ندارد و اعتباری بر آن نوشته نمی‌شود."
    elif form.spans:
        yield f"پایان پاسخ «{service.title}» با پاسخ‌های فرم فرق می‌کند و در پروندهٔ خدمت است."
    elif form.validity is Validity.ANSWER:
        yield f"پایان پاسخ «{service.title}» روزی است که در فرم می‌آید، نه ماه."


def _no_service(code: str, services: Mapping[str, Service]) -> str:
    return f"خدمتی با کد «{code}» نیست؛ خدمت‌ها: {'، '.join(sorted(services))}."
