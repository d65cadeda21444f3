"""What is put forward of an office's people: terms and leave, authorities, paper records, stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.blobs import is_announced
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import office_with
from desktop.centre.people import ids_of, staff_of
from desktop.centre.reference import text_of
from desktop.centre.sanity import Doubt
from desktop.centre.staff_terms import implied, terms_on
from desktop.centre.tables import PersonRow
from desktop.centre.weighed import Weighed, change, demand_day
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.staffing import Authority, StaffTerm, first_alone
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.domain.training import Training, TrainingWay, held_training
from desktop.forms.permits import Find, held_of, stopped, term_of, versions_to
from desktop.forms.published_values import published_value
from desktop.wire.publishing import ItemBody

_Told = TypeVar("_Told")
_COUNTER = (Role.CLERK.value, Role.MANAGER.value)
_UNREAD = "این داده خوانده نمی‌شود؛ دوباره آماده کنید."
_NOT_SIGNED = "شخص یا روز همان نیست که امضا می‌شود؛ دوباره آماده کنید."
_NOBODY = "چنین کسی در این دفتر ثبت نشده است."
_NO_ROLE = "نقش «{}» شناخته نیست."
_LAST_MANAGER = "دفتر بی مسئول می‌ماند؛ نخست جانشین برگزینید."
_OVERLAP = "{} از {}{} در {} است و دو دوره روی هم می‌افتد؛ نخست پایان آن را بنویسید."
_NOBODY_STAMPS = "در {} کسی مهر نمی‌کند."
_NO_SERVICE = "خدمت «{}» آن روز ارائه نمی‌شود."
_NO_VERSION = "این نسخهٔ خدمت هرگز منتشر نشده است."
_NOT_A_CLERK = "اختیار مهر برای متصدی است."
_PAST = "روز پایان پیش از روز آغاز است."
_LATER = "کارنامه از روزی که هنوز نیامده به حساب نمی‌آید."
_CLOSES = "{} نسخهٔ تازه‌تری از این خدمت را گذرانده است؛ این کارنامه آن را می‌بندد."
_EARLIER = "از {} دورهٔ دیگری برای او گفته شده است؛ صفحه را تازه کنید تا از همان روز گفته شود."
_NO_SCAN = "تصویر کارنامه پیوست نشده است."
_UNSENT = "تصویر کارنامه به مرکز فرستاده نشده است؛ دوباره پیوست کنید."
_STOPPED = "{} با همین کد ملی در جای دیگری متوقف است، {}."
_NO_STOP = "توقفی که برداشته شود نیست."
_LIFT = "روز پایان توقف باید امروز باشد."


def _read(kind: type[_Told], item: ItemBody) -> _Told | None:
    try:
        return published_value(kind, item.text)
    except ValidationError:
        return None


@dataclass(frozen=True)
class _Weighing:
    session: Session
    centre: Centre
    at: datetime
    found: Weighed

    @property
    def today(self) -> date:
        return day_of(self.at)

    def person(self, staff: str) -> PersonRow | None:
        return self.session.get(PersonRow, staff)

    def came(self, staff: str) -> bool:
        """Whether the person has keys: who was only put forward leads no office."""
        row = self.person(staff)
        return row is not None and row.key != ""

    def named(self, staff: str) -> str:
        row = self.person(staff)
        return row.name if row else staff

    def go(
        self,
        items: Sequence[ItemBody],
        topic: Topic,
        kind: type[_Told],
        key_of: Callable[[_Told], str],
        faults_of: Callable[[_Told, date], Iterator[str]],
        told_of: Callable[[_Told], tuple[str, str]],
    ) -> Iterator[tuple[int, ItemBody, _Told]]:
        """Each item that can be read, its faults and what it changes told."""
        for number, (item, fact) in enumerate(zip(items, self.found.facts, strict=True)):
            day = max(item.day, self.today)
            held = self.centre.reference.holding(self.session, topic, day).get(item.key)
            self.found.bases.append(held.version if held else "")
            one = _read(kind, item)
            if one is None or key_of(one) != item.key:
                self.found.hinder(number, _UNREAD if one is None else _NOT_SIGNED)
                continue
            for words in faults_of(one, item.day):
                self.found.hinder(number, words)
            title, line = told_of(one)
            replaces = title if held else ""
            lines = [to_persian_digits(line)]
            self.found.changes.append(change(item, fact, title, replaces, held, lines))
            yield number, item, one


def weigh_terms(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """From when to when people work at an office, when they are away, who stands in for them."""
    weighing = _Weighing(session, centre, at, found)
    put = {term.staff: term for item in items if (term := _read(StaffTerm, item)) is not None}
    # All that was ever told of anybody's days, looked up once for however many terms.
    told_so_far = cache(lambda: terms_on(session, centre, date.max))

    def faults(term: StaffTerm, day: date) -> Iterator[str]:
        yield from term.faults()
        yield from _overlaps(weighing, term, put, day)
        row = weighing.person(term.staff)
        if row is None or (row.office, row.role) != (term.office, term.role):
            yield _NOBODY
        if term.role not in {role.value for role in Role}:
            yield _NO_ROLE.format(term.role)
        if term.role == Role.MANAGER.value and _leaves_no_manager(
            weighing, term.office, told_so_far(), put
        ):
            yield _LAST_MANAGER

    def told(term: StaffTerm) -> tuple[str, str]:
        until = f" تا {format_jalali(term.until)}" if term.until else ""
        away = (f"{format_day_month(x.first)} تا {format_day_month(x.last)}" for x in term.leaves)
        leave = "".join(f"، مرخصی {words}" for words in away)
        deputy = f"، جانشین {weighing.named(term.deputy)}" if term.deputy else ""
        word = Role(term.role).word if term.role in set(Role) else term.role
        line = f"{word} از {format_jalali(term.since)}{until}{leave}{deputy}."
        return weighing.named(term.staff), line

    going = weighing.go(items, Topic.STAFF, StaffTerm, lambda term: term.staff, faults, told)
    for number, item, term in going:
        demand_day(found, number, weighing.named(term.staff), item.day, weighing.today)
        found.doubts += _stopped_elsewhere(weighing, term)
        if term.role != Role.MANAGER.value:
            continue
        here = [each for each in _as_put(told_so_far(), put) if each.office == term.office]
        others = [
            each
            for each in here
            if each.staff != term.staff and _manages(weighing, each, term.office)
        ]
        for leave in term.leaves:
            deputy = leave.deputy or term.deputy
            stands_in = [e for e in here if e.staff == deputy and weighing.came(e.staff)]
            alone = first_alone(leave, [*others, *stands_in], weighing.today)
            if alone is not None:
                words = _NOBODY_STAMPS.format(format_day_month(alone))
                found.doubts.append(Doubt(f"leave:{term.staff}:{leave.first}", words))


def _overlaps(
    weighing: _Weighing, term: StaffTerm, put: Mapping[str, StaffTerm], day: date
) -> Iterator[str]:
    """The same person, by the national id, at work elsewhere or in another role in these days."""
    row = weighing.person(term.staff)
    if row is None or not row.national_id:
        return
    same = select(PersonRow).where(PersonRow.national_id == row.national_id)
    find = weighing.centre.reference.finding(weighing.session)
    for other in weighing.session.scalars(same.order_by(PersonRow.staff_id)):
        if other.staff_id == term.staff:
            continue
        for known in _known_of(find, put.get(other.staff_id), other, max(day, weighing.today)):
            if not known.meets(term):
                continue
            until = f" تا {format_jalali(known.until)}" if known.until else ""
            card = office_with(weighing.session, other.office).on(weighing.today)
            place = "شهرداری" if other.office == MUNICIPALITY else f"دفتر {card.code}"
            told = (other.name, format_jalali(known.since), until, place)
            yield to_persian_digits(_OVERLAP.format(*told))


def _stopped_elsewhere(weighing: _Weighing, term: StaffTerm) -> Iterator[Doubt]:
    """That who is to work is stopped under another account: who signs must know."""
    row = weighing.person(term.staff)
    if row is None or not row.national_id:
        return
    find = weighing.centre.reference.finding(weighing.session)
    for staff in sorted(ids_of(weighing.session, staff_of(row)) - {term.staff}):
        stop = stopped(find, Stopped.PERSON, staff, weighing.at)
        if stop is not None:
            words = _STOPPED.format(weighing.named(staff), stop.words)
            yield Doubt(f"stopped:{term.staff}:{staff}", words)


def _known_of(find: Find, put: StaffTerm | None, row: PersonRow, day: date) -> Iterator[StaffTerm]:
    """The person's terms from the day on: as put forward, else as told for it and last of all."""
    if put is not None:
        yield put
        return
    told = [term_of(find, row.staff_id, each) for each in (day, date.max)]
    known = dict.fromkeys(term for term in told if term is not None)
    yield from known
    if not known and row.key:
        yield implied(row)


