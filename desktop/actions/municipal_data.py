"""The municipality's data, kind by kind: what holds and is to come, what was said, its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from desktop.actions import offices, publishing
from desktop.actions.desk import Desk, Seat
from desktop.actions.publishing import Held
from desktop.domain.calendar import TEHRAN, end_of_year, from_jalali, iso_jalali, jalali
from desktop.domain.group_hours import special_by_day
from desktop.domain.hours import Span
from desktop.domain.persian import fold, join_and, to_persian_digits
from desktop.domain.stream import Topic
from desktop.forms.dated import DATED, Dated, DatedRate, Services
from desktop.forms.holidays import Holiday, holiday_changes, read_holidays
from desktop.forms.rate_words import rate_title, rate_words
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.forms.sheets import SHEETS, CalendarSheet, FiguresSheet, sheet_of
from desktop.store import meta, published
from desktop.wire import calls
from desktop.wire.publishing import MOST_TEXTS, DraftBody, PublicationBody, PublishedByAsk

_DAYS_TOLD = 4  # of one saying; a whole year's calendar is read where it is prepared


@dataclass(frozen=True)
class Figure:
    """One figure as a row of its sheet, without the column of the day.

    `since` is the day from which it was published, None for one that came with the program; one
    that is `coming` does not hold yet.
    """

    item: Dated
    cells: tuple[str, ...]
    since: date | None
    coming: bool

    @property
    def key(self) -> str:
        """One of a list, told from the same figure of another day."""
        return f"{self.item.about} {self.item.since}" if self.coming else self.item.about

    def speaks_of(self, words: list[str]) -> bool:
        """Whether all these folded words stand in it."""
        told = fold(" ".join(self.cells))
        return all(word in told for word in words)


@dataclass(frozen=True)
class KindLook:
    """A kind of data as this desk has heard it; `figures` begin with those to come, by their day.

    Of the calendar there are no figures but `holidays`, and `special`: by day the offices (ids)
    that have hours of their own then; `codes` are theirs. `named` tells in Persian what a key of
    the program means in a cell. `heard` is when the centre was last heard (UTC), `note` what of the
    kind is still to be said, and what until then; empty where it is whole.
    """

    kind: str
    today: date
    figures: tuple[Figure, ...]
    services: Services
    holidays: Mapping[date, Holiday]
    heard: datetime | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    special: Mapping[date, Mapping[str, Sequence[Span]]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    def title_of(self, item: Dated) -> str:
        """What a figure is called on screen: a rate by its table and answer, in words."""
        if isinstance(item, DatedRate):
            return rate_title(item, self.named)
        return item.named(self.services)


@dataclass(frozen=True)
class SaidFigure:
    """What was said of a figure once: for which day, in words, who put it into force and when.

    `sha256` is of its text. Who prepared it and with which reason the centre knows (`with_acts`).
    """

    day: date
    words: str
    by: str
    on: date
    sha256: str = ""
    prepared: str = ""
    reason: str = ""


def look(desk: Desk, kind: str) -> KindLook:
    """The kind as it stands. Raises Refusal for an unknown kind and before the first sync."""
    sheet, held = sheet_of(kind), publishing.held(desk)
    with desk.store.reading() as session:
        heard = meta.get(session).last_heard
        if isinstance(sheet, CalendarSheet):
            cards = offices.by_day(offices.said(session))
            return KindLook(
                kind, held.day, (), held.services, held.holidays, heard,
                special=special_by_day(cards),
                codes={of: own[max(own)].code for of, own in cards.items()},
            )  # fmt: skip
        said = published.in_force(session, sheet.topic, held.day)
        later = published.coming(session, sheet.topic, held.day)
    # Of one day the last that was said is the one that will hold.
    last = {(each.key, each.effective_from): each for each in later}
    coming = [_coming(desk, sheet, each) for each in last.values()]
    holding = [
        _figure(
            sheet,
            item,
            held.services,
            said[item.about].effective_from if item.about in said else None,
        )
        for item in DATED[sheet.topic].in_place(held.city, held.services, iso_jalali(held.day))
    ]
    figures = (*coming, *holding)
    rates = [each.item for each in figures if isinstance(each.item, DatedRate)]
    named = rate_words(held.city, held.services, rates)
    note = _untold_digging(held) if sheet.topic is Topic.BLACKOUT else ""
    return KindLook(kind, held.day, figures, held.services, held.holidays, heard, named, note)


def _untold_digging(held: Held) -> str:
    """Of this year and the next the first whose blackouts are not all said, and which they are."""
    calendar, year = held.city.calendar, jalali(held.day)[0]
    for each in (year, year + 1):
        first = from_jalali(each, 1, 1)
        if not calendar.tells_digging(first, end_of_year(first)):
            missing = [f"«{title}»" for title in calendar.untold_blackouts(each)]
            which = f" ({join_and(missing)})" if missing else ""
            return to_persian_digits(
                f"روزهای منع حفاری سال {each} هنوز گفته نشده است{which}؛ تا گفته نشود، درخواست"
                " حفاری آن سال نزد کارشناس می‌رود."
            )
    return ""


def _coming(desk: Desk, sheet: FiguresSheet, said: published.Item) -> Figure:
    item = DATED[sheet.topic].model_validate_json(said.text)
    services = publishing.held(desk, said.effective_from).services
    return _figure(sheet, item, services, said.effective_from, coming=True)


def _figure(
    sheet: FiguresSheet,
    item: Dated,
    services: Services,
    since: date | None,
    *,
    coming: bool = False,
) -> Figure:
    return Figure(item, sheet.cells(item, services), since, coming)


def history(desk: Desk, kind: str, key: str) -> list[SaidFigure]:
    """All that was said of a figure and not taken back, the latest first.

    The key of the calendar is `HOLIDAYS_KEY`: of it is told which days each saying changed.
    """
    sheet = sheet_of(kind)
    topic = Topic.HOLIDAYS if isinstance(sheet, CalendarSheet) else sheet.topic
    with desk.store.reading() as session:
        said = published.said(session, topic, [key])
    texts = [each.item.text for each in said]
    words = (
        [DATED[topic].model_validate_json(text).words for text in texts]
        if topic in DATED
        else _changed_days(texts)
    )
    found = [
        SaidFigure(
            each.item.effective_from,
            told,
            each.by,
            each.at.astimezone(TEHRAN).date(),
            each.item.sha256,
        )
        for each, told in zip(said, words, strict=True)
    ]
    # Of one day what was said last holds, and stands before the others.
    return sorted(reversed(found), key=lambda each: each.day, reverse=True)


def _changed_days(calendars: Sequence[str]) -> list[str]:
    """Of each calendar, in the order of saying, what it changed of the one before; nothing of the
    first, which came with the program."""
    days = [read_holidays(text) for text in calendars]
    found = [""]
    for old, new in pairwise(days):
        lines = list(holiday_changes(old, new))
        rest = [f"و {len(lines) - _DAYS_TOLD} روز دیگر."] if len(lines) > _DAYS_TOLD else []
        found.append(to_persian_digits(" ".join(lines[:_DAYS_TOLD] + rest)))
    return found[: len(days)]


def with_acts(seat: Seat, kind: str, said: Sequence[SaidFigure]) -> list[SaidFigure]:
    """The same with who prepared each and why. Raises LineDown, Refusal."""
    sheet = sheet_of(kind)
    topic = Topic.HOLIDAYS if isinstance(sheet, CalendarSheet) else sheet.topic
    texts = list(dict.fromkeys(each.sha256 for each in said))[:MOST_TEXTS]
    ask = PublishedByAsk(actor=seat.staff.staff_id, topic=topic, texts=texts)
    put = {(one.sha256, one.day): one for one in seat.desk.ask(calls.PUBLISHED_BY, ask).put}
    found = []
    for each in said:
        act = put.get((each.sha256, each.day))
        known = replace(each, prepared=act.prepared, reason=act.reason) if act else each
        found.append(known)
    return found


@dataclass(frozen=True)
class Asked:
    """What waits of these data for a second signature, as the centre told at the moment (UTC)."""

    waiting: tuple[PublicationBody, ...]
    at: datetime


_TOPICS = (*DATED, Topic.HOLIDAYS)


def ask(seat: Seat) -> Asked:
    """What waits for a signature. Raises LineDown, and Refusal for who neither prepares nor
    signs."""
    found = publishing.waiting(seat)
    waiting = tuple(each for each in found if each.draft.topic in _TOPICS)
    return Asked(waiting, seat.desk.clock.now())


def kind_of(topic: Topic) -> str:
    """The kind of sheet of a topic; empty for a topic that has none."""
    if topic is Topic.HOLIDAYS:
        return "calendar"
    found = (k for k, of in SHEETS.items() if isinstance(of, FiguresSheet) and of.topic is topic)
    return next(found, "")


# Sheets.


def rows_of(sheet: FiguresSheet | CalendarSheet, held: Held) -> Iterator[tuple[str, ...]]:
    """What holds, as rows of the sheet."""
    if isinstance(sheet, CalendarSheet):
        return sheet.rows(held.holidays)
    return sheet.rows(held.city, held.services, held.day)


def write_data(desk: Desk, kind: str, path: Path) -> None:
    """Write what holds today as a workbook to fill in.

    Raises Refusal for an unknown kind, and for a file that is there.
    """
    sheet = sheet_of(kind)
    write_sheet(path, sheet.title, sheet.columns, rows_of(sheet, publishing.held(desk)))


@dataclass(frozen=True)
class SheetDraft:
    """A sheet made ready to be signed; `rows` are its texts' rows, where each has one. `notes` say
    in sentences what of what holds the sheet does not touch."""

    draft: DraftBody
    rows: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def read_data(desk: Desk, kind: str, path: Path) -> SheetDraft:
    """What a sheet changes; a row without «از روز» stays as it is, what holds already is left out.

    Raises Refusal, or Refusals with every fault by row.
    """
    sheet = sheet_of(kind)
    rows = read_sheet(path, sheet.columns)
    held = publishing.held(desk)
    if isinstance(sheet, CalendarSheet):
        days = sheet.days(rows)
        notes = tuple(_left_out(held, days))
        return SheetDraft(publishing.calendar_draft(desk, days), notes=notes)
    numbered = sheet.items(rows, held.city, held.services, held.day)
    draft = publishing.figures_draft(desk, sheet.topic, [item for _, item in numbered])
    # What holds already was left out; the others stand in the order of their rows.
    left = iter(numbered)
    places = [
        next(row for row, item in left if (item.about, item.day) == (body.key, body.day))
        for body in draft.items
    ]
    return SheetDraft(draft, tuple(places))


def _left_out(held: Held, days: Mapping[date, Holiday]) -> Iterator[str]:
    """A year of which the sheet has no row stays: perhaps it was never meant."""
    this = jalali(held.day)[0]
    years = {jalali(day)[0] for day in held.holidays} - {jalali(day)[0] for day in days}
    for year in sorted(year for year in years if year >= this):
        yield to_persian_digits(
            f"از سال {year} روزی در برگه نیست؛ تعطیلات آن همان می‌ماند. اگر باید برداشته شود، هر روز"
            " آن را در تقویم «روز کاری» کنید."
        )
