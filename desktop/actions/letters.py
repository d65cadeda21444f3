"""Letters at the office: proof, release, the kept file, copies on paper, voiding, handing over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.actions import elsewhere
from desktop.actions.access import Confirmed, confirm, confirm_other
from desktop.actions.desk import UNPROVEN, Desk, Seat
from desktop.domain import lawful_letters, lawful_paper
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commands import (
    AskCopy,
    HandOver,
    PrintLetter,
    ReleaseLetter,
    SpoilSheet,
    TellVoid,
    VoidLetter,
)
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import anyones_id
from desktop.domain.lawful_letters import VOID
from desktop.domain.letter import Letter, Release
from desktop.domain.people import Staff
from desktop.domain.reading import Reading, Way, What
from desktop.domain.stamped_sheets import SheetRun
from desktop.reports.letter import LAYOUT, draw, draw_released, pages
from desktop.reports.letter.attachment import Sealed, read
from desktop.store import ledger, letters, meta, outbox, people, readings, stamped_sheets
from desktop.store.ledger import Printing, PrintState, SheetSaid
from desktop.store.open import Session
from desktop.store.view import View, of_case
from desktop.wire.assent import witnessed
from desktop.wire.canon import content_hash

STAMP = "office"
_UNRELEASED = "نامه هنوز تأیید و مهر نشده است."
_WHOSE_COPY = "نسخهٔ دیگر به نام شما امضا می‌شود؛ گذرواژهٔ خود را بنویسید."
_PRINTED = "این نسخه پیش از این چاپ شده است؛ نسخهٔ دیگر دلیل می‌خواهد."
_RECALLED = "ابطال این نامه خواسته شده است؛ چاپ نمی‌شود."
_SAID = "دربارهٔ این برگ پیش‌تر گفته شده است."
_NOT_GIVEN = "ابطال این نامه خواسته شده است؛ تحویل داده نمی‌شود."
_OPEN_COPY = "نسخهٔ پیشین این نامه به چاپگر فرستاده شده است؛ نخست بگویید که کاغذ آن بیرون آمد یا نه."


@dataclass(frozen=True)
class PrintCopy:
    """A copy about to go to paper: the kept bytes, the ledger's entry written before it, the sheets
    that are in the printer, where they have numbers."""

    print_id: int
    copy: int
    sha256: str
    pdf: bytes
    sheets: SheetRun | None = None


def proof(letter: Letter) -> bytes:
    """The letter before release: never kept, never printed."""
    return draw(letter, None, layout=LAYOUT, copy=1)


def kept(desk: Desk, held: CaseLetter) -> bytes:
    """The kept file of copy 1. Raises Refusal when its bytes are not what was released."""
    with desk.store.reading() as session:
        found = letters.find(session, held.sha256)
    pdf = found.pdf if found else drawn(held)
    if content_hash(pdf) != held.sha256:
        raise Refusal("نامهٔ تهیه‌شده همان نامهٔ تأییدشده نیست؛ چاپ نکنید و با پشتیبانی تماس بگیرید.")
    return pdf


def drawn(held: CaseLetter) -> bytes:
    """Copy 1 as its value says it. Raises Refusal, ValueError."""
    if held.release is None:
        raise Refusal(_UNRELEASED)
    return draw(held.letter, held.release, layout=held.layout, copy=1)


def code_of(desk: Desk, held: CaseLetter) -> str:
    """What the QR of copy 1 says. Raises Refusal as `kept`, and for a letter of before."""
    value = read(kept(desk, held))
    if not isinstance(value, Sealed):
        raise Refusal("این نامه در قالب پیشین است.")
    return value.code


def release(
    seat: Seat, case_id: str, letter: Letter, password: str, *, unseen: bool = False
) -> None:
    """Stamp one letter under a password of its own; as `stamp`. Raises Refusal."""
    seat.desk.demand_stamp()
    stamp(confirm(seat, password), case_id, letter, unseen=unseen)


def stamp(confirmed: Confirmed, case_id: str, letter: Letter, *, unseen: bool) -> None:
    """Draw copy 1 with the person's name and stamp, keep it, and ask the centre. Raises Refusal.

    `unseen` tells that the person did not see it to its end, and is kept with the letter.
    """
    seat = confirmed.seat
    seat.desk.demand_stamp()
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
    title = seat.staff.title or seat.staff.role.word
    # Before the store's one writer is taken: drawing takes as long as all else of it together.
    stamped, pdf = draw_released(
        letter, Release(seat.staff.name, title, today, STAMP), seat.releaser, on=today, copy=1
    )

    def work(session: Session) -> None:
        at = seat.desk.moment(session)
        if letter.letter_id in of_case(session, case_id, seat.desk.reference.setting_for).unproven:
            raise Refusal(UNPROVEN)
        sha256 = letters.keep(
            session,
            letter_id=letter.letter_id,
            copy=1,
            layout=LAYOUT,
            release=stamped,
            drawn_at=at,
            pdf=pdf,
        )
        command = ReleaseLetter(
            letter.letter_id,
            sha256,
            LAYOUT,
            STAMP,
            stamped.on,
            unseen,
            seat.released(session, letter.number, LAYOUT, sha256),
            stamped.proof,
        )
        seat.do(session, case_id, command)

    seat.desk.store.write(work)
    seat.desk.nudge()


def begin_print(seat: Seat, case_id: str, held: CaseLetter, printer: str, reason: str) -> PrintCopy:
    """The next copy, its file kept and «در حال ارسال» written. Raises Refusal.

    Only after this transaction may a spooler see the bytes, and none while a copy before is under
    way or in doubt, or came out since `held` was looked at: two presses, or two pages, never print
    one letter twice. Of one that is to be voided nothing more goes on paper. A further copy is
    signed as one by who may release the letter: `seat` is then one of `access.confirm`.
    """
    copy = held.next_copy
    if copy > 1 and not held.spoiled and not reason.strip():
        raise Refusal("دلیل چاپ نسخهٔ دیگر را بنویسید.", field="reason")
    seat.desk.demand_clock()
    _demand_copy(seat.desk, held)
    if copy == 1:
        release_, pdf = held.release, kept(seat.desk, held)
    else:
        release_, pdf = _further(seat, case_id, held, copy)

    def work(session: Session) -> PrintCopy:
        at = seat.desk.moment(session)
        if ledger.is_open(session, held.letter.letter_id):
            raise Refusal(_OPEN_COPY)
        ledger.say_readable(session, held.letter.letter_id)
        view = of_case(session, case_id, seat.desk.reference.setting_for)
        if view.case is not None:
            setting = seat.desk.reference.setting_for(session, view.case.request, seat.staff, at)
            lawful_letters.demand_not_kept(setting)
        confirmed = _confirmed(view, held)
        sha256 = letters.keep(
            session,
            letter_id=held.letter.letter_id,
            copy=copy,
            layout=held.layout,
            release=release_ or confirmed,
            drawn_at=at,
            pdf=pdf,
        )
        run = stamped_sheets.write(session, held.letter.letter_id, copy, pages(pdf))
        print_id = ledger.begin(
            session,
            case_id=case_id,
            letter_id=held.letter.letter_id,
            copy=copy,
            sha256=sha256,
            printer=printer,
            actor=seat.staff.staff_id,
            reason=reason,
            at=at,
            sheets=run,
        )
        readings.keep(session, [_printed(seat, at, case_id, held.letter.number)])
        return PrintCopy(print_id, copy, sha256, pdf, run)

    return seat.desk.store.write(work)


def _demand_copy(desk: Desk, held: CaseLetter) -> None:
    with desk.store.reading() as session:
        lawful_paper.demand_copy(held, desk.reference.city(session, desk.today(session)))


def is_beyond(desk: Desk, held: CaseLetter) -> bool:
    """Whether the next copy is the supervisor's to allow."""
    with desk.store.reading() as session:
        return lawful_paper.is_beyond(held, desk.reference.city(session, desk.today(session)))


