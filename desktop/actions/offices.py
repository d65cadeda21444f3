"""The registry of offices: cards as this desk knows them, put forward one by one or by a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from desktop.actions.desk import Desk
from desktop.chance import new_id
from desktop.domain.act import Act
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.stream import Topic
from desktop.forms.office_sheet import (
    COLUMNS,
    SPECIAL,
    TITLE,
    OfficeRow,
    cells_of,
    read_offices,
)
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.store import published
from desktop.store.open import Session
from desktop.wire.cards import card_text, read_act, read_card
from desktop.wire.publishing import DraftBody, ItemBody


@dataclass(frozen=True)
class OfficesRead:
    """A sheet of offices as it would be taken: new ones, changed ones, those that are as they are.

    `faults` tell of the rows left out; while two rows `fight` for one code nothing is taken.
    """

    new: tuple[OfficeRow, ...]
    changed: tuple[OfficeRow, ...]
    same: int
    faults: tuple[Refusal, ...]
    fight: bool

    @property
    def rows(self) -> tuple[OfficeRow, ...]:
        """The rows that can be taken, by their numbers."""
        return tuple(sorted((*self.new, *self.changed), key=lambda row: row.number))


def offices(desk: Desk, day: date | None = None) -> dict[str, OfficeCard]:
    """By id, the city's offices on the day (today: None) as this desk has heard."""
    with desk.store.reading() as session:
        cards = desk.reference.cards(session, day or desk.today(session))
    return {of: card for of, card in cards.items() if of != MUNICIPALITY}


class SaidCard(NamedTuple):
    """A card of an office, by its id, and the day from which it holds."""

    office: str
    since: date
    card: OfficeCard


def said(session: Session) -> list[SaidCard]:
    """All that was said of the city's offices and not withdrawn, in the order of saying."""
    return [
        SaidCard(item.key, item.effective_from, read_card(item.text, item.key))
        for item in published.all_told(session, Topic.OFFICE)
        if item.key != MUNICIPALITY
    ]


def by_day(cards: Iterable[SaidCard]) -> dict[str, dict[date, OfficeCard]]:
    """By id and day, the card that holds from it: of two for one day the later said."""
    found: dict[str, dict[date, OfficeCard]] = {}
    for office, since, card in cards:
        found.setdefault(office, {})[since] = card
    return found


def office_draft(cards: Sequence[tuple[OfficeCard, date]], act: Act | None = None) -> DraftBody:
    """Cards, each from its day on, made ready to be signed; one without an id is a new office.

    `act` is what all of them rest on, where something is named.
    """
    items = []
    for card, since in cards:
        office_id = card.office_id or new_office_id()
        items.append(ItemBody(key=office_id, day=since, text=card_text(card, act)))
    return DraftBody(publication=new_id(), topic=Topic.OFFICE, items=items)


def scans_of(draft: DraftBody) -> tuple[str, ...]:
    """The scans (sha256) of what cards rest on; none of any other draft."""
    if draft.topic is not Topic.OFFICE:
        return ()
    acts = (read_act(item.text) for item in draft.items)
    return tuple(dict.fromkeys(act.scan for act in acts if act is not None and act.scan))


def new_office_id() -> str:
    """An id for an office that is to be opened."""
    return new_id().replace("-", "")


def of_the_city(card: OfficeCard, municipality: OfficeCard | None) -> OfficeCard:
    """The card of a new office: whose own papers say «نمونه», or that they are none, opens offices
    whose papers say so too."""
    if municipality is None:
        return card
    return replace(card, sample=municipality.sample, training=municipality.training)


def write_offices(desk: Desk, path: Path) -> None:
    """Write the offices of today as a workbook to fill in. Raises Refusal."""
    cards = sorted(offices(desk).values(), key=lambda card: card.code)
    with desk.store.reading() as session:
        calendar = desk.reference.city(session, desk.today(session)).calendar
    write_sheet(path, TITLE, COLUMNS, [cells_of(card, calendar) for card in cards])


def read_office_sheet(desk: Desk, path: Path) -> OfficesRead:
    """What a sheet of offices says, held against what is known; a row without a day is of tomorrow.

    A row that says what holds today, or what was signed for its own day, changes nothing.
    Raises Refusal for a file that is no such sheet.
    """
    rows = read_sheet(path, COLUMNS)
    with desk.store.reading() as session:
        today = desk.today(session)
        city = desk.reference.city(session, today)
        cards = desk.reference.cards(session, today)
        owners = desk.reference.owners(session)
        tomorrow = today + timedelta(days=1)
        read = read_offices(rows, city.districts, city.bounds, tomorrow, city.calendar, owners)
        signed = {day: desk.reference.cards(session, day) for day in {r.since for r in read.rows}}
    has_special = all(SPECIAL in row.cells for row in rows)
    new, changed, same = [], [], 0
    for row in read.rows:
        office_id = owners.get(row.card.code)
        if office_id is None:
            new.append(replace(row, card=of_the_city(row.card, cards.get(MUNICIPALITY))))
            continue
        of_days = (cards.get(office_id), signed[row.since].get(office_id))
        known = [each for each in of_days if each is not None]
        made = [_as_of(row.card, each, has_special=has_special) for each in known]
        if any(card == each for card, each in zip(made, known, strict=True)):
            same += 1
        else:
            # One that is to open on a later day has no card yet that the row could be as.
            card = made[-1] if made else replace(row.card, office_id=office_id)
            changed.append(replace(row, card=card))
    return OfficesRead(tuple(new), tuple(changed), same, read.faults, read.fight)


def _as_of(card: OfficeCard, old: OfficeCard, *, has_special: bool) -> OfficeCard:
    """A row's card with what no sheet says taken from the office's own."""
    card = replace(card, office_id=old.office_id, sample=old.sample, training=old.training)
    if not has_special and card.hours is not None and old.hours is not None:
        # Written before there was a column for them.
        card = replace(card, hours=replace(card.hours, special=old.hours.special))
    return card


def sheet_draft(read: OfficesRead) -> DraftBody:
    """All rows of a sheet that are right, made ready to be signed.

    Raises Refusal while two rows fight for one code.
    """
    if read.fight:
        raise Refusal("دو ردیف یک کد دارند و چیزی ثبت نمی‌شود؛ نخست برگه را اصلاح کنید.")
    return office_draft([(row.card, row.since) for row in read.rows])
