"""A case at another office than its own: told to who shows its code and an id, its letter copied.

Nothing else of it is done there. What is told is kept as read; who guesses is stopped.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import assents, reading_chains
from desktop.centre.context import Centre, day_of
from desktop.centre.doing import Behind, would_do
from desktop.centre.elsewhere_tables import MissedLookRow
from desktop.centre.reading_log import by_tracking
from desktop.centre.streams import case_texts, load_case
from desktop.centre.tables import DeviceRow, OfficeRow
from desktop.centre.tick import DEVICE, act_for
from desktop.chance import new_id
from desktop.domain.calendar import TEHRAN, format_time
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commands import Command, GiveCopy
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterIssued, LetterReleased
from desktop.domain.identifiers import bare_digits, is_tracking_code
from desktop.domain.lawful_paper import NO_SUCH_CASE, shows_himself
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.reading import Reading, Way, What
from desktop.domain.status import status_of
from desktop.domain.stream import office_of
from desktop.forms import permits
from desktop.wire.assent import Purpose
from desktop.wire.codec import decode_fact
from desktop.wire.elsewhere import (
    CopyAnswer,
    CopyAsk,
    ElsewhereAnswer,
    ElsewhereAsk,
    Hold,
    LetterElsewhere,
    subject_of,
)

MOST_MISSES, _WITHIN = 10, timedelta(hours=1)
"""So often an office may be wrong within that time: an id is not to be found by trying."""
COUNTER = (Role.CLERK, Role.MANAGER)
_OWN = "این پرونده از همین دفتر است؛ آن را در «جست‌وجو» باز کنید."
_NO_OFFICE = "شهرداری پرونده‌های همهٔ دفترها را در صف خود می‌بیند."
_GUESSED = "چند بار کد رهگیری یا کد ملی نادرست نوشته شد؛ از ساعت {} دوباره بپرسید."
_STOPPED = "خدمات شهرداری در این دفتر متوقف است."
_ANOTHER = "پرسنده و امضاکننده یکی نیستند."
_RECOVERING = "مرکز در حال بازگشت از پشتیبان است؛ نسخه پس از تأیید آن داده می‌شود."
_HELD = "کاری از این پرونده نزد مرکز در نوبت است؛ کمی بعد دوباره بزنید."
_NO_LETTER = "این نامه از این پرونده نیست."


def look(
    session: Session, centre: Centre, device: DeviceRow, ask: ElsewhereAsk, at: datetime
) -> ElsewhereAnswer | Refusal:
    """How the case stands. A Refusal that is given for a wrong code or id is counted."""
    case = _found(session, centre, device, ask.actor, ask.tracking, ask.person_id, at)
    if isinstance(case, Refusal):
        return case
    office = office_of(case.stream)
    card = centre.reference.office(session, office).on(day_of(at))
    return ElsewhereAnswer(
        case_id=case.case_id,
        office=office,
        name=card.name,
        phone=card.phone,
        address=card.address,
        service=case.request.service,
        applicant=case.request.party.name,
        status=status_of(case).value,
        state=case.state.value,
        received_on=case.request.received_on,
        answer_by=case.answer_by,
        letters=[_told(case, held, day_of(at)) for held in case.letters],
    )


def give(
    session: Session, centre: Centre, device: DeviceRow, ask: CopyAsk, at: datetime
) -> CopyAnswer | Refusal:
    """The next copy's number, told in the case's stream; asked again, the same. Raises Refusal."""
    if ask.actor != ask.assent.actor:
        raise Refusal(_ANOTHER)
    if not centre.recovery.decides(session):
        raise Refusal(_RECOVERING)
    case = _found(session, centre, device, ask.actor, ask.tracking, ask.person_id, at)
    if isinstance(case, Refusal):
        return case
    subject = subject_of(ask.ask_id, ask.letter_id, ask.person_id)
    actor = assents.demand(session, centre, device, ask.assent, Purpose.COPY, subject, COUNTER)
    asked = GiveCopy(ask.letter_id, ask.person_id, ask.assent.reason, ask.ask_id)
    if _given(case, ask) is None:
        try:
            act_for(session, centre, actor, case.case_id, asked, at, partial(_undone, ask, case))
        except Behind:
            raise Refusal(_HELD) from None
        case = load_case(session, case.case_id) or case
    # Of what ended since, or was given to another, nothing is told again.
    would_do(session, centre, _command(case, actor, asked, at), case, actor, at)
    copy = _given(case, ask)
    if copy is None:
        raise LookupError(f"no copy of {ask.letter_id} for {ask.ask_id}")
    issued, released = _texts(session, case.case_id, ask.letter_id)
    return CopyAnswer(copy_number=copy.copy, issued=issued, released=released)


def _command(case: Case, actor: Staff, asked: GiveCopy, at: datetime) -> Command:
    return Command(new_id(), case.case_id, DEVICE, 0, actor.staff_id, case.rev, at, asked)


def _found(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    actor: str,
    tracking: str,
    person_id: str,
    at: datetime,
) -> Case | Refusal:
    """The case of another office by what its people have in hand.

    Raises Refusal for whom it is not there.
    """
    if device.office == MUNICIPALITY:
        raise Refusal(_NO_OFFICE)
    if permits.stopped_office(centre.reference.finding(session), device.office, at) is not None:
        raise Refusal(_STOPPED)
    # Of two desks of the office at once the second waits: it counts what the first one missed.
    session.execute(select(OfficeRow).where(OfficeRow.office_id == device.office).with_for_update())
    row = MissedLookRow
    own = (row.office == device.office, row.missed_at > at - _WITHIN)
    misses, first = session.execute(select(func.count(), func.min(row.missed_at)).where(*own)).one()
    if misses >= MOST_MISSES:
        again = format_time((first + _WITHIN).astimezone(TEHRAN))
        raise Refusal(to_persian_digits(_GUESSED.format(again)))
    found = _by_code(session, tracking)
    if found is not None and office_of(found.stream) == device.office:
        raise Refusal(_OWN, field="tracking")
    if found is None or not shows_himself(found, person_id):
        missed = {"missed_at": at, "office": device.office, "actor": actor}
        session.add(row(look_id=new_id(), **missed))
        # It is seen among those who looked: who, when, and that nothing was found.
        look = Reading(at, actor, What.SEARCH, Way.SEARCH, about="0")
        reading_chains.append(session, centre, device, [look], at)
        # The same for both: nobody learns which codes there are.
        return Refusal(NO_SUCH_CASE, field="person_id")
    return found


def _by_code(session: Session, tracking: str) -> Case | None:
    if not is_tracking_code(tracking):
        return None
    case_id = session.scalar(by_tracking(bare_digits(tracking)))
    return load_case(session, case_id) if case_id is not None else None


def _given(case: Case, ask: CopyAsk) -> CopyGiven | None:
    """The copy that this question was given before."""
    for held in case.letters:
        if held.letter.letter_id == ask.letter_id:
            return next((each for each in held.given if each.ask_id == ask.ask_id), None)
    raise Refusal(_NO_LETTER, field="letter_id")


def _undone(ask: CopyAsk, case: Case, session: Session) -> bool:
    """Whether nobody has asked the same meanwhile, who was given it then."""
    now = load_case(session, case.case_id)
    return now is not None and _given(now, ask) is None


def _told(case: Case, held: CaseLetter, today: date) -> LetterElsewhere:
    letter = held.letter
    return LetterElsewhere(
        letter_id=letter.letter_id,
        number=letter.number,
        kind=letter.kind.value,
        issued_on=letter.issued_on,
        valid_until=letter.valid_until,
        hold=_hold(case, held, today),
        given=len(held.given),
    )


def _hold(case: Case, held: CaseLetter, today: date) -> Hold:
    until = held.letter.valid_until
    if not held.live:
        return Hold.ENDED
    if held.release is None:
        return Hold.UNSTAMPED
    if until is not None and until < today:
        return Hold.EXPIRED
    return Hold.RECALLED if case.recalls(held) else Hold.IN_FORCE


def _texts(session: Session, case_id: str, letter_id: str) -> tuple[str, str]:
    """The facts of its issue and of its release."""
    issued = released = ""
    for text in case_texts(session, case_id):
        told = decode_fact(text).payload
        if isinstance(told, LetterIssued) and told.letter.letter_id == letter_id:
            issued = text
        elif isinstance(told, LetterReleased) and told.letter_id == letter_id:
            released = text
    return issued, released