def ask_copy(seat: Seat, case_id: str, letter_id: str, reason: str) -> None:
    """One more copy than the office prints by itself is asked of the supervisor. Raises Refusal."""
    seat.do_one(case_id, AskCopy(letter_id, reason))


def _further(seat: Seat, case_id: str, held: CaseLetter, copy: int) -> tuple[Release, bytes]:
    """A copy after the first (المثنی), under the name that the letter was released in, made today
    by the person's own key. Raises Refusal."""
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
        case = of_case(session, case_id, seat.desk.reference.setting_for).case
        if case is not None:
            at = seat.desk.moment(session)
            setting = seat.desk.reference.setting_for(session, case.request, seat.staff, at)
            lawful_letters.demand_releaser(seat.staff, setting)
    if held.release is None:
        raise Refusal(_UNRELEASED)
    if seat.releaser is None:
        raise Refusal(_WHOSE_COPY, field="password")
    return draw_released(held.letter, held.release, seat.releaser, on=today, copy=copy)


def _printed(seat: Seat, at: datetime, case_id: str, number: str) -> Reading:
    actor = seat.staff.staff_id
    return Reading(at, actor, What.LETTER, Way.PRINT, case_id=case_id, about=number)


def _confirmed(view: View, held: CaseLetter) -> Release:
    """The release as the centre told it: nothing provisional ever goes on paper."""
    letter_id = held.letter.letter_id
    if letter_id in view.unproven:
        raise Refusal(UNPROVEN)
    known = view.settled.letter(letter_id) if view.settled else None
    if known is None or known.release is None or not known.live:
        raise Refusal("تأیید این نامه هنوز از مرکز نرسیده است؛ پس از رسیدن آن چاپ می‌شود.")
    now = view.case.letter(letter_id) if view.case else None
    if now is None or now.next_copy != held.next_copy:
        raise Refusal(_PRINTED)
    if view.case is not None and view.case.recalls(now):
        raise Refusal(_RECALLED)
    return known.release


