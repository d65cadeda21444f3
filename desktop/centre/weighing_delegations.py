"""Delegations put forward: what each changes, what hinders it, what the two who sign must know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.blobs import is_announced
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.queueing import is_open
from desktop.centre.reference import Text, not_withdrawn
from desktop.centre.reference import overtaken as gone
from desktop.centre.sanity import Doubt
from desktop.centre.staff_terms import ready_on
from desktop.centre.tables import CaseRow
from desktop.centre.weighed import Weighed, change, demand_day
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.office import MUNICIPALITY, Office
from desktop.domain.persian import join_some, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.stream import Published, Topic, office_stream
from desktop.forms.permits import delegated, stopped_office
from desktop.forms.published_values import published_value
from desktop.wire.canon import canon, content_hash
from desktop.wire.publishing import ItemBody

_UNREAD = "این واگذاری خوانده نمی‌شود؛ دوباره آماده کنید."
_NOT_SIGNED = "دفتر، خدمت و روز همان نیست که امضا می‌شود؛ دوباره آماده کنید."
_NO_OFFICE, _NO_SERVICE = "چنین دفتری نیست.", "خدمت «{}» آن روز ارائه نمی‌شود."
_TWICE = "{} دو بار آمده است؛ یکی را بردارید."
_HAS = "{} همین خدمت را تا {} دارد؛ جایگزین آن کنید، یا از {} بنویسید."
_HAS_FOR_EVER = "{} همین خدمت را بدون روز پایان دارد؛ جایگزین آن کنید."
_COMES = "{} همین خدمت را از {} خواهد داشت؛ جایگزین آن کنید، یا تا روز پیش از آن بنویسید."
_ENDS = "پس‌گرفتن همین خدمت از {} از {} امضا شده است؛ جایگزین آن کنید، یا تا روز پیش از آن بنویسید."
_HAS_NOT = "{} آن روز این خدمت را ندارد؛ چیزی برای پس‌گرفتن نیست."
_NAMED = (
    "روز پایان واگذاری همان نیست، یا دفتری برای پرونده‌های باز آن نام برده شده است؛ دوباره ببینید."
)
_HEIR = "{} آن روز این خدمت را ندارد و پرونده‌های باز به آن نمی‌رود."
_STOPPED = "خدمات شهرداری در {} متوقف است، {}."
_LICENCE = "پروانهٔ {} تا {} اعتبار ندارد."
_LICENCES = "پروانهٔ {} دفتر تا {} اعتبار ندارد: {}."
_UNSENT = "تصویر مصوبه به مرکز فرستاده نشده است؛ دوباره پیوست کنید."
_HOLIDAY = "{} تعطیل است؛ نخستین روز کاری پس از آن {} است."
# A doubt is a sentence: it travels with both signatures, and is read before them.
_MOST_NAMED = 40
_UNTRAINED = "برای «{}» در {} این دفترها متصدی آموزش‌دیده ندارند: {}."


def weigh_delegations(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    """Each item is one service at one office from its day on, or the end of it."""
    put = tuple(one for item in items if (one := _read(item)) is not None)
    offices, coming = all_offices(session), _coming(session, day_of(at))
    weighing = Weighing(session, centre, at, offices, coming, put)
    seen: set[tuple[str, date]] = set()
    told: list[Delegation] = []
    back: dict[tuple[str, str], Published] = {}
    for number, (item, fact) in enumerate(zip(items, found.facts, strict=True)):
        day = max(item.day, weighing.today)
        held = centre.reference.holding(session, Topic.DELEGATION, day).get(item.key)
        one = _read(item)
        overtaken = weighing.overtaken(one) if one is not None else []
        found.bases.append(_base(held, overtaken))
        if one is None:
            found.hinder(number, _UNREAD)
            continue
        if (one.key, one.since) != (item.key, item.day):
            found.hinder(number, _NOT_SIGNED)
            continue
        office = weighing.offices.get(one.office)
        service = centre.reference.services(session, day).get(one.service)
        if office is None or one.office == MUNICIPALITY:
            found.hinder(number, _NO_OFFICE)
            continue
        if service is None:
            found.hinder(number, _NO_SERVICE.format(one.service))
            continue
        title = f"{service.title}، {office.on(day).name}"
        if (one.key, one.since) in seen:
            found.hinder(number, _TWICE.format(title))
        seen.add((one.key, one.since))
        for words in weighing.faults(one, office):
            found.hinder(number, words)
        demand_day(found, number, title, item.day, weighing.today + timedelta(days=1))
        if one.withdrawn:
            found.keep += weighing.open_cases(one)
        else:
            told.append(one)
        replaces = title if held else ""
        heir = weighing.offices.get(one.heir)
        named = heir.on(day).name if heir is not None else ""
        lines = [_line(one, service, office.on(day).name, named), *_back_lines(overtaken)]
        found.changes.append(change(item, fact, title, replaces, held, lines))
        for other in overtaken:
            back[other.row.key, other.row.version] = gone(other.row, weighing.today, fact.version)
    found.back += back.values()
    found.doubts += weighing.licences(told)
    if not found.hindrances:
        found.doubts += weighing.holidays(told)
        found.doubts += weighing.untrained(told)


@dataclass(frozen=True)
class Coming:
    """What was published for a day to come, and its row."""

    told: Delegation
    row: PublishedRow


@dataclass(frozen=True)
class Weighing:
    """What delegations are held against; `coming` are those for days to come, by key, and `put`
    all of the draft itself."""

    session: Session
    centre: Centre
    at: datetime
    offices: Mapping[str, Office]
    coming: Mapping[str, list[Coming]]
    put: Sequence[Delegation] = ()

    @property
    def today(self) -> date:
        """The centre's day."""
        return day_of(self.at)

    def faults(self, one: Delegation, office: Office) -> Iterator[str]:
        """Why it can't be so, by itself and beside what holds."""
        yield from one.faults()
        yield from one.act.faults(self.today)
        if one.act.scan and not is_announced(self.session, one.act.scan):
            yield _UNSENT
        name, find = office.on(one.since).name, self.centre.reference.finding(self.session)
        held = delegated(find, one.office, one.service, one.since)
        if one.withdrawn:
            ended = held is None and bool(one.heir) and one.until is not None
            if ended and one.until != self.last_day(one):
                yield _NAMED
            elif held is None and not ended:
                yield _HAS_NOT.format(name)
            elif held is not None and one.until is not None:
                yield _NOT_SIGNED
            if (
                one.heir
                and (stop := stopped_office(find, one.heir, self.at))
                and one.heir in self.offices
            ):
                yield _STOPPED.format(self.offices[one.heir].on(one.since).name, stop.words)
            if one.heir and not self.has(one.heir, one.service, one.since):
                heir = self.offices.get(one.heir)
                yield _HEIR.format(heir.on(one.since).name if heir else one.heir)
            return
        if stop := stopped_office(find, one.office, self.at):
            yield _STOPPED.format(name, stop.words)
        if one.replaces:
            return
        if held is not None and held.until is None:
            yield _HAS_FOR_EVER.format(name)
        elif held is not None and held.until is not None:
            after = format_jalali(held.until + timedelta(days=1))
            yield _HAS.format(name, format_jalali(held.until), after)
        for other in self.overtaken(one):
            words, since = _ENDS if other.told.withdrawn else _COMES, other.told.since
            yield words.format(name, format_jalali(since))

    def has(self, office: str, service: str, day: date) -> bool:
        """Whether the office has the service on the day once the draft is in force."""
        put = [e for e in self.put if (e.office, e.service) == (office, service) and e.since <= day]
        if put:
            return max(put, key=lambda each: each.since).holds(day)
        find = self.centre.reference.finding(self.session)
        return delegated(find, office, service, day) is not None

    def last_day(self, one: Delegation) -> date | None:
        """On which day the office had the service last, before that of the text; None where it has
        it still, never had it, or where somebody was named already who finishes what is open."""
        text = self.centre.reference.finding(self.session)(Topic.DELEGATION, one.key, one.since)
        told = published_value(Delegation, text) if text else None
        if told is None or told.heir or told.over is None or told.over > one.since:
            return None
        return told.over - timedelta(days=1)

    def overtaken(self, one: Delegation) -> list[Coming]:
        """What was signed for later days in which this one is to hold: of an end all of it.

        It would stand in its place from its own day on, unseen by who signs this one.
        """
        last = date.max if one.withdrawn else one.until or date.max
        return [
            other for other in self.coming.get(one.key, ()) if one.since < other.told.since <= last
        ]

    def licences(self, told: Sequence[Delegation]) -> Iterator[Doubt]:
        """A licence that ran out only warns: its renewal may be under way.

        Each is a doubt of its own, which may go by the other signature; those of many offices are
        one sentence, as a call carries no thousands of them.
        """
        by_day: dict[date, dict[str, str]] = {}
        for one in told:
            card = self.offices[one.office].on(one.since)
            if not card.licensed(one.since):
                by_day.setdefault(one.since, {})[one.office] = card.name
        for day, names in sorted(by_day.items()):
            until = format_day_month(day)
            if len(names) > _MOST_NAMED:
                who = join_some(sorted(names.values()), _MOST_NAMED, "دفتر")
                words = to_persian_digits(_LICENCES.format(len(names), until, who))
                yield Doubt(f"licence:{day}", words)
                continue
            for office, name in names.items():
                yield Doubt(f"licence:{office}:{day}", _LICENCE.format(name, until))

    def holidays(self, told: Sequence[Delegation]) -> Iterator[Doubt]:
        """A first day on which offices are shut."""
        for day in sorted({one.since for one in told}):
            calendar = self.centre.reference.city(self.session, max(day, self.today)).calendar
            if not calendar.is_working(day):
                working = format_day_month(calendar.first_working_day(day))
                words = _HOLIDAY.format(format_day_month(day), working)
                yield Doubt(f"holiday:{day}", words)

    def untrained(self, told: Sequence[Delegation]) -> Iterator[Doubt]:
        """Offices that nobody could do the service at on its first day."""
        by_service: dict[tuple[str, date], list[str]] = {}
        for one in told:
            by_service.setdefault((one.service, one.since), []).append(one.office)
        for (service, day), offices in sorted(by_service.items()):
            ready = ready_on(self.session, self.centre, service, day)
            lacking = sorted(self.offices[each].on(day).name for each in {*offices} - ready.keys())
            if lacking:
                title = self.centre.reference.services(self.session, day)[service].title
                who = join_some(lacking, _MOST_NAMED, "دفتر")
                words = _UNTRAINED.format(title, format_day_month(day), who)
                yield Doubt(f"untrained:{service}:{day}", words)

    def open_cases(self, one: Delegation) -> int:
        """How many cases of the service are open at the office."""
        query = select(func.count()).select_from(CaseRow)
        own = (CaseRow.stream == office_stream(one.office), CaseRow.service == one.service)
        return self.session.scalar(query.where(*own, is_open(CaseRow))) or 0


