"""The office's day closed: its differences explained, its register drawn up, signed, sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.actions.access import confirm
from desktop.actions.desk import Desk, Seat
from desktop.actions.office_day import Day, look
from desktop.domain.cash import close
from desktop.domain.commands import CloseDay, MatchPayment, VoidPayment
from desktop.domain.day_counting import purses, told_fields
from desktop.domain.day_register import (
    COUNTED,
    Closing,
    DayRegister,
    Explained,
    Explanation,
    Sheets,
    demand_closable,
    ends,
    refused_sum,
)
from desktop.domain.errors import Refusal
from desktop.domain.papers import RegisterPaper
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.tool import Tool
from desktop.reports import day_register as paper
from desktop.store import cash, closings, meta
from desktop.store.cash import Closed
from desktop.store.open import Session

_VOIDED = "بستن روز: ثبت اشتباه بود."
_GAP = "شمارهٔ نامه‌ها پیوسته نیست، پس از {}؛ F5 را بزنید و اگر ماند با پشتیبانی تماس بگیرید."


@dataclass(frozen=True)
class CloseCount:
    """What the manager counted and explained: sums by tool (Rial; a tool left out is counted later,
    which only the bank may be), answers by the payment's name, sheets (those spoiled otherwise than
    as a letter's), a note."""

    counted: Mapping[Tool, int]
    begin: int
    received: int
    spoiled: int
    left: int
    answers: Mapping[str, Explanation] = field(default_factory=dict)
    note: str = ""


def register_of(day: Day, said: CloseCount) -> DayRegister:
    """The register as it would be sealed. Raises Refusal for a doubt that nobody answered."""
    explained = []
    for doubt in day.doubts(said.answers):
        answer = said.answers.get(doubt.name)
        if answer is None or answer not in doubt.answers:
            raise Refusal("دربارهٔ این پرداخت یکی از پاسخ‌ها را برگزینید.", field=doubt.name)
        explained.append(Explained(**told_fields(doubt.entry, doubt.day), answer=answer))
    first, further, lost = day.printed
    at = day.at.replace(microsecond=day.at.microsecond // 1000 * 1000)
    return DayRegister(
        day=day.day,
        until=min(at, ends(day.day)),
        closed_at=at,
        after=day.span.after,
        pos=day.span.pos,
        chain=day.chain,
        before=day.last.register.digest if day.last is not None else "",
        ahead=day.ahead,
        figures=day.figures,
        purses=purses(day.book.entries, said.counted),
        explained=tuple(explained),
        sheets=Sheets(said.begin, said.received, first, further, said.spoiled + lost, said.left),
        letters=day.letters,
        note=said.note.strip(),
        stands_in_for=day.stands_in_for,
        refused=day.refused,
        undone=day.undone,
    )


def close_day(seat: Seat, password: str, day: date, said: CloseCount) -> Closing:
    """Close and seal the day; the closing. Slow on purpose, as `confirm`. Raises Refusal."""
    signed = confirm(seat, password).seat
    seat.desk.demand_clock()
    shown = look(signed, day)
    register = register_of(shown, said)
    known = [each.closed for each in earlier(signed.desk)]
    demand_closable(register, known, shown.today, may=shown.may)
    if shown.gaps:
        raise Refusal(_GAP.format(isolate(to_persian_digits(shown.gaps[0]))), field="letters")
    pdf = paper.draw(paper_of(signed, register, signed.staff.name))

    def work(session: Session) -> Closing:
        # A round of sync may have come in between: what it brought is the next register's.
        known = [each.closed for each in closings.closings(session)]
        demand_closable(register, known, shown.today, may=shown.may)
        _settle(session, signed, shown, said)
        cash.keep_close(session, _till(shown, register, said, signed.staff.name))
        sha256 = closings.keep_file(session, day, pdf, register.closed_at)
        signed.do_of_office(session, CloseDay(register, sha256), at=register.closed_at)
        return Closing(register, signed.staff.name, sha256, waiting=True)

    closing = signed.desk.store.write(work)
    signed.desk.nudge()
    return closing


def _settle(session: Session, seat: Seat, day: Day, said: CloseCount) -> None:
    """Match what was counted, void what was a mistake, note what is said of the rest."""
    doubts = {doubt.name: doubt for doubt in day.doubts(said.answers)}
    absent = {name for name, answer in said.answers.items() if answer.lacking}
    for verdict in close(day.book, _of_this_day(day, said, absent), absent, said.note.strip()):
        if verdict.entry.name not in doubts:
            entry = verdict.entry
            payload = MatchPayment(entry.mark, verdict.right, verdict.note)
            seat.do(session, entry.case_id, payload)
    for name, doubt in doubts.items():
        entry, answer = doubt.entry, said.answers[name]
        if answer is Explanation.MISTAKE:
            reason = f"{_VOIDED} {said.note.strip()}".strip()
            seat.do(session, entry.case_id, VoidPayment(entry.mark, reason))
        else:
            note = "" if answer is Explanation.FOUND else f"{answer.words(entry.tool)}."
            payload = MatchPayment(entry.mark, not answer.lacking, note)
            seat.do(session, entry.case_id, payload)


def _of_this_day(day: Day, said: CloseCount, absent: Collection[str]) -> dict[Tool, int]:
    """What was counted less what an earlier register left open, where that makes it right."""
    counted = dict(said.counted)
    for tool, amount in said.counted.items():
        left = day.book.total(tool) - amount - day.book.lacking(tool, absent)
        found, refused = day.found(tool, said.answers), refused_sum(day.refused, tool)
        if left and -left in (refused, found, found + refused):
            counted[tool] = amount + left
    return counted


def _till(day: Day, register: DayRegister, said: CloseCount, by: str) -> list[Closed]:
    """The till's own book of closes has this one too."""
    return [
        Closed(
            day.day,
            tool.value,
            said.counted[tool],
            day.book.total(tool),
            said.note.strip(),
            by,
            register.closed_at,
        )
        for tool in COUNTED
        if tool in said.counted
    ]


def paper_of(seat: Seat, register: DayRegister, by: str) -> RegisterPaper:
    """What the register's paper shows."""
    with seat.desk.store.reading() as session:
        office = meta.get(session).identity.office
        card = seat.desk.reference.office(session, office, register.day)
    return RegisterPaper(card.head, register, by, sample=card.sample)


def draft(seat: Seat, day: Day, said: CloseCount) -> bytes:
    """The register as it would be, not signed, as PDF. Raises Refusal."""
    shown = paper_of(seat, register_of(day, said), "")
    return paper.draw(replace(shown, gaps=day.gaps))


def sealed(seat: Seat, closing: Closing) -> bytes:
    """The register of a closed day as PDF, as it was sealed; drawn again where another desk closed.

    Raises Refusal when it is not what was sealed.
    """
    with seat.desk.store.reading() as session:
        kept = closings.file(session, closing.sha256)
    if kept is not None:
        return kept
    drawn = paper.draw(paper_of(seat, closing.register, closing.by))
    if closings.named(drawn) != closing.sha256:
        raise Refusal(
            "این دفتر روز در رایانهٔ دیگری مهر شده است و برگ آن اینجا نیست؛ همان‌جا چاپ کنید."
        )
    return drawn


def earlier(desk: Desk, limit: int | None = closings.NEWEST) -> list[Closing]:
    """The days closed last, the newest first; without a limit all."""
    with desk.store.reading() as session:
        return closings.closings(session, limit)
