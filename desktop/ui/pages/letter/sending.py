"""A letter's copy on its way to a printer: the ledger first, then the spooler, then what came."""

from __future__ import annotations

from desktop.actions import letters
from desktop.actions.access import confirm
from desktop.actions.desk import Seat
from desktop.actions.letter_checks import Printing, PrintState
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import printing
from desktop.ui.pages.letter.sheet_question import LOST, READABLE

_LOST = "کاغذ بیرون نیامد"


def title_of(number: str, copy: int) -> str:
    """What a printer's queue calls a copy of the letter of that number."""
    return to_persian_digits(f"نامهٔ {number}، نسخهٔ {copy}")


def settle_sheet(seat: Seat, sheet: Printing, said: str) -> None:
    """What a person says of a sheet: readable, never came out, or why it is spoiled."""
    doubted = sheet.state is not PrintState.PRINTED
    if said == LOST:
        if doubted:
            letters.settle_doubt(seat, sheet, out=False)
        else:
            letters.spoil(seat, sheet, _LOST, out=False)
        return
    if doubted:
        letters.settle_doubt(seat, sheet, out=True)
    if said == READABLE:
        letters.say_readable(seat.desk, sheet)
    else:
        letters.spoil(seat, sheet, said)


def send_copy(
    seat: Seat, case_id: str, held: CaseLetter, printer: str, reason: str, password: str = ""
) -> None:
    """Print the next copy, off the window's thread; one after the first under the password.

    Raises Refusal when none came out; NoAnswer when nobody knows, and a person is to say.
    """
    letter_id = held.letter.letter_id
    if held.next_copy > 1:
        seat = confirm(seat, password).seat
    begun = letters.begin_print(seat, case_id, held, printer, reason)
    title = title_of(held.letter.number, begun.copy)
    try:
        printing.print_pdf(begun.pdf, printer, title)
    except printing.NoAnswer:
        letters.doubt_print(seat.desk, begun.print_id)
        raise
    except Refusal:
        letters.end_print(seat, case_id, letter_id, begun, printer, reason, out=False)
        raise
    letters.end_print(seat, case_id, letter_id, begun, printer, reason, out=True)
    printing.remember(printer)
