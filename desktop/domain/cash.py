"""The cash book: every sum that was taken or given back, by purse, and how it was matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from desktop.domain import facts as f
from desktop.domain.applying import apply
from desktop.domain.case import Case, what_of
from desktop.domain.counter import FEES
from desktop.domain.fees import VISIT_FEE
from desktop.domain.request import Payment, mark_of
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.domain.tariff import Purse
from desktop.domain.tool import Tool, tool_of

TAKEN_BY: Mapping[Purse, tuple[str, ...]] = {
    Purse.OFFICE: ("terminal",),
    Purse.MUNICIPALITY: ("bill", "deposit", "finance"),
}
"""The ways of paying into each purse: the office's terminal, or the municipality's account.

A deposit at صندوق ثبت and a finance decision settle a debt with a paper: no money moves.
"""


class SumKind(StrEnum):
    """What a sum is for, as the book adds it up."""

    OFFICE = "office"
    VISIT = "visit"
    DEBT = "debt"
    FINE = "fine"
    RESTORATION = "restoration"
    DEPOSIT = "deposit"
    OTHER = "other"

    @property
    def word(self) -> str:
        """The word on screen."""
        return _WORDS[self]


_WORDS = {
    SumKind.OFFICE: "کارمزد دفتر",
    SumKind.VISIT: "هزینهٔ بازدید",
    SumKind.DEBT: "عوارض و بدهی",
    SumKind.FINE: "جریمه",
    SumKind.RESTORATION: "ترمیم",
    SumKind.DEPOSIT: "ودیعه",
    SumKind.OTHER: "دیگر",
}


class Match(StrEnum):
    """Whether terminal and bank have the entry."""

    OPEN = "open"
    MATCHED = "matched"
    DOUBTED = "doubted"
    VOIDED = "voided"


@dataclass(frozen=True)
class Entry:
    """A sum of the book, Rial; less than zero where it was given back. `at` is UTC.

    A voided one stays in sight and counts for nothing.

    `letters` are the numbers of letters in force that rest on it; `waiting` tells that the centre
    does not have it yet. `pos` is its place in the office's stream (0 while it waits), `cause` the
    command that brought it, `void` the fact by which it was voided.
    """

    case_id: str
    mark: str
    at: datetime
    clerk: str
    clerk_name: str
    tracking: str
    applicant: str
    service: str
    title: str
    kind: SumKind
    amount: int
    method: str
    reference: str
    match: Match
    note: str
    letters: tuple[str, ...]
    waiting: bool
    pos: int = 0
    cause: str = ""
    void: Fact | None = None

    @property
    def name(self) -> str:
        """What names it among all."""
        voided = "/void" if self.match is Match.VOIDED else ""
        return f"{self.case_id}/{self.mark}{voided}"

    @property
    def counted(self) -> int:
        """What it adds to the book, Rial."""
        return 0 if self.match is Match.VOIDED else self.amount

    @property
    def tool(self) -> Tool:
        """Who else counts it."""
        return tool_of(self.method)

    @property
    def back(self) -> bool:
        """Whether it was given back."""
        return self.amount < 0


def refundable(case: Case, till: str = "") -> dict[str, Payment]:
    """Fees of a withdrawn case that may be given back, by their marks; of one office's till where
    its stream is named, else of all.

    What went into a debt stays there, and a visit that an inspector went out for is used up: the
    first that were paid. What the other side does not have is nobody's to give.
    """
    if case.state is not State.WITHDRAWN:
        return {}
    visits = [m for m in case.takings if what_of(case, m) == VISIT_FEE and m not in case.struck]
    used = frozenset(visits[: case.gone])
    doubted = {mark for mark, told in case.matched.items() if not told.right}
    return {
        mark: paid
        for mark, paid in case.takings.items()
        if what_of(case, mark) in FEES
        and mark not in case.refunded.keys() | case.struck.keys()
        and mark not in used | doubted
        and till in ("", case.tills[mark])
    }


_BACK = "/back"


def back_of(mark: str) -> str:
    """What names the giving back of a payment."""
    return f"{mark}{_BACK}"


def taken_of(mark: str) -> str:
    """What names the payment itself, of its own mark or of that of its giving back."""
    return mark.removesuffix(_BACK)


def kind_of(what: str) -> SumKind:
    """The kind of a fee or of an owed sum, by its key."""
    head = what.partition(":")[0]
    return SumKind(head) if head in set(SumKind) else SumKind.OTHER


def entries_of(facts: Iterable[Fact], till: str) -> Iterator[Entry]:
    """What one case brought into the book of the office with that stream, in order."""
    made: list[tuple[Fact, str, str, str, Payment, int]] = []
    voided: dict[int, tuple[Fact, str]] = {}
    case: Case | None = None
    for fact in facts:
        case = apply(case, fact)
        payload = fact.payload
        if isinstance(payload, f.PaymentVoided):
            at = max(at for at, each in enumerate(made) if each[1] == payload.mark)
            voided[at] = fact, payload.reason
        elif (book := BOOKED.get(type(payload))) is not None:
            made.append((fact, *book(case, payload)))
    if case is not None:
        for at, each in enumerate(made):
            if case.tills[taken_of(each[1])] != till:
                continue
            entry = _entry(case, *each)
            if at in voided:
                void, reason = voided[at]
                entry = replace(entry, match=Match.VOIDED, note=reason, void=void)
            yield entry


_Booked = tuple[str, str, str, Payment, int]


def title_of(what: str, case: Case | None) -> str:
    """What a fee or an owed sum of the case is called; its key where nobody knows."""
    if case is not None and what in case.announced:
        return case.announced[what].name
    return FEES.get(what, what)


def back_title(title: str) -> str:
    """What the giving back of a sum of that title is called."""
    return f"{title}، بازگشت"


def _fee(case: Case, paid: f.FeePaid) -> _Booked:
    fee, payment = paid.fee, paid.payment
    return mark_of(fee, payment), fee, title_of(fee, case), payment, payment.amount


def _sum(case: Case, paid: f.AmountPaid) -> _Booked:
    key, payment = paid.key, paid.payment
    return mark_of(key, payment), key, title_of(key, case), payment, payment.amount


def _refund(case: Case, refunded: f.FeeRefunded) -> _Booked:
    fee, payment = what_of(case, refunded.mark), case.takings[refunded.mark]
    title = back_title(title_of(fee, case))
    return back_of(refunded.mark), fee, title, payment, -payment.amount


BOOKED: Mapping[type[Any], Callable[[Case, Any], _Booked]] = {
    f.FeePaid: _fee,
    f.AmountPaid: _sum,
    f.FeeRefunded: _refund,
}
"""Facts that bring an entry: its mark, what it was for, that in words, the payment, its Rial."""


def _entry(
    case: Case, fact: Fact, mark: str, what: str, title: str, paid: Payment, amount: int
) -> Entry:
    booked: Any = fact.payload
    matched = case.matched.get(mark)
    match = Match.OPEN
    if matched is not None:
        match = Match.MATCHED if matched.right else Match.DOUBTED
    return Entry(
        case_id=case.case_id,
        mark=mark,
        at=booked.taken_at or fact.at,
        clerk=fact.actor,
        clerk_name=fact.actor_name,
        tracking=case.request.tracking,
        applicant=case.request.party.name,
        service=case.request.service,
        title=title,
        kind=kind_of(what),
        amount=amount,
        method=paid.method,
        reference=paid.reference,
        match=match,
        note=matched.note if matched else "",
        letters=tuple(held.letter.number for held in case.letters if held.live),
        waiting=fact.pos == 0,
        pos=fact.pos,
        cause=fact.cause,
    )


@dataclass(frozen=True)
class Book:
    """The entries of a day, in the order of their moments."""

    day: date
    entries: tuple[Entry, ...]

    def total(self, tool: Tool) -> int:
        """Rial that the terminal or the bank should have counted."""
        return sum(entry.counted for entry in self.entries if entry.tool is tool)

    def times(self, tool: Tool, *, back: bool) -> int:
        """How often money was taken through it, or given back; a voided entry is neither."""
        standing = (e for e in self.entries if e.tool is tool and e.match is not Match.VOIDED)
        return sum(entry.back is back for entry in standing)

    def by_clerk(self) -> dict[str, Counter[SumKind]]:
        """Rial by clerk and kind."""
        sums: dict[str, Counter[SumKind]] = {}
        for entry in self.entries:
            sums.setdefault(entry.clerk_name, Counter())[entry.kind] += entry.counted
        return sums

    def open(self, tool: Tool) -> tuple[Entry, ...]:
        """What was not matched yet."""
        return tuple(e for e in self.entries if e.tool is tool and e.match is Match.OPEN)

    def lacking(self, tool: Tool, missing: Collection[str]) -> int:
        """Rial of those named that count and that nobody has matched."""
        return sum(
            entry.amount
            for entry in self.entries
            if entry.tool is tool
            and entry.name in missing
            and entry.match in (Match.OPEN, Match.DOUBTED)
        )

    @property
    def settled(self) -> bool:
        """Whether money came and all of it was matched."""
        return bool(self.entries) and not any(map(self.open, Tool))

    @property
    def doubted(self) -> tuple[Entry, ...]:
        """What terminal or bank don't have; the letters that rest on it are flagged."""
        return tuple(e for e in self.entries if e.match is Match.DOUBTED)


@dataclass(frozen=True)
class EntryVerdict:
    """What is said of an entry at the close of the day."""

    entry: Entry
    right: bool
    note: str


def close(
    book: Book, counted: Mapping[Tool, int], missing: Iterable[str], note: str
) -> tuple[EntryVerdict, ...]:
    """Match the day against what terminal and bank counted, Rial.

    `missing` are names of entries that the other side does not have, open or doubted before. Where
    these explain the whole difference the rest is right; a difference that stays makes every open
    entry of that tool doubtful, with the note.
    """
    absent = set(missing)
    said: list[EntryVerdict] = []
    for tool in counted:
        explained = difference(book, counted, tool) == book.lacking(tool, absent)
        for entry in book.open(tool):
            gone = entry.name in absent
            told = f"در {tool.word} نیست. {note}".strip() if gone else note
            said.append(
                EntryVerdict(entry, explained and not gone, "" if explained and not gone else told)
            )
    said += [EntryVerdict(entry, True, "") for entry in book.open(Tool.PAPER)]
    return tuple(said)


def difference(book: Book, counted: Mapping[Tool, int], tool: Tool) -> int:
    """Rial that the book has and the other side doesn't; less than zero the other way."""
    return book.total(tool) - counted[tool]
