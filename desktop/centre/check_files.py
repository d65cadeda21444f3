"""What checkers of letters are given: the city's keys and its list, each signed by the centre."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import ended_letters
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.ended_tables import HOLDS, EndedLetterRow
from desktop.centre.letter_keys import signing_key, terms
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import latest, said_of
from desktop.centre.streams import append, lock_streams
from desktop.centre.tables import DeviceRow, FactRow, PersonKeyMadeRow, PersonRow
from desktop.centre.transacting import transact
from desktop.chance import new_id
from desktop.domain.calendar import compact
from desktop.domain.errors import Refusal
from desktop.domain.letter import Made
from desktop.domain.office import FIRST_DAY, MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.staffing import Authority, StaffTerm
from desktop.domain.stream import CITY, LettersEnded, Topic
from desktop.forms.published_values import published_value
from desktop.wire.check_files import CheckFilesAnswer, CheckFilesAsk
from desktop.wire.codec import decode_fact
from desktop.wire.letter_code import signed_by
from desktop.wire.letter_files import (
    CheckKey,
    KeyFile,
    sign_file,
    write_keys,
    write_list,
)

_NO_CITY = "مرکز هنوز داده‌های شهر را منتشر نکرده است؛ فهرست ابطالی نیست."
Days = tuple[date, date | None]
"""First and last day; None where there is no end."""


def keys_file(session: Session, centre: Centre) -> bytes:
    """The city's keys as they are today, signed."""
    return _signed(session, centre, write_keys(keys_of(session, centre)))


def list_file(session: Session, centre: Centre) -> bytes:
    """The city's list of letters that no longer hold, as it is today, signed."""
    return _signed(
        session, centre, write_list(ended_letters.list_of(session, day_of(centre.clock())))
    )


def tell_changed(centre: Centre) -> bool:
    """Tell all desks that the list has changed since that was told last; whether it had."""

    def tell(session: Session) -> bool:
        if not _mark(session) or _mark(session) == _told_mark(session):
            return False
        city = lock_streams(session, [CITY])[CITY]
        # Asked again under the lock: the hour's round and the minute's may meet.
        mark = _mark(session)
        if mark == _told_mark(session):
            return False
        at = centre.clock()
        fact = LettersEnded(at, mark)
        append(session, city, [fact], case_id="", rev=0, cause=new_id(), actor=CENTRE_ACTOR, at=at)
        return True

    return transact(centre, centre.writer, tell)


def _mark(session: Session) -> str:
    """What changes when a letter ends or holds again, whichever of two at once is committed last;
    empty while none ever ended."""
    row = EndedLetterRow
    holding = func.count().filter(row.why == HOLDS)
    last, rows, held = session.execute(select(func.max(row.told_at), func.count(), holding)).one()
    return f"{last.isoformat()} {rows} {held}" if last is not None else ""


def _told_mark(session: Session) -> str:
    """The mark of which desks were told last; it is in one of the last facts of the city."""
    newest = (
        select(FactRow.canon)
        .where(FactRow.stream == CITY, FactRow.kind == LettersEnded.kind)
        .order_by(FactRow.pos.desc())
        .limit(1)
    )
    canon = session.scalar(newest)
    payload = decode_fact(canon).payload if canon is not None else None
    return payload.mark if isinstance(payload, LettersEnded) else ""


def told(
    session: Session, centre: Centre, _: DeviceRow, ask: CheckFilesAsk, at: datetime
) -> CheckFilesAnswer:
    """Both files, for any desk: there is nothing in them that the paper's holder may not see.

    Raises Refusal at a centre that was founded and has published nothing yet.
    """
    if not centre.reference.holding(session, Topic.FIGURES, day_of(at)):
        raise Refusal(_NO_CITY)
    tag = _tag(session, centre, day_of(at))
    if tag == ask.tag:
        return CheckFilesAnswer(tag=tag)

    def made() -> CheckFilesAnswer:
        files = (keys_file(session, centre), list_file(session, centre))
        keys, ended = (base64.b64encode(each).decode() for each in files)
        return CheckFilesAnswer(tag=tag, keys=keys, ended=ended)

    # All desks of the city ask for the same after a letter ended.
    answer: CheckFilesAnswer = centre.checks.get(tag, made)
    return answer


def _tag(session: Session, centre: Centre, day: date) -> str:
    """What changes when either file would: the day, what was published, whoever got a key or lost
    the desk that held it, and which letters ended."""
    made = session.scalar(select(func.max(PersonKeyMadeRow.made_at)))
    gone = session.scalar(select(func.max(DeviceRow.revoked_at)))
    parts = (day, latest(session), _mark(session), made, gone)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def keys_of(session: Session, centre: Centre) -> KeyFile:
    """Whose signatures count today and counted before."""
    today = day_of(centre.clock())
    city = centre.reference.city(session, today)
    card = centre.reference.office(session, MUNICIPALITY).on(today)
    made = Made.SAMPLE if centre.keys.demo else Made.EARNEST
    return KeyFile(
        city=card.head.organisation,
        centre=centre.identity.centre,
        day=compact(today),
        made=Made.TRAINING if card.training else made,
        keys=tuple(_centre_keys(session, centre)),
        releasers=tuple(_releasers(session)),
        services={s.code: s.title for s in centre.reference.services(session, today).values()},
        check_at=city.check_at,
    )


