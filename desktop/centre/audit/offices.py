"""Every office through its days, as its cards were published; its codes are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.offices import card_of
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import not_withdrawn
from desktop.centre.tables import OfficeCodeRow, OfficeRow, OfficeTermRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.office import OfficeCard
from desktop.domain.stream import Topic
from desktop.wire.cards import read_card

_OPENED = (
    "code", "name", "address", "phone", "postal_code", "district", "authority", "sample",
)  # fmt: skip


def offices(session: Session) -> Iterator[Discrepancy]:
    """Every office's terms beside its published cards, and its codes beside both."""
    rows = {row.office_id: row for row in session.scalars(select(OfficeRow))}
    terms: dict[str, list[OfficeTermRow]] = {}
    order = (OfficeTermRow.office_id, OfficeTermRow.since)
    for term in session.scalars(select(OfficeTermRow).order_by(*order)):
        terms.setdefault(term.office_id, []).append(term)
    cards, codes = _published(session)
    for office_id in sorted({*rows, *terms, *cards}):
        row, own = rows.get(office_id), terms.get(office_id, [])
        if row is None or not own:
            yield Discrepancy(Wrong.OFFICE, office_id, "it is told of, and a row of it is gone")
            continue
        yield from _terms(row, own, cards.get(office_id, {}))
        codes.setdefault(office_id, set()).update(each.code for each in own)
    kept = {each.code: each.office_id for each in session.scalars(select(OfficeCodeRow))}
    own_codes = {code: office_id for office_id, each in codes.items() for code in each}
    for code in sorted({*kept, *own_codes}):
        if kept.get(code) != own_codes.get(code):
            told = differing(kept.get(code), own_codes.get(code))
            yield Discrepancy(Wrong.OFFICE, f"code {code}", told)


def _published(
    session: Session,
) -> tuple[Mapping[str, dict[date, OfficeCard]], dict[str, set[str]]]:
    """By office, the cards that nobody took back by their days, and all codes there ever were."""
    cards: dict[str, dict[date, OfficeCard]] = {}
    codes: dict[str, set[str]] = {}
    asked = select(PublishedRow).where(PublishedRow.topic == Topic.OFFICE)
    stands = set(session.scalars(asked.where(not_withdrawn()).with_only_columns(PublishedRow.pos)))
    for row in session.scalars(asked.order_by(PublishedRow.pos)):
        card = read_card(row.text, row.key)
        codes.setdefault(row.key, set()).add(card.code)
        if row.pos in stands:
            cards.setdefault(row.key, {})[row.effective_from] = card
    return cards, codes


def _terms(
    row: OfficeRow, own: Sequence[OfficeTermRow], cards: Mapping[date, OfficeCard]
) -> Iterator[Discrepancy]:
    first = own[0]
    for name in _OPENED:
        opened = getattr(card_of(row, first), name)
        if getattr(row, name) != opened:
            told = differing(getattr(row, name), opened)
            yield Discrepancy(Wrong.OFFICE, row.office_id, f"{name}: {told}")
    ends = [*(each.since - timedelta(days=1) for each in own[1:]), None]
    for term, until in zip(own, ends, strict=True):
        where = f"{row.office_id} of {term.since}"
        if term.until != until:
            yield Discrepancy(Wrong.OFFICE, where, f"until: {differing(term.until, until)}")
        card = cards.get(term.since)
        if card is None and term is not first:
            yield Discrepancy(Wrong.OFFICE, where, "no card was published for that day")
        elif card is not None and card_of(row, term) != card:
            yield Discrepancy(Wrong.OFFICE, where, "its card was published otherwise")
    # Of the opening an earlier day is kept than the one on which all were told of it.
    told_first = min(cards, default=None)
    for day in sorted(cards.keys() - {each.since for each in own}):
        if day != told_first or day < first.since or cards[day] != card_of(row, _on(own, day)):
            where = f"{row.office_id} of {day}"
            yield Discrepancy(Wrong.OFFICE, where, "its card was published and no row has it")


def _on(own: Sequence[OfficeTermRow], day: date) -> OfficeTermRow:
    return [each for each in own if each.since <= day][-1]