def end_print(
    seat: Seat,
    case_id: str,
    letter_id: str,
    begun: PrintCopy,
    printer: str,
    reason: str,
    *,
    out: bool,
) -> None:
    """Paper came out (told to the centre) or it did not. Raises Refusal.

    What is out is out, also when the case meanwhile takes no print any more: the ledger says so,
    and of sheets with numbers the centre is told, which refuses the copy and keeps them.
    """

    def end(session: Session) -> None:
        state = PrintState.PRINTED if out else PrintState.FAILED
        ledger.end(session, begun.print_id, state, seat.desk.moment(session))
        if not out:
            stamped_sheets.unwrite(session, begun.sheets, letter_id, begun.copy)

    def printed(session: Session) -> PrintLetter:
        file = letters.find(session, begun.sha256)
        count = pages(file.pdf) if file is not None else 1
        return PrintLetter(
            letter_id, begun.copy, begun.sha256, printer, reason, count, begun.sheets
        )

    def work(session: Session) -> None:
        end(session)
        if out:
            seat.do(session, case_id, printed(session))

    def in_vain(session: Session) -> None:
        end(session)
        if out and begun.sheets is not None:
            told, at = printed(session), seat.desk.moment(session)
            outbox.put(session, told, case_id=case_id, actor=seat.staff.staff_id, at=at)

    try:
        seat.desk.store.write(work)
    except Refusal:
        seat.desk.store.write(in_vain)
        seat.desk.nudge()
        raise
    seat.desk.nudge()


def doubt_print(desk: Desk, print_id: int) -> None:
    """The printer gave no answer: a person must say whether paper came out (`settle_doubt`)."""

    def work(session: Session) -> None:
        ledger.end(session, print_id, PrintState.UNKNOWN, desk.moment(session))

    desk.store.write(work)


def doubted(desk: Desk) -> list[Printing]:
    """Copies of which nobody has said whether paper came out: after a crash, or no answer."""
    with desk.store.reading() as session:
        return ledger.doubted(session)


def settle_doubt(seat: Seat, printing: Printing, *, out: bool) -> None:
    """A person says whether that paper came out. Raises Refusal."""
    if printing.elsewhere:
        elsewhere.end_print(seat, printing, out=out)
        return
    begun = PrintCopy(printing.print_id, printing.copy, printing.sha256, b"", printing.sheets)
    end_print(
        seat,
        printing.case_id,
        printing.letter_id,
        begun,
        printing.printer,
        printing.reason,
        out=out,
    )


