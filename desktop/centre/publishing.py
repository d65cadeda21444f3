"""What the municipality puts into force: prepared by one person, held by another's signature."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import (
    SIGNERS,
    another,
    demand,
    demand_reason,
)
from desktop.centre.context import Centre
from desktop.centre.minutes import minutes_told
from desktop.centre.office_letters import letters_told
from desktop.centre.people_published import (
    READ_OWN,
    demand_not_own,
    demand_weigher,
    preparers,
    reads_own_alone,
)
from desktop.centre.publication_tables import PublicationEndRow, PublicationItemRow, PublicationRow
from desktop.centre.publications import (
    SIGNED,
    WITHDRAWN,
    body_of,
    demand_own,
    draft_of,
    find,
    hold_published,
    items_of,
    waiting,
    waiting_for,
)
from desktop.centre.reference import latest
from desktop.centre.streams import lock_streams
from desktop.centre.tables import DeviceRow
from desktop.centre.weighed import Weighed, demand_none
from desktop.centre.weighing import weigh
from desktop.centre.weighing_offices import settle_offices
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.persian import fold
from desktop.domain.stream import CITY, Published, Topic
from desktop.wire.assent import Assent, Purpose, assented
from desktop.wire.canon import canon, content_hash
from desktop.wire.link import verifies
from desktop.wire.publishing import (
    DraftBody,
    PrepareAsk,
    PublicationBody,
    PublicationsAnswer,
    PublicationsAsk,
    SignAsk,
    WeighAnswer,
    WeighAsk,
)
from desktop.wire.services import (
    VersionState,
)


def weighed(
    session: Session, centre: Centre, device: DeviceRow, ask: WeighAsk, at: datetime
) -> WeighAnswer:
    """What the draft would change and what hinders it; nothing is kept. Raises Refusal."""
    demand_weigher(session, centre, device, ask.actor, ask.draft)
    return weigh(session, centre, ask.draft, at).answer(waiting_for(session, ask.draft))


def prepare(
    session: Session, centre: Centre, device: DeviceRow, ask: PrepareAsk, at: datetime
) -> PublicationBody:
    """Keep a draft with its first signature; it holds when another person has signed it too.

    The same call again answers with what is kept. Raises Refusal with all that hinders it: faults,
    a title that is replaced unasked, doubts that are not overruled with a reason.
    """
    seen = latest(session)
    draft, given = ask.draft, ask.assent
    roles = preparers(draft.topic)
    person = demand(session, centre, device, given, Purpose.PREPARE, draft.subject, roles)
    demand_not_own(session, draft, person)
    if (kept := _kept(session, draft, person)) is not None:
        return kept
    found = weigh(session, centre, draft, at)
    hold_published(session, seen)
    if (kept := _kept(session, draft, person)) is not None:
        return kept
    demand_none(found.hindrances)
    _demand_title(draft, found)
    _demand_overruled(draft, given, found)
    row = PublicationRow(
        publication_id=draft.publication,
        topic=draft.topic.value,
        replaces=draft.replaces,
        overruled=canon([each.model_dump() for each in draft.overruled]),
        told=found.told.encode().decode(),
        prepared_at=at,
        **_signature(person, given),
    )
    session.add(row)
    for number, (item, base) in enumerate(zip(draft.items, found.bases, strict=True)):
        session.add(
            PublicationItemRow(
                publication_id=draft.publication,
                number=number,
                key=item.key,
                effective_from=item.day,
                text=item.text,
                sha256=content_hash(item.text.encode()),
                base=base,
            )
        )
    session.flush()
    return body_of(session, row)


def _kept(session: Session, draft: DraftBody, person: Staff) -> PublicationBody | None:
    """What is kept under its id. Raises Refusal for another draft's, or another person's."""
    row = session.get(PublicationRow, draft.publication)
    if row is None:
        return None
    if (row.actor, draft_of(session, row).subject) != (person.staff_id, draft.subject):
        raise Refusal("این شناسه از آنِ انتشار دیگری است؛ دوباره آماده کنید.")
    return body_of(session, row)


def sign(
    session: Session, centre: Centre, device: DeviceRow, ask: SignAsk, at: datetime
) -> PublicationBody:
    """Another person's signature: what was prepared is published, if it still may be.

    Raises Refusal for the preparer's own, for a text that is not the one signed first, for a day
    that has come, for data that changed since, and for what the checks find now.
    """
    seen = latest(session)
    row = waiting(session, ask.publication)
    draft = draft_of(session, row)
    person = another(
        session,
        centre,
        device,
        ask.assent,
        Purpose.SIGN,
        body_of(session, row).subject,
        SIGNERS,
        first=row.actor,
        key=row.key,
    )
    demand_not_own(session, draft, person)
    found = weigh(session, centre, draft, at)
    hold_published(session, seen)
    # It may have been taken back meanwhile.
    waiting(session, ask.publication)
    stale = _stale(session, centre, row, draft, found)
    if stale:
        raise Refusal(stale)
    told = [*found.back, *found.facts]
    if draft.topic is Topic.OFFICE:
        told += minutes_told(session, centre, found.facts, prepared=row, second=person, at=at)
        settle_offices(session, found.facts)
    _end(session, row, SIGNED, person, ask.assent, at)
    people.tell(session, [*told, *_letters(session, centre, row, found, person, at)], person, at)
    return body_of(session, row)


def _letters(
    session: Session,
    centre: Centre,
    row: PublicationRow,
    found: Weighed,
    person: Staff,
    at: datetime,
) -> list[Published]:
    """What is written to the offices with it: delegations and their ends alone have letters."""
    if row.topic != Topic.DELEGATION.value:
        return []
    return letters_told(
        session,
        centre,
        found.facts,
        named=row.publication_id,
        prepared=row.name,
        second=person,
        at=at,
    )


def decline(
    session: Session, centre: Centre, device: DeviceRow, ask: SignAsk, at: datetime
) -> PublicationBody:
    """Take back what waits for its second signature; the preparer or a signer may, with a reason.

    Raises Refusal.
    """
    lock_streams(session, [CITY])
    row = waiting(session, ask.publication)
    roles = tuple(dict.fromkeys((*preparers(Topic(row.topic)), *SIGNERS)))
    subject = body_of(session, row).subject
    person = demand(session, centre, device, ask.assent, Purpose.WITHDRAW, subject, roles)
    demand_not_own(session, body_of(session, row).draft, person)
    demand_own(row, person.staff_id, alone=person.role in READ_OWN)
    demand_reason(ask.assent)
    _end(session, row, WITHDRAWN, person, ask.assent, at)
    return body_of(session, row)


def publications(
    session: Session, centre: Centre, device: DeviceRow, ask: PublicationsAsk, at: datetime
) -> PublicationsAnswer:
    """What waits for its second signature, each held against today's data; or the one asked for.

    Raises Refusal for an id that nobody has.
    """
    alone = reads_own_alone(session, centre, device, ask.actor)
    if ask.publication:
        rows = [find(session, ask.publication)]
        demand_own(rows[0], ask.actor, alone=alone)
    else:
        ended = exists().where(PublicationEndRow.publication_id == PublicationRow.publication_id)
        query = select(PublicationRow).where(~ended).order_by(PublicationRow.prepared_at)
        rows = [row for row in session.scalars(query) if not alone or row.actor == ask.actor]
    found = []
    for row in rows:
        body = body_of(session, row)
        if body.state is VersionState.WAITING:
            weighed_now = weigh(session, centre, body.draft, at)
            stale = _stale(session, centre, row, body.draft, weighed_now)
            body = body.model_copy(update={"stale": stale})
        found.append(body)
    return PublicationsAnswer(publications=found)


def _signature(person: Staff, given: Assent) -> dict[str, Any]:
    return {
        "actor": person.staff_id,
        "name": person.signed,
        "key": person.key,
        "reason": given.reason,
        "at": given.at,
        "signature": given.signature,
    }


def _end(
    session: Session, row: PublicationRow, state: str, person: Staff, given: Assent, at: datetime
) -> None:
    session.add(
        PublicationEndRow(
            publication_id=row.publication_id,
            state=state,
            ended_at=at,
            **_signature(person, given),
        )
    )
    session.flush()


def _demand_title(draft: DraftBody, found: Weighed) -> None:
    """Another title is replaced knowingly, and no title is named that is not there."""
    if fold(draft.replaces) != fold(found.title):
        raise Refusal(found.question or f"این کد از آنِ «{draft.replaces}» نیست؛ نامی نبرید.")


def _demand_overruled(draft: DraftBody, given: Assent, found: Weighed) -> None:
    doubts = [(doubt.mark, doubt.words) for doubt in found.doubts]
    named = [(each.mark, each.words) for each in draft.overruled]
    left = [words for mark, words in doubts if (mark, words) not in named]
    if left:
        raise Refusal(f"نگه داشته شد: {' '.join(left)} درست کنید، یا با نوشتن دلیل از آن بگذرید.")
    if len(named) != len(doubts):
        raise Refusal("از هشداری گذشته‌اید که دیگر نیست؛ دوباره ببینید و آماده کنید.")
    if doubts:
        demand_reason(given)


def _stale(
    session: Session, centre: Centre, row: PublicationRow, draft: DraftBody, found: Weighed
) -> str:
    """Why it can't be signed any more; empty while it can."""
    own = centre.identity.centre
    said = assented(own, Purpose.PREPARE, draft.subject, row.actor, row.reason, row.at)
    if not verifies(row.key, row.signature, said):
        return "متن آن همان نیست که نخست امضا شد؛ منتشر نمی‌شود. با راهبر سامانه تماس بگیرید."
    bases = [item.base for item in items_of(session, row.publication_id)]
    if len(found.bases) == len(bases) and found.bases != bases:
        return "پس از آماده کردن، آنچه جایش را می‌گیرد تغییر کرده است؛ دوباره آماده کنید."
    if found.hindrances:
        return " ".join(each.words for each in found.hindrances)
    known = {each.mark for each in draft.overruled}
    fresh = [doubt.words for doubt in found.doubts if doubt.mark not in known]
    return f"هشدار تازه‌ای هست؛ دوباره آماده کنید. {' '.join(fresh)}" if fresh else ""
