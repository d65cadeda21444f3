"""The month's bulletin, counted at the centre once and given again as it was (decision 074)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre import outages
from desktop.centre.asking import municipal
from desktop.centre.bulletin_tables import BulletinRow
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.second_looks import correctness, correctness_by
from desktop.centre.tables import STANDS, CaseRow, DeviceRow, LetterRow
from desktop.centre.transacting import transact
from desktop.domain.bulletin import (
    Bulletin,
    Counted,
    Fate,
    answered_at_once,
    columns_of,
    correctness_words,
    table,
    whole_line,
)
from desktop.domain.calendar import MONTHS, TEHRAN, OfficeCalendar, from_jalali, month_length
from desktop.domain.correctness import Correctness
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.money import half_up
from desktop.domain.persian import isolate, sort_key, to_persian_digits
from desktop.domain.stream import office_of
from desktop.sql.missing import make_missing
from desktop.wire.bulletin import BulletinAnswer, BulletinAsk

_NOT_YOURS = "کارنامهٔ ماهانه را ناظر شهرداری می‌گیرد."
_WHOLE = "همهٔ شهر"
_Answers = dict[str, tuple[int, int]]


def told(
    session: Session, centre: Centre, device: DeviceRow, ask: BulletinAsk, at: datetime
) -> BulletinAnswer:
    """The bulletin for the window. Raises Refusal as `bulletin`, and for all but the unit."""
    if not any(role.prepares for role in municipal(session, centre, device, ask.actor)):
        raise Refusal(_NOT_YOURS)
    return BulletinAnswer(told=edition(session, centre, ask.year, ask.month, at))


def edition(session: Session, centre: Centre, year: int, month: int, at: datetime) -> Bulletin:
    """The month as whoever asked first was told it: what changed since then would tell, beside it,
    what it hides. Raises Refusal as `bulletin`."""
    row = session.get(BulletinRow, (year, month))
    if row is not None:
        return BulletinAnswer.model_validate_json(row.told).told
    told = BulletinAnswer(told=bulletin(session, centre, year, month, at)).model_dump_json()
    first = {"year": year, "month": month, "counted_at": at, "told": told}

    def keep(writing: Session) -> str:
        make_missing(writing, BulletinRow, first)
        # Somebody else's, where two asked at once.
        return writing.get_one(BulletinRow, (year, month)).told

    # Apart from the counting, which takes long: beside it others write.
    return BulletinAnswer.model_validate_json(transact(centre, centre.writer, keep)).told


def bulletin(session: Session, centre: Centre, year: int, month: int, at: datetime) -> Bulletin:
    """The bulletin of the Jalali month. Raises Refusal for one that is not over, or in which
    nothing was asked for."""
    first = from_jalali(year, month, 1)
    last = from_jalali(year, month, month_length(year, month))
    words = to_persian_digits(f"{MONTHS[month - 1]} {year}")
    if last >= day_of(at):
        raise Refusal(f"{words} هنوز تمام نشده است.", field="month")
    offices, services = _counted(session, first, last)
    if not offices:
        raise Refusal(f"در {words} درخواستی دریافت نشده است.", field="month")
    calendar = centre.reference.city(session, day_of(at)).calendar
    whole: Counter[Fate] = sum(services.values(), Counter())
    by_office, by_service, of_all = _answers(session, calendar, first, last)
    cards = {of: office.on(last) for of, office in all_offices(session).items()}
    titles = {code: each.title for code, each in centre.reference.services(session, last).items()}

    def office_name(of: str) -> str:
        card = cards.get(of)
        return f"{isolate(to_persian_digits(card.code))}، {card.known_as}" if card else of

    def title(code: str) -> str:
        return titles.get(code, code)

    begin = datetime.combine(first, time(), TEHRAN)
    end = datetime.combine(last + timedelta(days=1), time(), TEHRAN)
    lines, of_centre = outages.between(session, begin, end, cards, calendar)
    columns = columns_of(whole)
    looks = correctness(session, first, last)
    line = whole_line(columns, Counted(_WHOLE, whole, of_all, looks))
    looks_of = {
        column: correctness_by(session, first, last, column) for column in ("stream", "service")
    }
    by_stream = {office_of(str(of)): each for of, each in looks_of["stream"].items()}
    by_code = {str(of): each for of, each in looks_of["service"].items()}
    return Bulletin(
        month=words,
        first=first,
        last=last,
        columns=columns,
        whole=line,
        saved=answered_at_once(columns, line.counts) if line is not None else None,
        correctness=correctness_words(looks),
        lines=lines,
        centre=of_centre,
        tables=(
            table("به تفکیک دفتر", columns, _rows(offices, office_name, by_office, by_stream)),
            table("به تفکیک خدمت", columns, _rows(services, title, by_service, by_code)),
        ),
    )


def _counted(
    session: Session, first: date, last: date
) -> tuple[dict[str, Counter[Fate]], dict[str, Counter[Fate]]]:
    """By office and by service: how the requests that were received on these days were answered."""
    row = CaseRow
    by = (row.stream, row.received_in, row.service, row.first_outcome)
    query = select(*by, func.count()).where(row.received_on >= first, row.received_on <= last)
    offices: defaultdict[str, Counter[Fate]] = defaultdict(Counter)
    services: defaultdict[str, Counter[Fate]] = defaultdict(Counter)
    for stream, received_in, service, outcome, cases in session.execute(query.group_by(*by)):
        fate = Fate(outcome) if outcome else Fate.WAITING
        offices[office_of(received_in or stream)][fate] += cases
        services[service][fate] += cases
    return dict(offices), dict(services)


def _answers(
    session: Session, calendar: OfficeCalendar, first: date, last: date
) -> tuple[_Answers, _Answers, tuple[int, int] | None]:
    """By office, by service and of all: how many answers that stand were given on these days, and
    the working days of the middle one from receipt to letter."""
    row = LetterRow
    by = (row.office, row.service, row.received_on, row.issued_on)
    query = (
        select(*by, func.count())
        .where(row.issued_on >= first, row.issued_on <= last)
        .where(row.kind != LetterKind.DEBT.value, literal_column(STANDS))
    )
    offices: defaultdict[str, Counter[int]] = defaultdict(Counter)
    services: defaultdict[str, Counter[int]] = defaultdict(Counter)
    whole: Counter[int] = Counter()
    for office, service, received, issued, letters in session.execute(query.group_by(*by)):
        if received is None or issued is None:
            continue
        days = calendar.working_days_between(received, issued)
        for waits in (offices[office], services[service], whole):
            waits[days] += letters
    return _middles(offices), _middles(services), _middle(whole)


def _middles(waits: Mapping[str, Counter[int]]) -> _Answers:
    found = {of: _middle(own) for of, own in waits.items()}
    return {of: middle for of, middle in found.items() if middle is not None}


def _middle(waits: Counter[int]) -> tuple[int, int] | None:
    return (waits.total(), half_up(median(waits.elements()))) if waits else None


def _rows(
    counts: Mapping[str, Counter[Fate]],
    named: Callable[[str], str],
    answers: _Answers,
    looks: Mapping[str, Correctness],
) -> list[Counted]:
    rows = [
        Counted(named(of), own, answers.get(of), looks.get(of, Correctness()))
        for of, own in counts.items()
    ]
    return sorted(rows, key=lambda each: sort_key(each.name))
