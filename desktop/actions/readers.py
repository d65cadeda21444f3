"""Who looked is asked why, and answers; how much somebody looked at in a month.

Whoever sits down hears of what he was asked: nothing that draws paper is loaded for it.
"""

from __future__ import annotations

from datetime import datetime

from desktop.actions.desk import Seat
from desktop.wire import calls
from desktop.wire.readings import (
    AskReaderAsk,
    ReaderAnswer,
    ReaderAsk,
    ReadingBody,
    ReplyReadingAsk,
)


def reader(seat: Seat, staff: str) -> ReaderAnswer:
    """How the last thirty days of somebody are. Raises LineDown, Refusal."""
    return seat.desk.ask(calls.READER, ReaderAsk(actor=seat.staff.staff_id, staff=staff))


def ask_reader(seat: Seat, line: ReadingBody, words: str) -> datetime:
    """Ask who looked; it stays with the line. Raises LineDown, Refusal."""
    ask = AskReaderAsk(actor=seat.staff.staff_id, chain=line.chain, seq=line.seq, words=words)
    return seat.desk.ask(calls.ASK_READER, ask).at


def reply(seat: Seat, line: ReadingBody, words: str) -> datetime:
    """Answer what one was asked; it stays with the line. Raises LineDown, Refusal."""
    ask = ReplyReadingAsk(actor=seat.staff.staff_id, chain=line.chain, seq=line.seq, words=words)
    return seat.desk.ask(calls.REPLY_READING, ask).at
