"""Publications as they are kept: one by its id, those that wait, and how each is read."""

from __future__ import annotations

import json

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.centre.publication_tables import PublicationEndRow, PublicationItemRow, PublicationRow
from desktop.centre.reference import Latest, latest
from desktop.centre.streams import lock_streams
from desktop.domain.errors import Refusal
from desktop.domain.stream import CITY, Topic
from desktop.sql.faults import Outrun
from desktop.wire.publishing import (
    DraftBody,
    ItemBody,
    PublicationBody,
    SignatureBody,
    ToldBody,
    WarningBody,
)
from desktop.wire.services import (
    VersionState,
)

SIGNED, WITHDRAWN = "signed", "withdrawn"
_NONE = "چنین انتشاری نیست؛ شناسه را از فهرست آنچه در انتظار امضاست بردارید."
_ENDS = {
    SIGNED: "این انتشار پیش از این با امضای دوم منتشر شده است.",
    WITHDRAWN: "این انتشار پس گرفته شده است؛ دوباره آماده کنید.",
}


def hold_published(session: Session, weighed_by: Latest) -> None:
    """Lock the stream `city`, after what took long was weighed by what was published till then.

    Raises Outrun where something was published since: it is weighed anew.
    """
    lock_streams(session, [CITY])
    if latest(session) != weighed_by:
        raise Outrun(CITY)


def find(session: Session, publication_id: str) -> PublicationRow:
    """The publication. Raises Refusal for an id that nobody has."""
    row = session.get(PublicationRow, publication_id)
    if row is None:
        raise Refusal(_NONE)
    return row


def demand_own(row: PublicationRow, actor: str, *, alone: bool) -> None:
    """Raise Refusal, as for an id that nobody has, where who is told of his `alone` asks for
    another's."""
    if alone and row.actor != actor:
        raise Refusal(_NONE)


def waiting(session: Session, publication_id: str) -> PublicationRow:
    """The publication that waits. Raises Refusal for one that ended, or that nobody has."""
    row = find(session, publication_id)
    end = session.get(PublicationEndRow, publication_id)
    if end is not None:
        raise Refusal(_ENDS[end.state])
    return row


def waiting_for(session: Session, draft: DraftBody) -> list[str]:
    """The ids of publications of the same texts and days that wait."""
    ended = exists().where(PublicationEndRow.publication_id == PublicationRow.publication_id)
    places = {(item.key, item.day) for item in draft.items}
    rows = session.execute(
        select(
            PublicationItemRow.publication_id,
            PublicationItemRow.key,
            PublicationItemRow.effective_from,
        )
        .join(PublicationRow, PublicationRow.publication_id == PublicationItemRow.publication_id)
        .where(PublicationRow.topic == draft.topic.value, ~ended)
        .order_by(PublicationRow.prepared_at)
    )
    same = [ident for ident, key, day in rows if (key, day) in places]
    return [ident for ident in dict.fromkeys(same) if ident != draft.publication]


def waiting_keys(session: Session, topic: Topic) -> frozenset[str]:
    """Under which keys of the topic a text waits for its second signature."""
    ended = exists().where(PublicationEndRow.publication_id == PublicationRow.publication_id)
    same = PublicationItemRow.publication_id == PublicationRow.publication_id
    asked = select(PublicationItemRow.key).join(PublicationRow, same)
    return frozenset(session.scalars(asked.where(PublicationRow.topic == topic.value, ~ended)))


def items_of(session: Session, publication_id: str) -> list[PublicationItemRow]:
    """Its texts, in their order."""
    query = select(PublicationItemRow).where(PublicationItemRow.publication_id == publication_id)
    return list(session.scalars(query.order_by(PublicationItemRow.number)))


def draft_of(session: Session, row: PublicationRow) -> DraftBody:
    """Its draft, as it was put forward."""
    return DraftBody(
        publication=row.publication_id,
        topic=Topic(row.topic),
        items=[
            ItemBody(key=item.key, day=item.effective_from, text=item.text)
            for item in items_of(session, row.publication_id)
        ],
        replaces=row.replaces,
        overruled=[WarningBody.model_validate(each) for each in json.loads(row.overruled)],
    )


def body_of(session: Session, row: PublicationRow) -> PublicationBody:
    """The publication as it travels."""
    end = session.get(PublicationEndRow, row.publication_id)
    state = VersionState.WAITING
    if end is not None:
        state = VersionState.IN_FORCE if end.state == SIGNED else VersionState.WITHDRAWN
    return PublicationBody(
        draft=draft_of(session, row),
        told=ToldBody.model_validate_json(row.told),
        prepared=_signature_of(row),
        state=state,
        ended=None if end is None else _signature_of(end),
    )


def _signature_of(row: PublicationRow | PublicationEndRow) -> SignatureBody:
    return SignatureBody(
        actor=row.actor, name=row.name, reason=row.reason, at=row.at, signature=row.signature
    )
