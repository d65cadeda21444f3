"""Where a letter stands: what is done, what comes next, whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.actions import act_drafts, letter_checks, letters, stamped_sheets, standing
from desktop.actions.desk import Seat
from desktop.actions.letter_checks import Printing, Truth
from desktop.actions.standing import Standing
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.people import Role, Staff
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.recall import recall_cause
from desktop.domain.state import ANSWERED, State
from desktop.domain.status import Status
from desktop.domain.stream import Fact
from desktop.ui.standing.chips import CHIPS, REFUSED_STAMPED, REFUSED_UNSTAMPED, UNSETTLED
from desktop.ui.standing.recalled import RECALLED
from desktop.ui.widgets.told.chip import ChipLook

Phase = Literal["release", "theirs", "waiting", "recalled", "print", "hand", "done", "ended"]


@dataclass(frozen=True)
class LetterNow:
    """A letter with all that its page rests on.

    `held` is what the screen shows, `settled` what the centre confirmed: paper rests on it alone.
    `barrier` is why this person may not stamp it; `seconds` are the colleagues of whom one has to
    confirm its end; `refused` are the case's commands that the
    centre did not take; `doubts` are copies of which nobody has said whether paper came out,
    `unsaid` sheets that did and of which nobody has said whether they can be read; `copies` says
    that this person may sign a further copy, `beyond` that it is the supervisor's to allow; `sheet`
    is the one that is next in the printer, empty where nobody said, None where sheets have no
    numbers; `pdf` is empty when it would be the one shown already (`drawn`).
    """

    standing: Standing
    case: Case
    held: CaseLetter
    settled: CaseLetter | None
    barrier: str
    voidable: bool
    seconds: tuple[Staff, ...]
    refused: frozenset[str]
    truth: Truth
    doubts: tuple[Printing, ...]
    unsaid: tuple[Printing, ...]
    copies: bool
    beyond: bool
    sheet: str | None
    drawn: str
    pdf: bytes

    @property
    def against(self) -> str:
        """Why nobody may stamp or print it at this desk; empty where somebody may."""
        return self.standing.against(self.held.letter.letter_id)

    @property
    def phase(self) -> Phase:
        """What comes next with it."""
        held = self.held
        if not held.live or self.case.state is State.PASSED_ON:
            return "ended"
        if held.release is None:
            return "theirs" if self.barrier or self.against else "release"
        if self.case.recalls(held):
            return "recalled"
        if self.settled is None or self.settled.release is None:
            return "waiting"
        if not held.on_paper:
            return "print"
        return "done" if held.handed_to else "hand"

    @property
    def chip(self) -> ChipLook:
        """The letter's own state."""
        if self.held.voided:
            return CHIPS[Status.VOIDED]
        if self.case.state is State.PASSED_ON:
            return CHIPS[Status.PASSED_ON]
        if self.phase == "recalled":
            return CHIPS[Status.RECALLED]
        if self.held.handed_to:
            return CHIPS[Status.HANDED_OVER]
        if self.phase == "waiting":
            return UNSETTLED
        stamped = self.held.release is not None
        if self.held.letter.kind is LetterKind.REFUSAL:
            return REFUSED_STAMPED if stamped else REFUSED_UNSTAMPED
        return CHIPS[Status.RELEASED if stamped else Status.ISSUED]

    @property
    def on_paper(self) -> str:
        """What is still to be done with paper of a void letter; empty where none came out."""
        if not (self.held.voided and self.held.copies):
            return ""
        which = "نسخهٔ چاپ‌شده" if self.held.copies == 1 else "همهٔ نسخه‌های چاپ‌شده"
        whose = f" از {to_persian_digits(self.held.handed_to)}" if self.held.handed_to else ""
        return f"{which} را{whose} پس بگیرید و باطل کنید"

    @property
    def asked_of(self) -> Printing | None:
        """The sheet of which a person is to say what became of it; none of a void letter."""
        if not self.held.live:
            return self.doubts[0] if self.doubts else None
        return next(iter((*self.doubts, *reversed(self.unsaid))), None)

    @property
    def managers(self) -> str:
        """Who of the office may always stamp."""
        return join_and(list(self.standing.managers))

    @property
    def registered_by(self) -> str:
        """Who registered the request."""
        return self.standing.names.get(self.case.registered_by, "")

    def fact(self, kind: type[f.CaseFact]) -> Fact | None:
        """The last fact of that kind about this letter."""
        found = self.facts(kind)
        return found[-1] if found else None

    def facts(self, kind: type[f.CaseFact]) -> list[Fact]:
        """The facts of that kind about this letter, provisional ones at the end."""
        view, letter_id = self.standing.view, self.held.letter.letter_id
        return [
            fact
            for fact in (*view.confirmed, *view.provisional)
            if isinstance(fact.payload, kind) and _letter_id(fact) == letter_id
        ]