def _leaves_no_manager(
    weighing: _Weighing, office: str, told: Sequence[StaffTerm], put: Mapping[str, StaffTerm]
) -> bool:
    """Whether the office's managers leave it earlier than they did before all that is put forward.

    On a manager's last day somebody else is there already, to go on the day after.
    """
    before = [each for each in told if _manages(weighing, each, office)]
    after = [each for each in _as_put(told, put) if _manages(weighing, each, office)]
    return _left_on(after, weighing.today) < _left_on(before, weighing.today)


def _manages(weighing: _Weighing, term: StaffTerm, office: str) -> bool:
    own = (term.office, term.role) == (office, Role.MANAGER.value)
    return own and weighing.came(term.staff)


def _left_on(terms: Sequence[StaffTerm], first: date) -> date:
    """The first day from that one on of which none of the terms is; the last of all for none."""
    day = first
    while there := [each for each in terms if each.employed(day)]:
        last = max(each.until or date.max for each in there)
        if last == date.max:
            return last
        day = last + timedelta(days=1)
    return day


def _as_put(told: Sequence[StaffTerm], put: Mapping[str, StaffTerm]) -> list[StaffTerm]:
    """All terms as they are once what is put forward holds."""
    known = {each.staff for each in told}
    newcomers = (each for staff, each in put.items() if staff not in known)
    return [*(put.get(each.staff, each) for each in told), *newcomers]