def _signed(session: Session, centre: Centre, payload: bytes) -> bytes:
    key = signing_key(session, centre, day_of(centre.clock()))
    return sign_file(key.key_id, payload, key.sign(signed_by(key.key_id, payload)))


def _centre_keys(session: Session, centre: Centre) -> Iterator[CheckKey]:
    """Those too that sign only some days from now: who has no line then knows them already."""
    for term in terms(session, centre):
        until, revoked = (
            compact(day) if day is not None else "" for day in (term.until, term.revoked)
        )
        yield CheckKey(term.public, "", compact(term.since), until, revoked)


def _releasers(session: Session) -> Iterator[CheckKey]:
    """Who could release letters by which key on which days: managers while they are, who holds an
    authority while it holds, who stands in for a manager while he is away."""
    people = {row.staff_id: row for row in session.scalars(select(PersonRow))}
    might = _might(session, people)
    for (staff_id, public), held in sorted(_own_keys(session, people).items()):
        for days in _merged(might.get(staff_id, [])):
            both = _in_both(days, held)
            if both is not None:
                first, last = both
                until = compact(last) if last is not None else ""
                yield CheckKey(public, people[staff_id].name, compact(first), until)


def _own_keys(session: Session, people: Mapping[str, PersonRow]) -> dict[tuple[str, str], Days]:
    """By person and key for releases, the days on which that is the person's: until the person got
    another at the same desk, or the desk was revoked.

    What was released before stays so: whoever has the desk alone lacks the password of the key.
    """
    found: dict[tuple[str, str], Days] = {
        (row.staff_id, row.release_key): (FIRST_DAY, None)
        for row in people.values()
        if row.release_key
    }
    revoked = {
        device: day_of(at)
        for device, at in session.execute(select(DeviceRow.device_id, DeviceRow.revoked_at))
        if at is not None
    }
    kept: dict[tuple[str, str], list[Days]] = defaultdict(list)
    row = PersonKeyMadeRow
    made = session.scalars(select(row).order_by(row.device_id, row.staff_id, row.made_at)).all()
    for each, following in zip_longest(made, made[1:]):
        if not each.release_key or each.staff_id not in people:
            continue
        ends = [revoked[each.device_id]] if each.device_id in revoked else []
        own = (each.device_id, each.staff_id)
        if following is not None and (following.device_id, following.staff_id) == own:
            ends.append(day_of(following.made_at))
        days = (day_of(each.made_at), min(ends, default=None))
        kept[each.staff_id, each.release_key].append(days)
    for key, spans in kept.items():
        ends = [last for _, last in spans if last is not None]
        # One that stands at several desks is the person's as long as at any of them.
        over = max(ends) if len(ends) == len(spans) else None
        found[key] = (min(first for first, _ in spans), over)
    return found


def _in_both(one: Days, other: Days) -> Days | None:
    """The days that are in both."""
    first = max(one[0], other[0])
    last = min((each for each in (one[1], other[1]) if each is not None), default=None)
    return None if last is not None and last < first else (first, last)


def _might(session: Session, people: Mapping[str, PersonRow]) -> dict[str, list[Days]]:
    """By person, the days on which he could release something."""
    found: dict[str, list[Days]] = defaultdict(list)
    told = set()
    for span in _spans(said_of(session, Topic.STAFF)):
        term = published_value(StaffTerm, span.text)
        told.add(term.staff)
        if term.role == Role.MANAGER:
            days = span.within(term.since, term.until)
            found[term.staff] += days
            for leave in term.leaves:
                if deputy := leave.deputy or term.deputy:
                    found[deputy] += span.within(leave.first, leave.last)
    for staff_id, person in people.items():
        if staff_id not in told and person.role == Role.MANAGER:
            found[staff_id].append((FIRST_DAY, None))
    for span in _spans(said_of(session, Topic.AUTHORISATION)):
        one = published_value(Authority, span.text)
        found[one.staff] += span.within(span.first, one.until)
    return found


@dataclass(frozen=True)
class _Span:
    """A saying, and the days on which it was the last one said of its key."""

    text: str
    first: date
    last: date | None

    def within(self, since: date, until: date | None) -> list[Days]:
        """Of these days those on which it was in force."""
        both = _in_both((self.first, self.last), (since, until))
        return [both] if both is not None else []


def _spans(rows: Iterable[PublishedRow]) -> Iterator[_Span]:
    by_key: dict[str, dict[date, PublishedRow]] = defaultdict(dict)
    for row in rows:
        # Of one day the last word counts.
        by_key[row.key][row.effective_from] = row
    for said in by_key.values():
        days = sorted(said)
        for first, following in zip(days, [*days[1:], None], strict=True):
            last = following - timedelta(days=1) if following is not None else None
            yield _Span(said[first].text, first, last)


def _merged(days: Iterable[Days]) -> list[Days]:
    """The same days without one twice."""
    merged: list[Days] = []
    for first, last in sorted(days, key=lambda each: each[0]):
        before = merged[-1][1] if merged else FIRST_DAY
        if merged and (before is None or first <= before + timedelta(days=1)):
            ends = (before, last)
            later = None if None in ends else max(each for each in ends if each is not None)
            merged[-1] = (merged[-1][0], later)
        else:
            merged.append((first, last))
    return merged