def seconds(seat: Seat, case: Case) -> tuple[Staff, ...]:
    """The colleagues of whom one has to confirm the end of a letter today, by name; none where
    nobody else is at work."""
    desk, own = seat.desk, seat.staff
    with desk.store.reading() as session:
        at = desk.moment(session)
        setting = desk.reference.setting_for(session, case.request, own, at)
        here, keyed = people.everybody(session), people.keyed(session)
    ids = setting.seconds - {own.staff_id} - setting.known_as
    # Who has no password at this desk is told of only where nobody else could confirm it.
    return tuple(each for each in here if each.staff_id in (ids & keyed or ids))


@dataclass(frozen=True)
class Witness:
    """Who confirms the end of a letter beside the manager, and the password typed for it."""

    staff_id: str
    password: str


def unsaid(desk: Desk) -> list[Printing]:
    """Sheets that came out here and of which nobody has said whether they can be read."""
    with desk.store.reading() as session:
        return ledger.unsaid(session)


def say_readable(desk: Desk, printing: Printing) -> None:
    """A person has looked: the sheet can be read."""
    desk.store.write(lambda session: ledger.say(session, printing.print_id, SheetSaid.READABLE))


def spoil(seat: Seat, printing: Printing, reason: str, *, out: bool = True) -> None:
    """The sheet is destroyed, or never came out (then no sheet was used): the same copy is printed
    once more. Raises Refusal; what was said of the sheet is kept all the same.
    """
    if printing.elsewhere:
        elsewhere.spoil(seat, printing, reason, out=out)
        return

    def work(session: Session, *, told: bool) -> None:
        if not ledger.say(session, printing.print_id, SheetSaid.SPOILED):
            raise Refusal(_SAID)
        run = printing.sheets
        stamped_sheets.spoil(session, run, printing.letter_id, printing.copy, out=out)
        if told:
            file = letters.find(session, printing.sha256) if out else None
            sheets = pages(file.pdf) if file is not None else int(out)
            lost = SpoilSheet(printing.letter_id, printing.copy, sheets, reason, run)
            seat.do(session, printing.case_id, lost)

    try:
        seat.desk.store.write(partial(work, told=True))
    except Refusal as no:
        if no.field != "reason" and no.words != _SAID:
            seat.desk.store.write(partial(work, told=False))
        raise
    seat.desk.nudge()


def void(
    seat: Seat,
    case_id: str,
    letter_id: str,
    reason: str,
    password: str,
    witness: Witness | None = None,
) -> None:
    """End a letter in force that nobody has taken, with the reason. Raises Refusal."""
    own = confirm(seat, password).seat
    named, signature = "", ""
    if witness is not None:
        second = confirm_other(seat, witness.staff_id, witness.password)
        named = second.staff.staff_id
        with seat.desk.store.reading() as session:
            centre = meta.get(session).identity.centre
        signature = second.signer(witnessed(centre, letter_id, reason, named))
    own.do_one(case_id, VoidLetter(letter_id, reason, named, signature))


def tell_void(seat: Seat, case_id: str, letter_id: str, to: str, how: str) -> None:
    """Somebody who had the letter was told that it is void. Raises Refusal."""
    seat.do_one(case_id, TellVoid(letter_id, to, how))


def _demand_holds(case: Case, letter_id: str) -> None:
    """Raise Refusal where this desk knows that the letter ended, or is about to."""
    for held in case.letters:
        if held.letter.letter_id == letter_id and held.voided:
            raise Refusal(VOID)
        if held.letter.letter_id == letter_id and case.recalls(held):
            raise Refusal(_NOT_GIVEN)


def hand_over(
    seat: Seat,
    case_id: str,
    letter_id: str,
    receiver: str,
    receiver_id: str,
    seen: tuple[str, ...],
    password: str,
) -> None:
    """Give the printed letter to a person. Raises Refusal."""
    confirm(seat, password)

    def work(session: Session) -> None:
        case = of_case(session, case_id, seat.desk.reference.setting_for).case
        if case is not None:
            _demand_holds(case, letter_id)
        # It is in the clerk's hand: it can be read.
        ledger.say_readable(session, letter_id)
        handed = HandOver(letter_id, receiver, anyones_id(receiver_id), seen)
        seat.do(session, case_id, handed)

    seat.desk.store.write(work)
    seat.desk.nudge()