def _letter_id(fact: Fact) -> str:
    payload = fact.payload
    if isinstance(payload, f.LetterIssued):
        return payload.letter.letter_id
    return str(getattr(payload, "letter_id", ""))


def load(seat: Seat, case_id: str, letter_id: str, drawn: str) -> LetterNow:
    """The letter now; without an id the live answer, else the newest. Raises Refusal: none."""
    desk = seat.desk
    now = standing.of_case(desk, case_id)
    case = now.view.case
    held = _letter_of(case, letter_id) if case is not None else None
    if case is None or held is None:
        raise Refusal("این پرونده هنوز نامه‌ای ندارد.")
    own = held.letter.letter_id
    settled = None
    if now.view.settled is not None:
        settled = next((x for x in now.view.settled.letters if x.letter.letter_id == own), None)
    released = settled is not None and settled.release is not None
    name = settled.sha256 if settled is not None and released else f"proof:{own}"
    pdf = b""
    if name != drawn:
        pdf = letters.kept(desk, settled) if settled and released else letters.proof(held.letter)
    voidable = (
        seat.staff.role is Role.MANAGER
        and case.state in ANSWERED
        and held.live
        and not held.is_out
        and held.letter.kind is not LetterKind.DEBT
    )
    return LetterNow(
        standing=now,
        case=case,
        held=held,
        settled=settled,
        barrier=letter_checks.release_barrier(seat, case, own) if held.release is None else "",
        voidable=voidable,
        seconds=letters.seconds(seat, case) if voidable else (),
        refused=act_drafts.refused(seat, case_id),
        truth=letter_checks.truth(desk, held.letter),
        doubts=tuple(p for p in letters.doubted(desk) if p.letter_id == own),
        unsaid=tuple(p for p in letters.unsaid(desk) if p.letter_id == own),
        copies=letter_checks.may_copy(seat, case),
        beyond=letters.is_beyond(desk, held),
        sheet=stamped_sheets.next_words(desk),
        drawn=name,
        pdf=pdf,
    )


def _letter_of(case: Case, letter_id: str) -> CaseLetter | None:
    if letter_id:
        return next((x for x in case.letters if x.letter.letter_id == letter_id), None)
    return case.answer or case.debt_letter or (case.letters[-1] if case.letters else None)


def turn_of(now: LetterNow) -> str:
    """The sentence that tells where things stand."""
    match now.phase:
        case "release":
            return ""
        case "theirs":
            if now.against:
                return now.against
            if now.standing.managers and not now.case.fee_before_stamping:
                return f"نامه در کارتابل {now.managers} است تا مهر شود"
            return now.barrier
        case "waiting":
            return "مهر در صف ارسال است؛ پس از تأیید مرکز چاپ می‌شود"
        case "recalled":
            whose = "شهرداری" if now.held.is_out or now.case.recall else now.managers
            whose = "" if now.voidable else f"؛ ابطال با {whose} است"
            cause = recall_cause(now.case)
            return f"{RECALLED[cause]}{whose}" if cause is not None else ""
        case "print":
            if now.held.spoiled:
                return "برگ چاپ‌شده خراب است؛ دوباره چاپ کنید"
            return "نامه مهر شده است و چاپ نشده"
        case "hand":
            return "نامه چاپ شده است و نزد شماست"
        case "done":
            return f"به {to_persian_digits(now.held.handed_to)} تحویل شد"
        case "ended":
            if now.case.passed is not None and now.case.state is State.PASSED_ON:
                return to_persian_digits(f"پرونده به {now.case.passed.name} سپرده شده است")
            if now.held.voided:
                return f"این نامه ابطال شده است{'؛ ' if now.on_paper else ''}{now.on_paper}"
            return "بدهی این نامه تسویه شده است"
