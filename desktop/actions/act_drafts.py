"""What was typed into an act and not yet done: kept with its person, its desk and its case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from desktop.actions.desk import Seat
from desktop.store import drafts, outbox, work_items
from desktop.store.drafts import Draft
from desktop.store.open import Session

KIND = "act"
"""What these are kept as, among a person's other drafts."""
TILL, DAY, SHEETS, ELSEWHERE, BASKET = "till", "day", "sheets", "elsewhere", "basket:"
"""What else than a case drafts are about: a day's till, the close of a day, the office's sheets,
a case of another office, the fees of a person by the id."""
_APART = "/"


@dataclass(frozen=True)
class ActDraft:
    """What a person typed into the form of one act.

    `act` names the form, `about` what it is done to (a case by its id, or as above), `heading` and
    `of` are read in lists. `typed` is input → text as the input gives it, `words` input → label,
    `shown` input → what stood there in words. `rev` is the case's when it was typed, `focus` the
    input that had the keys. It is `sent` once it was done, as these `commands`, and until the
    centre has answered all of them.
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
    commands: tuple[str, ...] = ()
    updated_at: datetime = datetime.min.replace(tzinfo=UTC)


def keep(seat: Seat, draft: ActDraft) -> None:
    """Keep it in place of what the person had typed into the same act before."""
    seat.desk.store.write(lambda session: _keep(session, seat, draft))


def turn(seat: Seat, before: ActDraft, after: ActDraft) -> None:
    """Keep it as it is `after`, sent or back again, in place of what it was."""

    def work(session: Session) -> None:
        drafts.delete_draft(session, _key_of(seat, before))
        _keep(session, seat, after)

    seat.desk.store.write(work)


def _keep(session: Session, seat: Seat, draft: ActDraft) -> None:
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
        "commands": list(draft.commands),
    }
    owner, at = seat.staff.staff_id, seat.desk.moment(session)
    text = json.dumps(body, ensure_ascii=False)
    key = _key_of(seat, draft)
    drafts.save(session, Draft(key, owner, KIND, draft.heading, text, at, at))


def drop(seat: Seat, draft: ActDraft) -> None:
    """It was done, or is thrown away."""
    key = _key_of(seat, draft)
    seat.desk.store.write(lambda session: drafts.delete_draft(session, key))


def of(seat: Seat, about: str) -> list[ActDraft]:
    """What this person has typed into all acts on one thing, also what was sent."""
    owner = seat.staff.staff_id
    with seat.desk.store.reading() as session:
        found = drafts.begun_with(session, owner, _key(owner, about, ""))
    return [_read(draft) for draft in found]


def doing(seat: Seat, about: str, job: Callable[[], None]) -> tuple[str, ...]:
    """Do the job; the ids of the commands that it made of this person in that case.

    Raises Refusal of the job.
    """
    store = seat.desk.store
    with store.reading() as session:
        before, _ = outbox.head(session)
    job()
    with store.reading() as session:
        return tuple(outbox.made_after(session, before, about, seat.staff.staff_id))


def refused(seat: Seat, about: str) -> frozenset[str]:
    """The ids of the commands in that case that the centre has refused, looked at or not."""
    with seat.desk.store.reading() as session:
        return frozenset(work_items.refused(session, about))


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
        # What was sent by a program of before names none.
        commands=tuple(body.get("commands", ())),
        updated_at=draft.updated_at,
    )


def _key_of(seat: Seat, draft: ActDraft) -> str:
    """What was sent is kept apart: the same act may be typed anew before the centre answers."""
    key = _key(seat.staff.staff_id, draft.about, draft.act)
    return _APART.join((key, *draft.commands[:1])) if draft.sent else key


def _key(owner: str, about: str, act: str) -> str:
    return _APART.join((KIND, owner, about, act))
