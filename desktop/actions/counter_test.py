"""درخواست آزمایشی of a counter: line, data, clock and printer tried before a conversion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.actions import agency, minutes, registry
from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import TEHRAN, format_long, format_time
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.errors import Refusal
from desktop.domain.letter import Essence, Facts, Letter, LetterKind, LetterText
from desktop.domain.minutes import Minutes
from desktop.domain.office import MUNICIPALITY, OfficeCard, OfficeKind
from desktop.domain.persian import to_persian_digits
from desktop.forms import permits
from desktop.forms.answers import kept_answers
from desktop.forms.example_records import OWNER_ID, example_record
from desktop.reports.letter import LAYOUT, draw
from desktop.store import meta
from desktop.wire import calls
from desktop.wire.essence import write
from desktop.wire.payloads import PrecheckAsk
from desktop.wire.registry import ConversionAnswer

TITLE = "نامهٔ آزمایشی"
_NO_SERVICES = "فرم خدمت‌ها به این باجه نرسیده است"


@dataclass(frozen=True)
class Tried:
    """A service of which an example was pre-checked at the centre from this counter, and up to
    which day the records are that answered."""

    service: str
    title: str
    as_of: date


@dataclass(frozen=True)
class CounterTest:
    """How a counter stands on the path: what the centre was last told of it, and what hinders it.

    `reached_at` is when the centre answered, `minutes` are those of the office's conversion. `told`
    is the last test, by `told_by` at `told_at`.
    """

    card: OfficeCard
    counter: int
    services: int
    faults: tuple[str, ...]
    reached_at: datetime
    converted_on: date | None
    minutes: Minutes | None = None
    told: StepDone | None = None
    told_by: str = ""
    told_at: datetime | None = None

    @property
    def asked(self) -> bool:
        """Whether the office is a کارگزاری that is to be converted: others need no test."""
        return self.card.kind is OfficeKind.AGENCY and self.converted_on is None


def look(seat: Seat) -> CounterTest:
    """Try line, data and clock, and ask what the centre knows of this counter.

    Raises LineDown, Refusal.
    """
    desk = seat.desk
    with desk.store.reading() as session:
        identity, today = meta.get(session).identity, desk.today(session)
        card = desk.reference.office(session, identity.office, today)
        services = len(desk.reference.services(session, today))
    state = agency.conversion(seat, identity.office)
    with desk.store.reading() as session:
        reached = desk.moment(session)
    own = agency.tests_of(state, identity.desk)
    return CounterTest(
        card=card,
        counter=identity.desk,
        services=services,
        faults=tuple(_faults(seat, services)),
        reached_at=reached,
        converted_on=state.converted_on,
        minutes=minutes.signed(desk, identity.office),
        told=own[-1].done.value if own else None,
        told_by=own[-1].name if own else "",
        told_at=own[-1].at if own else None,
    )


def attempt(seat: Seat) -> Tried | None:
    """Pre-check an example of a service that is handed over to the office, as a citizen's request
    is; None where it has none yet. The centre logs the question. Raises LineDown, Refusal."""
    desk = seat.desk
    with desk.store.reading() as session:
        today, office = desk.today(session), meta.get(session).identity.office
        city, find = desk.reference.city(session, today), desk.reference.finding(session)
        services = desk.reference.services(session, today).values()
        own = (each for each in services if each.examples and not each.contests)
        service = next((s for s in own if permits.delegated(find, office, s.code, today)), None)
    if service is None:
        return None
    example = service.examples[0]
    record = example_record(example.record, today, city)
    given = kept_answers(service, example.applicant, example.answers, today, record.found)
    ask = PrecheckAsk(
        service=service.code,
        actor=seat.staff.staff_id,
        applicant=example.applicant,
        person_id=OWNER_ID,
        represented_id=OWNER_ID if example.applicant.represents else "",
        code=str(record.code),
        plate=None,
        unchanged=example.unchanged,
        answers=dict(given),
    )
    answer = desk.ask(calls.PRECHECK, ask)
    return Tried(service.code, service.short or service.title, answer.as_of)


def _faults(seat: Seat, services: int) -> Iterator[str]:
    if not services:
        yield _NO_SERVICES
    try:
        seat.desk.demand_stamp()
    except Refusal as no:
        yield no.words


def concerns(desk: Desk) -> bool:
    """Whether the desk's office is to be converted, or has minutes of it."""
    return agency.is_one(desk) or minutes.signed(desk, desk.identity().office) is not None


def letter(seat: Seat, test: CounterTest, tried: Tried | None) -> bytes:
    """The letter that is printed on trial: no number, no seal, worth nothing. Raises Refusal."""
    desk = seat.desk
    with desk.store.reading() as session:
        at, today = desk.moment(session), desk.today(session)
        records = meta.get(session).records_as_of
        unit = desk.reference.office(session, MUNICIPALITY, today).name
    local = at.astimezone(TEHRAN)
    rows = [
        ("دفتر", to_persian_digits(test.card.name)),
        ("باجه", to_persian_digits(test.counter)),
        ("کاربر", f"{seat.staff.name}، {seat.staff.title or seat.staff.role.word}"),
        ("زمان", f"{format_long(local.date())}، ساعت {format_time(at)}"),
        ("خدمت‌های آماده", to_persian_digits(test.services)),
        ("سوابق شهرداری تا", format_long(records) if records else "نرسیده است"),
        ("پیش‌بررسی آزمایشی", tried_words(tried)),
    ]
    text = LetterText(
        head=test.card.head,
        addressee=unit,
        subject=to_persian_digits(f"{TITLE} باجهٔ {test.counter}"),
        paragraphs=(
            "این نامه برای آزمایش باجه پیش از تبدیل دفتر چاپ شده است و هیچ اعتباری ندارد.",
            "نوشته‌ها باید پررنگ و بی‌لکه باشد، حرف‌ها به هم پیوسته، و گوشه‌های جای امضا و جای مهر"
            " دیده شود. نمونهٔ نوشته: مؤسسهٔ رأفت، مسئول، آیین، هیئت، ژاله، پژوهش؛"
            " ۰۱۲۳۴۵۶۷۸۹.",
        ),
        table=None,
        closing=(),
        copies=(),
        authority="",
        attachment="ندارد",
        sample=True,
        facts=Facts(tuple(rows), after=1),
    )
    essence = write(Essence.of_text(text, today, "test"))
    value = Letter("", "", LetterKind.ANSWER, "", today, None, text, essence.hex(), "", "")
    return draw(value, None, layout=LAYOUT, copy=1)


def tried_words(tried: Tried | None) -> str:
    """«عدم خلاف؛ سوابق تا ۳ آذر ۱۴۰۵ پاسخ داد»."""
    if tried is None:
        return "هنوز خدمتی به این دفتر واگذار نشده است"
    return f"{tried.title}؛ سوابق تا {format_long(tried.as_of)} پاسخ داد"


def record(seat: Seat, fault: str = "", tried: Tried | None = None) -> ConversionAnswer:
    """Tell the centre, signed, how this counter's test came out, and what was tried; no fault where
    all was right.

    Raises LineDown, Refusal.
    """
    identity = seat.desk.identity()
    done = StepDone(ConversionStep.TEST, counter=identity.desk, fault=fault)
    if tried is not None:
        done = replace(done, number=tried.service, until=tried.as_of)
    return registry.record_step(seat, identity.office, done)
