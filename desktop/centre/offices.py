"""The city's offices: each by its id for good, under a code and a kind that hold from a day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from desktop.centre.tables import OfficeCodeRow, OfficeRow, OfficeTermRow
from desktop.domain.errors import Refusal
from desktop.domain.office import Office, OfficeCard, OfficeKind, is_office_code
from desktop.sql.missing import make_missing
from desktop.wire.cards import card_text, read_card

_CODE = "کد دفتر از ۲ تا ۲۰ رقم لاتین است و چیز دیگری ندارد."
_TAKEN = "کد «{}» از آنِ دفتر دیگری است."
_ONLY = "این دفتر با همین روز باز شده است؛ گشایش آن پس گرفته نمی‌شود."
_AFTER = "از این روز یا پس از آن تغییر دیگری از این دفتر ثبت شده است."


def add_term(session: Session, card: OfficeCard, since: date) -> None:
    """The office of the card goes by its code, kind, name and authority from the day on.

    What it was called before stays its own: the code is nobody else's, ever. Raises Refusal.
    """
    locked = select(OfficeRow).where(OfficeRow.office_id == card.own_id).with_for_update()
    session.scalars(locked).one()
    own = select(OfficeTermRow).where(OfficeTermRow.office_id == card.own_id)
    last = session.scalars(own.order_by(OfficeTermRow.since.desc()).limit(1)).one()
    if since <= last.since:
        raise Refusal(_AFTER, field="since")
    take_code(session, card.code, card.own_id)
    last.until = since - timedelta(days=1)
    session.add(term_of(card, since))
    session.flush()


def drop_term(session: Session, office_id: str, since: date) -> None:
    """The office's last term, which was to begin that day, never does; the one before goes on.

    Its code stays the office's own. Raises Refusal where it is the office's only one.
    """
    own = select(OfficeTermRow).where(OfficeTermRow.office_id == office_id)
    rows = list(session.scalars(own.order_by(OfficeTermRow.since.desc()).limit(2)))
    if len(rows) < 2 or rows[0].since != since:
        raise Refusal(_ONLY)
    session.delete(rows[0])
    rows[1].until = None
    session.flush()


def demand_code(code: str) -> None:
    """Raise Refusal for a code that its papers could not bear."""
    if not is_office_code(code):
        raise Refusal(_CODE, field="code")


def take_code(session: Session, code: str, office_id: str) -> None:
    """Give the code to the office, for good. Raises Refusal where it is, or was, another's."""
    # Two offices may ask for one code at this moment: the first to be here has it.
    make_missing(session, OfficeCodeRow, {"code": code, "office_id": office_id})
    if session.get_one(OfficeCodeRow, code).office_id != office_id:
        raise Refusal(_TAKEN.format(code), field="code")


def term_of(card: OfficeCard, since: date) -> OfficeTermRow:
    """What the card says of the office from the day on."""
    return OfficeTermRow(
        office_id=card.own_id,
        since=since,
        until=None,
        code=card.code,
        kind=card.kind.value if card.kind else "",
        name=card.name,
        authority=card.authority,
        card=card_text(card),
    )


def id_of(session: Session, named: str) -> str:
    """The id of the office that somebody names by a code which it has or had, or by its id."""
    row = session.get(OfficeCodeRow, named)
    return named if row is None else row.office_id


def is_open(session: Session, office_id: str) -> bool:
    """Whether there is an office of that id."""
    own = OfficeRow.office_id == office_id
    return bool(session.scalar(select(exists().where(own))))


def office_with(session: Session, office_id: str) -> Office:
    """The office through its days. Raises LookupError for none."""
    found = _read(session, _TERMS.where(OfficeRow.office_id == office_id))
    if office_id not in found:
        raise LookupError(office_id)
    return found[office_id]


def all_offices(session: Session) -> dict[str, Office]:
    """By id, the offices of the city and the municipality's own."""
    return _read(session, _TERMS)


_TERMS = (
    select(OfficeRow, OfficeTermRow)
    .join(OfficeTermRow, OfficeTermRow.office_id == OfficeRow.office_id)
    .order_by(OfficeTermRow.office_id, OfficeTermRow.since)
)


def _read(session: Session, query: Select[OfficeRow, OfficeTermRow]) -> dict[str, Office]:
    cards: dict[str, list[tuple[date, OfficeCard]]] = {}
    for row, term in session.execute(query):
        cards.setdefault(row.office_id, []).append((term.since, card_of(row, term)))
    return {office_id: Office(office_id, tuple(own)) for office_id, own in cards.items()}


def card_of(row: OfficeRow, term: OfficeTermRow) -> OfficeCard:
    """The office as its term says."""
    if term.card:
        return read_card(term.card, row.office_id)
    return OfficeCard(
        code=term.code,
        name=term.name,
        address=row.address,
        phone=row.phone,
        postal_code=row.postal_code,
        district=row.district,
        authority=term.authority,
        sample=row.sample,
        kind=OfficeKind(term.kind) if term.kind else None,
        office_id=row.office_id,
    )
