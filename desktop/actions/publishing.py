"""Putting the municipality's data into force: what a person looks at, prepares, signs, withdraws.

Every function asks the centre; texts and figures are made ready for it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.actions.desk import Desk, Seat
from desktop.actions.letters import proof
from desktop.chance import new_id
from desktop.domain.calendar import compact, jalali
from desktop.domain.city import City
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.letter import Essence, Letter, LetterKind, LetterText
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms import permits
from desktop.forms.catalogue import HOLIDAYS_KEY, to_publish
from desktop.forms.dated import Dated
from desktop.forms.holidays import Holiday, write_holidays
from desktop.forms.loader import load
from desktop.store import people, published
from desktop.wire import calls
from desktop.wire import publishing as w
from desktop.wire import services as ws
from desktop.wire.assent import SHORTEST_REASON, Purpose
from desktop.wire.codec import adapter
from desktop.wire.essence import write

_DOUBTED = "{} " + to_persian_digits(
    f"اگر با این همه درست است، دلیل را دست‌کم با {SHORTEST_REASON} نویسه بنویسید."
)


@dataclass(frozen=True)
class Held:
    """What holds on a day, as this desk has heard."""

    day: date
    city: City
    services: Mapping[str, Service]
    holidays: Mapping[date, Holiday]


def held(desk: Desk, day: date | None = None) -> Held:
    """The municipality's data of the day (today: None). Raises Refusal before the first sync."""
    with desk.store.reading() as session:
        on = day or desk.today(session)
        return Held(
            on,
            desk.reference.city(session, on),
            desk.reference.services(session, on),
            desk.reference.holidays(session, on),
        )


def lacks_second(seat: Seat) -> bool:
    """Whether nobody but the person signs at the municipality today, as this desk has heard."""
    desk = seat.desk
    with desk.store.reading() as session:
        find, now = desk.reference.finding(session), desk.moment(session)
        own = {seat.staff.staff_id, seat.staff.national_id} - {""}
        everybody, today = people.everybody(session), desk.today(session)
        others = [
            each
            for each in everybody
            if not own & {each.staff_id, each.national_id}
            and any(a.role.signs for a in permits.in_roles(find, everybody, each, today, now))
        ]
        return not permits.working(find, others, today, now)


def services(seat: Seat) -> list[ws.ServiceBody]:
    """Every service with its versions.

    Here and below: raises LineDown, and Refusal in the centre's words or for who neither prepares
    nor signs.
    """
    ask = ws.MunicipalAsk(actor=seat.staff.staff_id)
    return seat.desk.ask(calls.SERVICES, ask).services


def version_text(seat: Seat, code: str, version: str) -> str:
    """The whole text of a version that was published."""
    ask = ws.VersionAsk(actor=seat.staff.staff_id, code=code, version=version)
    return seat.desk.ask(calls.SERVICE_VERSION, ask).text


def check(seat: Seat, name: str, text: str, day: date) -> ws.CheckAnswer:
    """All that is wrong with a service file as it is written, and how its examples come out."""
    return seat.desk.ask(calls.SERVICE_CHECK, _service_ask(seat, name, text, day))


@dataclass(frozen=True)
class SampleLetter:
    """A letter that an example of a file leads to, in words and as a page; `way` as on the wire."""

    example: str
    way: str
    kind: LetterKind
    text: LetterText
    valid_until: date | None
    day: date

    @property
    def pdf(self) -> bytes:
        """The letter as a proof: it has no number, and nobody signed it."""
        return proof(self.letter)

    @property
    def letter(self) -> Letter:
        """The letter as one that nobody issued."""
        until = compact(self.valid_until) if self.valid_until else ""
        essence = replace(Essence.of_text(self.text, self.day, self.kind.value), valid_until=until)
        return Letter(
            letter_id="",
            case_id="",
            kind=self.kind,
            number="",
            issued_on=self.day,
            valid_until=self.valid_until,
            text=self.text,
            essence=write(essence).hex(),
            signature="",
            key_id="",
        )


def sample_letters(seat: Seat, name: str, text: str, day: date) -> list[SampleLetter]:
    """The letters of a file's examples, as the centre would write them today."""
    ask = _service_ask(seat, name, text, day)
    today = held(seat.desk).day
    return [
        SampleLetter(
            each.example,
            each.way,
            each.kind,
            adapter(LetterText).validate_json(each.text),
            each.valid_until,
            today,
        )
        for each in seat.desk.ask(calls.SERVICE_LETTERS, ask).letters
    ]


def try_on_past(seat: Seat, name: str, text: str, day: date) -> ws.TryAnswer:
    """What the file would answer otherwise to the last requests of its service."""
    return seat.desk.ask(calls.SERVICE_TRY, _service_ask(seat, name, text, day))


def _service_ask(seat: Seat, name: str, text: str, day: date) -> ws.ServiceAsk:
    return ws.ServiceAsk(actor=seat.staff.staff_id, name=name, text=text, day=day)


def service_draft(name: str, text: str, day: date, replaces: str = "") -> w.DraftBody:
    """A service file made ready to be signed: with its blocks, and from the day on.

    `replaces` is the title that it is knowingly put in place of. Raises FaultyFile.
    """
    whole = to_publish(text, name, day)
    item = w.ItemBody(key=load(whole, name).code, day=day, text=whole)
    return w.DraftBody(publication=new_id(), topic=Topic.SERVICE, items=[item], replaces=replaces)


def figures_draft(desk: Desk, topic: Topic, figures: Sequence[Dated]) -> w.DraftBody:
    """Figures of one topic made ready to be signed; those that hold on their day are left out."""
    new = []
    for figure in figures:
        known = held(desk, figure.day)
        if not figure.stands(known.city, known.services):
            text = figure.model_dump_json()
            new.append(w.ItemBody(key=figure.about, day=figure.day, text=text))
    return w.DraftBody(publication=new_id(), topic=topic, items=new)