def weigh_authorities(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """Clerks who may release the letters of a service."""
    weighing = _Weighing(session, centre, at, found)

    def faults(authority: Authority, day: date) -> Iterator[str]:
        row = weighing.person(authority.staff)
        if row is None:
            yield _NOBODY
        elif row.role != Role.CLERK.value:
            yield _NOT_A_CLERK
        if authority.service not in centre.reference.services(session, max(day, weighing.today)):
            yield _NO_SERVICE.format(authority.service)
        told = centre.reference.holding(session, Topic.AUTHORISATION, max(day, weighing.today))
        if authority.until < day and authority.key not in told:
            # What was given may end before the day from which that is told.
            yield _PAST

    def told(authority: Authority) -> tuple[str, str]:
        service = centre.reference.services(session, weighing.today).get(authority.service)
        title = service.title if service else authority.service
        words = f"مهر نامه‌های «{title}» تا {format_jalali(authority.until)}."
        return weighing.named(authority.staff), words

    topic = Topic.AUTHORISATION
    for number, item, one in weighing.go(items, topic, Authority, lambda a: a.key, faults, told):
        demand_day(found, number, weighing.named(one.staff), item.day, weighing.today)


def weigh_trainings(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """Paper records of training, and the supervisor's extensions of any."""
    weighing = _Weighing(session, centre, at, found)

    def faults(training: Training, day: date) -> Iterator[str]:
        yield from training.faults(day)
        extended = _is_extended(weighing, training, max(day, weighing.today))
        if training.scan and not extended and not is_announced(session, training.scan):
            yield _UNSENT
        row = weighing.person(training.staff)
        if row is None or row.role not in _COUNTER:
            yield _NOBODY
        if text_of(session, Topic.SERVICE, training.service, training.version) is None:
            yield _NO_VERSION
        if day > weighing.today:
            yield _LATER
        held = centre.reference.holding(session, Topic.TRAINING, weighing.today)
        known = held.get(training.key)
        if known is not None and day < known.since:
            # What is told for a day before that never holds.
            yield _EARLIER.format(format_jalali(known.since))
        if training.until is not None and training.until < weighing.today:
            yield _PAST
        if _closes(weighing, training, max(day, weighing.today)):
            yield _CLOSES.format(weighing.named(training.staff))
        if not extended:
            if training.way is TrainingWay.LESSON:
                # What a lesson gives comes from the lesson itself, signed by who passed it.
                yield _UNREAD
            elif not training.scan:
                yield _NO_SCAN

    def told(training: Training) -> tuple[str, str]:
        service = centre.reference.services(session, weighing.today).get(training.service)
        title = service.title if service else training.service
        until = f"، به حساب تا {format_jalali(training.until)}" if training.until else ""
        words = (
            f"«{title}»: {training.way.word}، {format_jalali(training.on)}، {training.by}{until}."
        )
        return weighing.named(training.staff), words

    for _ in weighing.go(items, Topic.TRAINING, Training, lambda t: t.key, faults, told):
        pass


def _is_extended(weighing: _Weighing, training: Training, day: date) -> bool:
    """Whether it is the person's record as it holds, let count longer."""
    held = weighing.centre.reference.holding(weighing.session, Topic.TRAINING, day)
    known = held.get(training.key)
    if known is None or training.until is None:
        return False
    return replace(published_value(Training, known.text), until=training.until) == training


def _closes(weighing: _Weighing, training: Training, day: date) -> bool:
    """Whether the person's record that holds is of a later version of the service."""
    find = weighing.centre.reference.finding(weighing.session)
    service = weighing.centre.reference.services(weighing.session, day).get(training.service)
    held = held_of(find, training.staff, service, day) if service is not None else None
    if service is None or held is None:
        return False
    return held.outlasts(held_training(training, versions_to(find, service)))


def weigh_lifts(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """The end of a stop: what one signature stops, two let go on."""
    weighing = _Weighing(session, centre, at, found)

    def faults(stop: Stop, day: date) -> Iterator[str]:
        yield from stop.faults()
        yield from stop.act.faults(weighing.today, scanned=False)
        held = stopped(centre.reference.finding(session), stop.subject, stop.who, at)
        # A program before does not tell of a whole one that it was.
        same = replace(held, until=stop.until, act=stop.act, whole=stop.whole) if held else None
        ended = same == stop
        if not ended or stop.until is None:
            yield _NO_STOP
        elif day != weighing.today or day_of(stop.until) != day:
            yield _LIFT

    def told(stop: Stop) -> tuple[str, str]:
        return weighing.named(stop.who), f"توقف برداشته می‌شود، {stop.act.words}."

    for _ in weighing.go(items, Topic.STOP, Stop, lambda stop: stop.who, faults, told):
        pass


WEIGHED: Mapping[
    Topic, Callable[[Session, Centre, Sequence[ItemBody], datetime, Weighed], None]
] = {
    Topic.STAFF: weigh_terms,
    Topic.AUTHORISATION: weigh_authorities,
    Topic.TRAINING: weigh_trainings,
    Topic.STOP: weigh_lifts,
}
"""What holds an item of these topics against what is known."""
