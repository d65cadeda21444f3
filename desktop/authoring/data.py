"""The municipality's data as sheets: shown, and prepared to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.actions import publishing
from desktop.actions.desk import Desk, Seat
from desktop.actions.municipal_data import read_data, rows_of
from desktop.authoring.publishing import prepare_draft
from desktop.domain.calendar import iso_jalali
from desktop.domain.city_places import PlaceKind
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.limits import Limit
from desktop.domain.objection import Ground
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.record_words import WordColumn
from desktop.domain.signer import Signed
from desktop.domain.step import Step
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedBody, DatedPlace, DatedWord
from desktop.forms.dated.base import digest
from desktop.forms.dated.blackouts import blackout_about
from desktop.forms.dated.bounds import THE_CITY
from desktop.forms.dated.half_days import HALF_WORDS
from desktop.forms.sheets import SHEETS, CalendarSheet, sheet_of

_NOTHING = "چیزی عوض نشد: همه همان است که برقرار است."
_NAMED: Mapping[Topic, Iterable[Ground | Limit | Signed]] = {
    Topic.OBJECTION: Ground,
    Topic.LIMIT: Limit,
    Topic.SIGNER: Signed,
}
"""What is named by its word."""


def show_data(desk: Desk, on: date | None) -> Iterator[str]:
    """What holds on the day (today: None), sheet by sheet."""
    held = publishing.held(desk, on)
    for sheet in SHEETS.values():
        yield f"{sheet.title}:"
        for row in rows_of(sheet, held):
            yield "  " + " | ".join(to_persian_digits(cell) for cell in row if cell)


def prepare_data(
    seat: Seat, kind: str, path: Path, *, reason: str = "", overrule: bool = False
) -> Iterator[str]:
    """Prepare what a sheet changes, whole or not at all: what changes, then the id.

    A row without «از روز» stays as it is. Raises Refusal or Refusals with every fault by row.
    """
    read = read_data(seat.desk, kind, path)
    if not read.draft.items:
        yield _NOTHING
        return
    yield from prepare_draft(seat, read.draft, reason=reason, overrule=overrule, rows=read.rows)


def figure_of(kind: str, typed: str, day: date) -> tuple[Topic, str]:
    """The topic of a kind of sheet, and the key of the figure that a person names.

    A body is named by its name, a rate as `table[key]`, a word as `column:word`, a place as
    `kind:name`, a blackout as `title:year`, what is promised as `step` or `step:service`, a rule
    likewise, a half-day by its word, the bounds anyhow, the others by what stands in their first
    column. Raises Refusal for a kind whose rows are not withdrawn one by one.
    """
    sheet = sheet_of(kind)
    if isinstance(sheet, CalendarSheet):
        raise Refusal("تقویم پس گرفته نمی‌شود؛ برگهٔ دیگری منتشر کنید.")
    if sheet.topic is Topic.BODY:
        return sheet.topic, DatedBody(name=typed, listed=True, since=iso_jalali(day)).about
    if sheet.topic in _NAMED:
        named = (str(each) for each in _NAMED[sheet.topic] if fold(each.word) == fold(typed))
        return sheet.topic, next(named, typed)
    if sheet.topic is Topic.BOUNDS:
        return sheet.topic, THE_CITY
    if sheet.topic is Topic.HALF_DAY:
        halves = (str(half) for half, word in HALF_WORDS.items() if fold(word) == fold(typed))
        return sheet.topic, next(halves, typed)
    if sheet.topic is Topic.ENFORCEMENT:
        head, _, service = typed.partition(":")
        rule = next((str(r) for r in OfficeRule if fold(head) in (fold(r.word), fold(r))), head)
        return sheet.topic, ":".join(filter(None, (rule, service)))
    if sheet.topic is Topic.PROMISE:
        head, _, service = typed.partition(":")
        step = next((s for s in Step if fold(head) in (fold(s.word), fold(s))), None)
        return sheet.topic, ":".join(filter(None, (step or head, service)))
    if sheet.topic is Topic.PLACE:
        head, _, name = typed.partition(":")
        kind_of = next((k for k in PlaceKind if fold(head) in (fold(k.word), fold(k))), None)
        if kind_of is None or not name:
            raise Refusal("محله یا خیابان را مانند «محله:نعیم‌آباد» بنویسید.")
        since = iso_jalali(day)
        meant = DatedPlace(kind=kind_of, name=name, latitude="", longitude="", since=since)
        return sheet.topic, meant.about
    if sheet.topic in (Topic.CONSULTEE, Topic.REVIEW_REASON):
        return sheet.topic, digest(fold(typed))
    if sheet.topic is Topic.BLACKOUT:
        title, _, year = typed.rpartition(":")
        if not title or not year.isdecimal():
            raise Refusal("منع حفاری را مانند «محرم:1406» بنویسید.")
        return sheet.topic, blackout_about(title, int(year))
    if sheet.topic is Topic.WORD:
        head, _, word = typed.partition(":")
        column = next((c for c in WordColumn if fold(head) in (fold(c.word), fold(c))), None)
        if column is None or not word:
            columns = "، ".join(c.word for c in WordColumn)
            raise Refusal(f"واژه را مانند «نوع سند:قولنامه» بنویسید؛ ستون‌ها: {columns}.")
        since = iso_jalali(day)
        return sheet.topic, DatedWord(column=column, word=word, meaning="", since=since).about
    return sheet.topic, typed