def calendar_draft(desk: Desk, days: Mapping[date, Holiday]) -> w.DraftBody:
    """The holidays, in place of those of their Jalali years, made ready to be signed."""
    known = held(desk)
    years = {jalali(day)[0] for day in days}
    kept = {day: each for day, each in known.holidays.items() if jalali(day)[0] not in years}
    return _whole_calendar(desk, known, {**kept, **days})


def days_draft(desk: Desk, days: Sequence[date], holiday: Holiday | None) -> w.DraftBody:
    """The calendar with these days as that holiday, or as none, made ready to be signed."""
    known = held(desk)
    kept = {day: each for day, each in known.holidays.items() if day not in days}
    set_ = dict.fromkeys(days, holiday) if holiday is not None else {}
    return _whole_calendar(desk, known, {**kept, **set_})


def _whole_calendar(desk: Desk, known: Held, whole: Mapping[date, Holiday]) -> w.DraftBody:
    items = []
    if whole != known.holidays:
        text = write_holidays(whole, desk.clock.now().isoformat())
        items.append(w.ItemBody(key=HOLIDAYS_KEY, day=known.day, text=text))
    return w.DraftBody(publication=new_id(), topic=Topic.HOLIDAYS, items=items)


def weigh(seat: Seat, draft: w.DraftBody) -> w.WeighAnswer:
    """What the draft would change, and what hinders it."""
    ask = w.WeighAsk(actor=seat.staff.staff_id, draft=draft)
    return seat.desk.ask(calls.WEIGH, ask)


def prepare(
    seat: Seat,
    draft: w.DraftBody,
    overruled: Sequence[w.WarningBody] = (),
    reason: str = "",
) -> w.PublicationBody:
    """Sign the draft as its preparer; it waits for another person's signature.

    `overruled` are the warnings of `weigh` that the reason answers.
    """
    named = draft.model_copy(update={"overruled": list(overruled)})
    assent = seat.assent(Purpose.PREPARE, named.subject, reason)
    return seat.desk.ask(calls.PREPARE, w.PrepareAsk(draft=named, assent=assent))


def put_forward(seat: Seat, draft: w.DraftBody, reason: str = "") -> w.PublicationBody:
    """Weigh the draft and sign it as its preparer; it waits for another's signature.

    Raises LineDown; Refusals of what hinders it, `field` the item's number (none: the whole);
    Refusal beside `reason` where doubts want one.
    """
    found = weigh(seat, draft)
    if found.hindrances:
        # What hinders many items in the same words is said once, of the first.
        first: dict[str, int] = {}
        for each in found.hindrances:
            first.setdefault(each.words, each.item)
        raise Refusals(
            [
                Refusal(words, field=str(item) if item >= 0 else None)
                for words, item in first.items()
            ]
        )
    return prepare_weighed(seat, draft, found, reason)


def prepare_weighed(
    seat: Seat, draft: w.DraftBody, found: w.WeighAnswer, reason: str
) -> w.PublicationBody:
    """Sign a draft that nothing hinders. Raises LineDown; Refusal beside `reason` where doubts want
    one."""
    if found.warnings and len(reason.strip()) < SHORTEST_REASON:
        doubts = " ".join(each.words for each in found.warnings)
        raise Refusal(_DOUBTED.format(doubts), field="reason")
    return prepare(seat, draft, found.warnings, reason if found.warnings else "")


def waiting(seat: Seat) -> list[w.PublicationBody]:
    """What waits for a second signature, the oldest first."""
    ask = w.PublicationsAsk(actor=seat.staff.staff_id)
    return seat.desk.ask(calls.PUBLICATIONS, ask).publications


def publication(seat: Seat, publication_id: str) -> w.PublicationBody:
    """One publication, waiting or ended."""
    ask = w.PublicationsAsk(actor=seat.staff.staff_id, publication=publication_id)
    return seat.desk.ask(calls.PUBLICATIONS, ask).publications[0]


def sign(seat: Seat, shown: w.PublicationBody, reason: str = "") -> w.PublicationBody:
    """Put into force what another person prepared: all that is shown, from its days on."""
    return _end(seat, shown, Purpose.SIGN, calls.SIGN, reason)


def decline(seat: Seat, shown: w.PublicationBody, reason: str) -> w.PublicationBody:
    """Take back what waits for its second signature."""
    return _end(seat, shown, Purpose.WITHDRAW, calls.DECLINE, reason)


def _end(
    seat: Seat,
    shown: w.PublicationBody,
    purpose: Purpose,
    call: calls.Call[w.SignAsk, w.PublicationBody],
    reason: str,
) -> w.PublicationBody:
    assent = seat.assent(purpose, shown.subject, reason)
    ask = w.SignAsk(publication=shown.draft.publication, assent=assent)
    ended = seat.desk.ask(call, ask)
    seat.desk.nudge()
    return ended


def withdraw(seat: Seat, topic: Topic, key: str, day: date, reason: str) -> w.WithdrawAnswer:
    """What was published of the key for a day that is still to come never holds."""
    with seat.desk.store.reading() as session:
        places = published.places(session, topic, key, day)
    if not places:
        raise Refusal("برای آن روز چیزی منتشر نشده یا هنوز به این رایانه نرسیده است؛ F5 را بزنید.")
    subject = w.withdrawn_subject(topic, key, day, places)
    assent = seat.assent(Purpose.WITHDRAW, subject, reason)
    ask = w.WithdrawAsk(topic=topic, key=key, day=day, places=places, assent=assent)
    answer = seat.desk.ask(calls.WITHDRAW, ask)
    seat.desk.nudge()
    return answer
