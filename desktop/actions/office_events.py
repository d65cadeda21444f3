"""An event of an office's history; what its people's terms, training and stops tell there, and its
desks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.calendar import TEHRAN, format_day_month, format_jalali
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.staffing import Authority, Leave, StaffTerm, authority_words
from desktop.domain.stop import Stop
from desktop.domain.stream import DeviceTold, Fact, Topic
from desktop.domain.training import Training
from desktop.forms.published_values import published_value
from desktop.store.published import Said


@dataclass(frozen=True)
class OfficeEvent:
    """What was put into force of an office: from which day, when it was said and by whom.

    `lines` are sentences; `act` is what it rests on, in words, empty where the text names none.
    `whom` is the staff id of whom it is about: names are the centre's to tell. `topic` is None of a
    desk, of which nothing is published.
    """

    topic: Topic | None
    words: str
    lines: tuple[str, ...]
    day: date
    at: datetime
    by: str
    act: str = ""
    whom: str = ""


def of_terms(told: Iterable[Said]) -> Iterator[OfficeEvent]:
    """Each text of a person's term by what it changes; in the order of saying."""
    before: dict[str, StaffTerm] = {}
    for said in told:
        term = published_value(StaffTerm, said.item.text)
        words, lines = _changed(before.get(term.staff), term)
        before[term.staff] = term
        yield _event(Topic.STAFF, words, lines, said, term.staff)


def of_authorities(told: Iterable[Said], titles: Mapping[str, str]) -> Iterator[OfficeEvent]:
    """Each authority by what it allows until when; `titles` are the services' by code."""
    for said in told:
        one = published_value(Authority, said.item.text)
        ends = one.until < said.item.effective_from
        words = "پایان اختیار مهر" if ends else "اختیار مهر"
        line = f"«{titles.get(one.service, one.service)}»" if ends else authority_words(one, titles)
        yield _event(Topic.AUTHORISATION, words, [line], said, one.staff)


def of_stops(told: Iterable[Said]) -> Iterator[OfficeEvent]:
    """The stops of people, and their ends."""
    for said in told:
        stop = published_value(Stop, said.item.text)
        words = "پایان توقف کارمند" if stop.until is not None else "توقف کارمند"
        yield _event(Topic.STOP, words, [stop.cause], said, stop.who, stop.act.words)


def of_trainings(told: Iterable[Said], titles: Mapping[str, str]) -> Iterator[OfficeEvent]:
    """What a person was trained for, or may do longer; of one moment it is one event."""
    together: dict[tuple[object, ...], list[str]] = {}
    first: dict[tuple[object, ...], tuple[Said, Training]] = {}
    for said in told:
        one = published_value(Training, said.item.text)
        key: tuple[object, ...] = said.at, said.by, one.staff, one.way, one.until
        first.setdefault(key, (said, one))
        together.setdefault(key, []).append(titles.get(one.service, one.service))
    for named, services in together.items():
        said, one = first[named]
        longer = f" تا {isolate(format_jalali(one.until))}" if one.until is not None else ""
        words = "تمدید آموزش" if longer else "آموزش"
        line = f"{one.way.word}: {'، '.join(services)}{longer}"
        yield _event(Topic.TRAINING, words, [line], said, one.staff)


def of_desks(told: Iterable[Fact]) -> Iterator[OfficeEvent]:
    """Each desk as it was let in; when it was put out its office's answer tells."""
    seen = set()
    for fact in told:
        one = fact.payload
        if isinstance(one, DeviceTold) and one.revoked_at is None and one.device_id not in seen:
            seen.add(one.device_id)
            words, day = to_persian_digits(f"معرفی باجهٔ {one.desk}"), fact.at.astimezone(TEHRAN)
            yield OfficeEvent(None, words, (), day.date(), fact.at, "")


def _event(
    topic: Topic, words: str, lines: Iterable[str], said: Said, whom: str, act: str = ""
) -> OfficeEvent:
    told, day = tuple(to_persian_digits(line) for line in lines), said.item.effective_from
    return OfficeEvent(topic, words, told, day, said.at, said.by, act, whom)


def _changed(before: StaffTerm | None, term: StaffTerm) -> tuple[str, list[str]]:
    """What a text says that the one before did not: words for it, and its lines."""
    if before is None:
        role = Role(term.role).word if term.role in {*Role} else term.role
        return "همکاری تازه", [f"{role}، {_days(term.since, term.until)}"]
    lines = [f"مرخصی {_leave(leave)}" for leave in term.leaves if leave not in before.leaves]
    lines += [
        f"مرخصی {_leave(leave)} برداشته شد" for leave in before.leaves if leave not in term.leaves
    ]
    if (term.since, term.until) != (before.since, before.until):
        lines.insert(0, _days(term.since, term.until))
        ends = term.until is not None and term.until != before.until
        return "پایان همکاری" if ends else "دورهٔ همکاری", lines
    if lines:
        return "مرخصی", lines
    words = "جانشین" if term.deputy != before.deputy else "دورهٔ همکاری"
    return words, [_days(term.since, term.until)]


def _days(since: date, until: date | None) -> str:
    last = f" تا {isolate(format_jalali(until))}" if until is not None else ""
    return f"از {isolate(format_jalali(since))}{last}"


def _leave(leave: Leave) -> str:
    return f"{format_day_month(leave.first)} تا {format_day_month(leave.last)}"
