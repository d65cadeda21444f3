"""The municipality's data, kind by kind: what holds and is to come, what was said, its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from desktop.actions import publishing
from desktop.actions.desk import Desk, Seat
from desktop.actions.publishing import Held
from desktop.domain.calendar import TEHRAN, iso_jalali
from desktop.domain.persian import fold
from desktop.domain.stream import Topic
from desktop.forms.dated import DATED, Dated, DatedRate, Services
from desktop.forms.holidays import Holiday
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.forms.sheets import SHEETS, CalendarSheet, FiguresSheet, sheet_of
from desktop.store import meta, published
from desktop.wire.publishing import DraftBody, PublicationBody


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

    Of the calendar there are no figures but `holidays`. `named` tells in Persian what a key of the
    program means in a cell. `heard` is when the centre was last heard (UTC).
    """

    kind: str
    today: date
    figures: tuple[Figure, ...]
    services: Services
    holidays: Mapping[date, Holiday]
    heard: datetime | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    def title_of(self, item: Dated) -> str:
        """What a figure is called on screen: a rate by its table and answer, in words."""
        if isinstance(item, DatedRate):
            table, key = (self.named.get(each, each) for each in (item.table, item.key))
            return f"نرخ {table}: {key}"
        return item.named(self.services)


@dataclass(frozen=True)
class Said:
    """What was said of a figure once: for which day, in words, who put it into force and when."""

    day: date
    words: str
    by: str
    on: date


def look(desk: Desk, kind: str) -> KindLook:
    """The kind as it stands. Raises Refusal for an unknown kind and before the first sync."""
    sheet, held = sheet_of(kind), publishing.held(desk)
    with desk.store.reading() as session:
        heard = meta.get(session).last_heard
        if isinstance(sheet, CalendarSheet):
            return KindLook(kind, held.day, (), held.services, held.holidays, heard)
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
    named = _rate_words(held, figures) if sheet.topic is Topic.RATE else {}
    return KindLook(kind, held.day, figures, held.services, held.holidays, heard, named)


def _rate_words(held: Held, figures: Iterable[Figure]) -> dict[str, str]:
    """Tables of rates as their tariff is titled, keys as forms label the answer."""
    found = {
        choice.value: choice.label
        for service in held.services.values()
        for field_ in service.fields
        for choice in field_.choices
    }
    tariffs = held.city.tariffs
    words = {}
    for rate in (each.item for each in figures):
        if isinstance(rate, DatedRate):
            using = [t for t in tariffs.values() if rate.table in t.formula.names]
            own = tariffs.get(rate.table) or next(iter(using), None)
            if own is not None:
                words[rate.table] = own.title
            if rate.key in found:
                words[rate.key] = found[rate.key]
    return words


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


def history(desk: Desk, kind: str, key: str) -> list[Said]:
    """All that was said of a figure and not taken back, the latest day first.

    The key of the calendar is `HOLIDAYS_KEY`: of it only who said it and when is told.
    """
    sheet = sheet_of(kind)
    topic = Topic.HOLIDAYS if isinstance(sheet, CalendarSheet) else sheet.topic
    with desk.store.reading() as session:
        said = published.said(session, topic, [key])
    found = [
        Said(
            each.item.effective_from,
            DATED[topic].model_validate_json(each.item.text).words if topic in DATED else "",
            each.by,
            each.at.astimezone(TEHRAN).date(),
        )
        for each in said
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)


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
    """A sheet made ready to be signed; `rows` are its texts' rows, where each has one."""

    draft: DraftBody
    rows: tuple[int, ...] = ()


def read_data(desk: Desk, kind: str, path: Path) -> SheetDraft:
    """What a sheet changes; a row without «از روز» stays as it is, what holds already is left out.

    Raises Refusal, or Refusals with every fault by row.
    """
    sheet = sheet_of(kind)
    rows = read_sheet(path, sheet.columns)
    if isinstance(sheet, CalendarSheet):
        return SheetDraft(publishing.calendar_draft(desk, sheet.days(rows)))
    held = publishing.held(desk)
    numbered = sheet.items(rows, held.city, held.services, held.day)
    draft = publishing.figures_draft(desk, sheet.topic, [item for _, item in numbered])
    # What holds already was left out; the others stand in the order of their rows.
    left = iter(numbered)
    places = [
        next(row for row, item in left if (item.about, item.day) == (body.key, body.day))
        for body in draft.items
    ]
    return SheetDraft(draft, tuple(places))
