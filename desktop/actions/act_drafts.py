"""What was typed into an act and not yet done: kept with its person, its desk and its case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.actions.desk import Seat
from desktop.store import drafts
from desktop.store.drafts import Draft
from desktop.store.open import Session

KIND = "act"
"""What these are kept as, among a person's other drafts."""
_APART = "/"


@dataclass(frozen=True)
class ActDraft:
    """What a person typed into the form of one act.

    `act` names the form, `about` what it is done to (a case by its id), `heading` and `of` are read
    in lists. `typed` is input → text as the input gives it, `words` input → label, `shown` input →
    what stood there in words. `rev` is the case's when it was typed, `focus` the input that had
    the keys. It is `sent` once it was done and until the centre has taken it.
    """

    act: str
    about: str
    heading: str
    typed: Mapping[str, str]
    of: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    rev: int = 0
    focus: str = ""
    sent: bool = False
    updated_at: datetime = datetime.min.replace(tzinfo=UTC)


def keep(seat: Seat, draft: ActDraft) -> None:
    """Keep it in place of what the person had typed into the same act before."""
    body = {
        "act": draft.act,
        "about": draft.about,
        "of": draft.of,
        "typed": dict(draft.typed),
        "words": dict(draft.words),
        "shown": dict(draft.shown),
        "rev": draft.rev,
        "focus": draft.focus,
        "sent": draft.sent,
    }
    text = json.dumps(body, ensure_ascii=False)

    def work(session: Session) -> None:
        owner, at = seat.staff.staff_id, seat.desk.moment(session)
        key = _key(owner, draft.about, draft.act)
        drafts.save(session, Draft(key, owner, KIND, draft.heading, text, at, at))

    seat.desk.store.write(work)


def drop(seat: Seat, about: str, act: str) -> None:
    """It was done, or is thrown away."""
    key = _key(seat.staff.staff_id, about, act)
    seat.desk.store.write(lambda session: drafts.delete_draft(session, key))


def of(seat: Seat, about: str) -> dict[str, ActDraft]:
    """Act → what this person has typed into it, of all acts on one thing."""
    owner = seat.staff.staff_id
    with seat.desk.store.reading() as session:
        found = drafts.begun_with(session, owner, _key(owner, about, ""))
    return {draft.act: draft for draft in map(_read, found)}


def mine(seat: Seat) -> list[ActDraft]:
    """All that this person has typed into acts at this desk, the last touched first."""
    with seat.desk.store.reading() as session:
        found = drafts.of(session, seat.staff.staff_id)
    return among(found)


def among(found: Iterable[Draft]) -> list[ActDraft]:
    """Those that are of acts, and whose acts have not been done."""
    acts = [_read(draft) for draft in found if draft.service == KIND]
    return [act for act in acts if not act.sent]


def _read(draft: Draft) -> ActDraft:
    body = json.loads(draft.body)
    return ActDraft(
        act=body["act"],
        about=body["about"],
        heading=draft.title,
        typed=body["typed"],
        of=body["of"],
        words=body["words"],
        shown=body["shown"],
        rev=body["rev"],
        focus=body["focus"],
        sent=body["sent"],
        updated_at=draft.updated_at,
    )


def _key(owner: str, about: str, act: str) -> str:
    return _APART.join((KIND, owner, about, act))
