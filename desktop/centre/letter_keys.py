"""Which key signs the city's letters on a day: announced before it does, ended, taken back.

A key is told to all desks and checkers from the day on which two people put it forward, so that
whoever knows the keys of a week ago knows the one that signs today (decision 106).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import Centre, day_of
from desktop.centre.reference import publication
from desktop.centre.shares import Busy
from desktop.centre.signing import LetterKey
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.stream import Topic
from desktop.wire.letters import key_text, published_key
from desktop.wire.verdicts import FRESH_DAYS

_ONE_DAY = timedelta(days=1)
_NO_KEY = "کلیدی با شناسهٔ {} در این مرکز شناخته نیست."
_NOT_HELD = "key {} is not here; bring it back from its backup"
_NONE_SIGNS = "no key signs today; put one to use (centre key)"
_log = logging.getLogger(__name__)
_ITSELF = "کلیدی که پس گرفته می‌شود جای خود را نمی‌گیرد؛ کلید دیگری به کار بگیرید."
_SOON = "کلید تازه دست‌کم {} روز پیش از نخستین امضا اعلام می‌شود؛ زودترین روز {} است."
_KNOWN = "کلید {} پیش‌تر اعلام شده است."
_PAST = "روز نخست پیش از امروز نیست."
_BEFORE = "کلید {} از {} امضا می‌کند؛ پس از آن روز پس گرفته می‌شود."
_REVOKED = "کلید {} پیش‌تر پس گرفته شده است."


@dataclass(frozen=True)
class KeyTerm:
    """A key of the centre's: announced on the day `told`, it signs from `since` to `until` (None:
    until another takes over); from `revoked` on nobody trusts it."""

    key_id: str
    public: str
    told: date
    since: date
    until: date | None = None
    revoked: date | None = None

    def signs_on(self, day: date) -> bool:
        """Whether letters of the day are signed with it."""
        ended = self.until is not None and self.until < day
        return self.since <= day and not ended and (self.revoked is None or day < self.revoked)


def terms(session: Session, centre: Centre) -> list[KeyTerm]:
    """All keys that ever were this centre's, in the order in which they sign."""
    found: dict[str, KeyTerm] = {}
    for key_id, row in centre.reference.said(session, Topic.CENTRE_KEY):
        public, of = published_key(row.text)
        if of != centre.identity.centre:
            # An earlier program's key without an id signed no letter that has a code like these.
            continue
        told = json.loads(row.text)
        first = found.get(key_id)
        begun = first.told if first is not None else row.since
        found[key_id] = KeyTerm(
            key_id,
            public,
            begun,
            _day(told, "since") or begun,
            _day(told, "until"),
            _day(told, "revoked"),
        )
    return sorted(found.values(), key=lambda term: (term.since, term.told))


def _day(told: dict[str, str], name: str) -> date | None:
    return date.fromisoformat(told[name]) if told.get(name) else None


def signing_key(session: Session, centre: Centre, day: date) -> LetterKey:
    """The key that signs letters of the day.

    Raises Busy where it is not here, or none does: what is to be signed waits for it.
    """
    able = [term for term in terms(session, centre) if term.signs_on(day)]
    try:
        key = centre.keys.find(able[-1].key_id) if able else None
    except Refusal as no:
        raise _absent(no.words) from no
    if key is None:
        raise _absent(_NOT_HELD.format(able[-1].key_id) if able else _NONE_SIGNS)
    return _Patient(key, key.public)


@dataclass(frozen=True)
class _Patient(LetterKey):
    """A key that may be gone when it is to sign, as with a token that was pulled out since."""

    key: LetterKey
    public: str

    def sign(self, message: bytes) -> str:
        """The signature over the message, hex. Raises Busy: what asked for it waits too."""
        try:
            return self.key.sign(message)
        except Refusal as no:
            raise _absent(no.words) from no


def _absent(words: str) -> Busy:
    _log.error("no letter is signed: %s", words)
    return Busy(words)


def use(session: Session, centre: Centre, key: LetterKey, since: date, at: datetime) -> None:
    """Announce the key: it signs from that day on, and the one before until the day before.

    Raises Refusal for a day that is too near for who checks letters without a line.
    """
    today = day_of(at)
    earliest = today + timedelta(days=FRESH_DAYS)
    if since < earliest:
        days = to_persian_digits(FRESH_DAYS)
        raise Refusal(_SOON.format(days, format_jalali(earliest)))
    known = terms(session, centre)
    if any(term.key_id == key.key_id for term in known):
        raise Refusal(_KNOWN.format(isolate(key.key_id)))
    _say(session, centre, [KeyTerm(key.key_id, key.public, today, since)], today, at)
    _say(session, centre, _ended(known, since), today, at)


def replace_at_once(
    session: Session, centre: Centre, key_id: str, key: LetterKey, since: date, at: datetime
) -> None:
    """Take a key back from that day on (it may have been stolen then); the other signs from today.

    Whoever checks letters without a line takes the next file of keys only where the new one had
    been announced before; else it is given out by hand (docs/operating.md). Raises Refusal.
    """
    today = day_of(at)
    known = {term.key_id: term for term in terms(session, centre)}
    gone = known.get(key_id)
    if gone is None:
        raise Refusal(_NO_KEY.format(isolate(key_id)))
    if key.key_id == key_id:
        raise Refusal(_ITSELF)
    fresh = known.get(key.key_id, KeyTerm(key.key_id, key.public, today, today))
    for each in (gone, fresh):
        if each.revoked is not None:
            raise Refusal(_REVOKED.format(isolate(each.key_id)))
    if since > today:
        raise Refusal(_PAST)
    if since < gone.since <= today:
        raise Refusal(_BEFORE.format(isolate(key_id), format_jalali(gone.since)))
    # One that has not begun never does.
    since, last = max(since, gone.since), max(today, gone.since)
    _say(session, centre, [replace(gone, until=gone.until or last, revoked=since)], today, at)
    # Of one that signed before, what it signed then stays within its days.
    own = replace(fresh, since=min(fresh.since, today), until=None)
    if known.get(key.key_id) != own:
        _say(session, centre, [own], today, at)


def _ended(known: list[KeyTerm], since: date) -> Iterator[KeyTerm]:
    """Those that sign on or after that day end on the day before."""
    for term in known:
        if term.revoked is None and (term.until is None or term.until >= since):
            yield replace(term, until=since - _ONE_DAY)


def _say(
    session: Session,
    centre: Centre,
    told: Iterable[KeyTerm],
    day: date,
    at: datetime,
) -> None:
    facts = [
        publication(
            Topic.CENTRE_KEY,
            term.key_id,
            day,
            key_text(
                term.public,
                centre.identity.centre,
                since=term.since,
                until=term.until,
                revoked=term.revoked,
            ),
        )
        for term in told
    ]
    people.publish(session, facts, at)
