"""A case of another office at this one: its state, and a copy of its letter, with a line alone."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.access import confirm
from desktop.actions.desk import Desk, Seat
from desktop.domain.commands import TellCopy
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterIssued, LetterReleased
from desktop.domain.identifiers import is_tracking_code
from desktop.domain.lawful_paper import NO_REASON, NO_SPOIL_REASON
from desktop.domain.letter import Letter, Release
from desktop.domain.persian import to_latin_digits
from desktop.domain.service import Service
from desktop.reports.letter import LAYOUT, draw_released, pages
from desktop.store import copies, ledger, letters, stamped_sheets
from desktop.store.ledger import Printing, PrintState, SheetSaid
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.assent import Purpose
from desktop.wire.codec import decode_fact
from desktop.wire.elsewhere import (
    CopyAnswer,
    CopyAsk,
    ElsewhereAnswer,
    ElsewhereAsk,
    LetterElsewhere,
    subject_of,
)

_NO_CODE = "این کد رهگیری درست نیست؛ از روی رسید متقاضی بنویسید."
_NO_ID = "کد ملی یا شمارهٔ اختصاصی خوانده نشد."
_NO_RELEASER = "شما کلید مهر نامه ندارید؛ نسخه را کسی می‌گیرد که نامه مهر می‌کند."
_PRINTED = "این نسخه پیش از این چاپ شده است؛ نسخهٔ دیگر شمارهٔ دیگری دارد."
_OPEN_COPY = "نسخهٔ پیشین این نامه به چاپگر فرستاده شده است؛ نخست بگویید که کاغذ آن بیرون آمد یا نه."
_SAID = "دربارهٔ این برگ پیش‌تر گفته شده است."
_STRANGE = "پاسخ مرکز نامه‌ای نداشت؛ دوباره بکوشید."


@dataclass(frozen=True)
class Shown:
    """The case as the centre told it, the service by its title, and what was asked with."""

    tracking: str
    person_id: str
    told: ElsewhereAnswer
    service: Service | None


def look(seat: Seat, tracking: str, person_id: str) -> Shown:
    """The case of that code, for who has that id. Raises LineDown; Refusal beside its field."""
    code, known = to_latin_digits(tracking).strip(), to_latin_digits(person_id).strip()
    if not is_tracking_code(code):
        raise Refusal(_NO_CODE, field="tracking")
    if not known.isdecimal():
        raise Refusal(_NO_ID, field="person_id")
    desk = seat.desk
    ask = ElsewhereAsk(actor=seat.staff.staff_id, tracking=code, person_id=known)
    told = desk.ask(calls.ELSEWHERE, ask)
    with desk.store.reading() as session:
        services = desk.reference.services(session, desk.today(session))
    return Shown(code, known, told, services.get(told.service))


def take(
    seat: Seat, shown: Shown, letter: LetterElsewhere, reason: str, password: str
) -> CopyAnswer:
    """The next copy's number from the centre, under the password: the one that was asked for before
    and never came to be used here, else a new one. Raises LineDown, Refusal."""
    if not reason.strip():
        raise Refusal(NO_REASON, field="reason")
    seat.desk.demand_stamp()
    own = confirm(seat, password).seat
    if own.releaser is None:
        raise Refusal(_NO_RELEASER, field="password")
    store, letter_id = own.desk.store, letter.letter_id
    ask_id = store.write(lambda session: copies.question(session, letter_id, letter.number))
    subject = subject_of(ask_id, letter_id, shown.person_id)
    ask = CopyAsk(
        actor=own.staff.staff_id,
        tracking=shown.tracking,
        person_id=shown.person_id,
        letter_id=letter_id,
        ask_id=ask_id,
        assent=own.assent(Purpose.COPY, subject, reason.strip()),
    )
    given = own.desk.ask(calls.COPY_ELSEWHERE, ask)
    store.write(lambda session: copies.given(session, letter_id, given.copy_number))
    return given


def begin_print(
    seat: Seat, given: CopyAnswer, printer: str, reason: str, password: str
) -> Printing:
    """The copy drawn anew under this person's own key, kept, and «در حال ارسال» written.

    As `letters.begin_print`. Raises Refusal.
    """
    own = confirm(seat, password).seat
    if own.releaser is None:
        raise Refusal(_NO_RELEASER, field="password")
    letter, release, case_id = _letter(given)
    desk, number = own.desk, given.copy_number
    with desk.store.reading() as session:
        today = desk.today(session)
    stamped, pdf = draw_released(letter, release, own.releaser, on=today, copy=number)

    def work(session: Session) -> Printing:
        at = desk.moment(session)
        if ledger.is_open(session, letter.letter_id):
            raise Refusal(_OPEN_COPY)
        if copies.is_out(session, letter.letter_id, number):
            raise Refusal(_PRINTED)
        ledger.say_readable(session, letter.letter_id)
        sha256 = letters.keep(
            session,
            letter_id=letter.letter_id,
            copy=number,
            layout=LAYOUT,
            release=stamped,
            drawn_at=at,
            pdf=pdf,
        )
        ledger.begin(
            session,
            case_id=case_id,
            letter_id=letter.letter_id,
            copy=number,
            sha256=sha256,
            printer=printer,
            actor=own.staff.staff_id,
            reason=reason,
            at=at,
            sheets=stamped_sheets.write(session, letter.letter_id, number, pages(pdf)),
        )
        return ledger.of_letter(session, letter.letter_id)[-1]

    return desk.store.write(work)


def pdf_of(desk: Desk, printing: Printing) -> bytes:
    """The bytes that go to the printer. Raises LookupError where they are not here."""
    with desk.store.reading() as session:
        found = letters.find(session, printing.sha256)
    if found is None:
        raise LookupError(printing.sha256)
    return found.pdf


def end_print(seat: Seat, printing: Printing, *, out: bool) -> None:
    """Paper came out (told to the centre) or it did not."""

    def work(session: Session) -> None:
        state = PrintState.PRINTED if out else PrintState.FAILED
        ledger.end(session, printing.print_id, state, seat.desk.moment(session))
        if out:
            _tell(session, seat, printing, _pages(session, printing))
        else:
            stamped_sheets.unwrite(session, printing.sheets, printing.letter_id, printing.copy)

    seat.desk.store.write(work)
    seat.desk.nudge()


def spoil(seat: Seat, printing: Printing, reason: str, *, out: bool = True) -> None:
    """The sheet is destroyed, or never came out: the same copy may be printed once more.

    Raises Refusal.
    """
    if not reason.strip():
        raise Refusal(NO_SPOIL_REASON, field="reason")

    def work(session: Session) -> None:
        if not ledger.say(session, printing.print_id, SheetSaid.SPOILED):
            raise Refusal(_SAID)
        run = printing.sheets
        stamped_sheets.spoil(session, run, printing.letter_id, printing.copy, out=out)
        count = _pages(session, printing) if out else 0
        _tell(session, seat, printing, count, spoiled=reason.strip())

    seat.desk.store.write(work)
    seat.desk.nudge()


def open_sheets(desk: Desk) -> list[tuple[Printing, str]]:
    """Copies of other offices' letters of which nobody has said what became of the sheet, each with
    the letter's number."""
    with desk.store.reading() as session:
        known = [*ledger.doubted(session), *ledger.unsaid(session)]
        there = [each for each in known if each.elsewhere]
        numbers = copies.numbers(session, {each.letter_id for each in there})
    return [(each, numbers.get(each.letter_id, "")) for each in there]


def _tell(
    session: Session, seat: Seat, printing: Printing, count: int, *, spoiled: str = ""
) -> None:
    told = TellCopy(
        printing.letter_id,
        printing.copy,
        printing.sha256,
        printing.printer,
        count,
        spoiled,
        printing.sheets,
    )
    seat.do_of_office(session, told)


def _pages(session: Session, printing: Printing) -> int:
    file = letters.find(session, printing.sha256)
    return pages(file.pdf) if file is not None else 1


def _letter(given: CopyAnswer) -> tuple[Letter, Release, str]:
    issued, released = decode_fact(given.issued), decode_fact(given.released)
    letter, release = issued.payload, released.payload
    if not isinstance(letter, LetterIssued) or not isinstance(release, LetterReleased):
        raise Refusal(_STRANGE)
    return letter.letter, release.release, issued.case_id