def _read(item: ItemBody) -> Delegation | None:
    try:
        return published_value(Delegation, item.text)
    except ValidationError:
        return None


def _coming(session: Session, today: date) -> dict[str, list[Coming]]:
    """What was published for days to come, by key."""
    query = select(PublishedRow).where(
        PublishedRow.topic == Topic.DELEGATION.value,
        PublishedRow.effective_from > today,
        not_withdrawn(),
    )
    found: dict[str, list[Coming]] = {}
    for row in session.scalars(query.order_by(PublishedRow.effective_from, PublishedRow.pos)):
        told = published_value(Delegation, row.text)
        found.setdefault(row.key, []).append(Coming(told, row))
    return found


def _base(held: Text | None, overtaken: Sequence[Coming]) -> str:
    """The version that a text takes the place of; with what it takes back a digest of all."""
    version = held.version if held else ""
    if not overtaken:
        return version
    places = [other.row.pos for other in overtaken]
    return content_hash(canon([version, *places]).encode())


def _back_lines(overtaken: Sequence[Coming]) -> Iterator[str]:
    """That what was signed for later days does not come; what was said last of each day."""
    for one in {other.told.since: other.told for other in overtaken}.values():
        since = format_jalali(one.since)
        until = f" تا {format_jalali(one.until)}" if one.until and not one.withdrawn else ""
        what = "پس‌گرفتن" if one.withdrawn else "واگذاری"
        yield to_persian_digits(f"{what} از {since}{until} که پیش‌تر امضا شده است برداشته می‌شود.")


def _line(one: Delegation, service: Service, office: str, heir: str) -> str:
    since = format_jalali(one.since)
    if one.withdrawn and one.until is not None:
        ended = f"پرونده‌های باز «{service.title}» که واگذاری آن به {office} تا"
        words = f"{ended} {format_jalali(one.until)} بود از {since} به {heir} می‌رود"
        return to_persian_digits(f"{words}، {one.act.words}.")
    if one.withdrawn:
        return f"«{service.title}» از {since} از {office} پس گرفته می‌شود، {one.act.words}."
    until = f" تا {format_jalali(one.until)}" if one.until else ""
    words = f"«{service.title}» از {since}{until} به {office} واگذار می‌شود، {one.act.words}."
    return to_persian_digits(words)
