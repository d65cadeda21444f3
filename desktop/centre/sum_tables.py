"""The centre's tables of figures: what the supervisor's page is read off, kept by the database.

Each figure is counted by the day and by the Gregorian month (`span`) of what it is about: a request
by its day of receipt, a letter by that of its issue, money by that of its payment. So a range is
read as whole months with days at either end. Every row is of one office, whose stream is locked
by whoever writes: no two offices wait for one sum. See decision 071.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.centre.tables import STANDS
from desktop.sql.summing import Summing
from desktop.sql.types import IsoDate

DAY, MONTH = "d", "m"
"""`span`: whether `period` is a day («2026-11-24») or a month («2026-11»)."""
OFFICE, CLERK, HOUR = "office", "clerk", "hour"
"""`cut`: whether `part` is empty, the name of who registered, or the hour of registering."""
NOT_RECKONED = -1
"""For how many days a citizen waited for a letter that is no answer, or was issued by a program
that did not write it down."""
_STREAM = String(40)


class RequestSumRow(Base):
    """Requests received, by what the records answered first; sent back and escalated at any time.

    `stream` is that of the office that received them.
    """

    __tablename__ = "request_sum"
    cut: Mapped[str] = mapped_column(String(6), primary_key=True)
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM, primary_key=True)
    part: Mapped[str] = mapped_column(Text, primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    received: Mapped[int] = mapped_column(Integer)
    undecided: Mapped[int] = mapped_column(Integer)
    answer: Mapped[int] = mapped_column(Integer)
    pay: Mapped[int] = mapped_column(Integer)
    visit_no_record: Mapped[int] = mapped_column(Integer)
    visit: Mapped[int] = mapped_column(Integer)
    review: Mapped[int] = mapped_column(Integer)
    refuse: Mapped[int] = mapped_column(Integer)
    sent_back: Mapped[int] = mapped_column(Integer)
    escalated: Mapped[int] = mapped_column(Integer)


class StateSumRow(Base):
    """Requests received, by where they stand now."""

    __tablename__ = "state_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM, primary_key=True)
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    requests: Mapped[int] = mapped_column(Integer)


class LetterSumRow(Base):
    """Letters issued, and what became of them; `clerk` registered the request."""

    __tablename__ = "letter_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    clerk: Mapped[str] = mapped_column(Text, primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    issued: Mapped[int] = mapped_column(Integer)
    released: Mapped[int] = mapped_column(Integer)
    voided: Mapped[int] = mapped_column(Integer)
    copies: Mapped[int] = mapped_column(Integer)


class WaitSumRow(Base):
    """Answers that stand, by the working days from receipt to issue (`NOT_RECKONED` for some)."""

    __tablename__ = "wait_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    waited: Mapped[int] = mapped_column(Integer, primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers: Mapped[int] = mapped_column(Integer)


class ClerkStateSumRow(Base):
    """The same requests by who registered them: where they stand now."""

    __tablename__ = "clerk_state_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM, primary_key=True)
    clerk: Mapped[str] = mapped_column(Text, primary_key=True)
    state: Mapped[str] = mapped_column(String(12), primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    requests: Mapped[int] = mapped_column(Integer)


class ClerkWaitSumRow(Base):
    """The same answers by who registered the request; `office` is that of the letter."""

    __tablename__ = "clerk_wait_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    clerk: Mapped[str] = mapped_column(Text, primary_key=True)
    waited: Mapped[int] = mapped_column(Integer, primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    answers: Mapped[int] = mapped_column(Integer)


class TakingRow(Base):
    """A sum of a case's till, Rial, less than nothing where it was given back; voided it is gone.

    `what` is the kind of fee or debt (`domain.cash.SumKind`); `stream` the till's; `clerk`
    registered the request.
    """

    __tablename__ = "taking"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    mark: Mapped[str] = mapped_column(Text, primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM)
    paid_on: Mapped[date] = mapped_column(IsoDate)
    what: Mapped[str] = mapped_column(String(12))
    amount: Mapped[int] = mapped_column(BigInteger)
    clerk: Mapped[str] = mapped_column(Text, server_default="")
    service: Mapped[str] = mapped_column(String(40))
    district: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index(None, "paid_on", "stream"),)


class TakingSumRow(Base):
    """Money taken, and given back, Rial: so many times, in all."""

    __tablename__ = "taking_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM, primary_key=True)
    what: Mapped[str] = mapped_column(String(12), primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
    amount: Mapped[int] = mapped_column(BigInteger)


class ClerkTakingSumRow(Base):
    """The same money, Rial, by who registered the request; empty of a program that did not write
    it down."""

    __tablename__ = "clerk_taking_sum"
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    stream: Mapped[str] = mapped_column(_STREAM, primary_key=True)
    clerk: Mapped[str] = mapped_column(Text, primary_key=True)
    service: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[int] = mapped_column(Integer, primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)


def _spans(day: str) -> tuple[tuple[str, str], ...]:
    """`span` and `period` of each row that a thing of that day is counted in."""
    told = f"COALESCE({day}, '')"
    return (f"'{DAY}'", told), (f"'{MONTH}'", f"substr({told}, 1, 7)")


def _one(holds: str) -> str:
    return f"CASE WHEN {holds} THEN 1 ELSE 0 END"


_RECEIVED_IN = "CASE WHEN {row}.received_in <> '' THEN {row}.received_in ELSE {row}.stream END"
_SERVED = ("{row}.service", "{row}.district")
_CUTS = (
    (f"'{OFFICE}'", "''"),
    (f"'{CLERK}'", "{row}.clerk"),
    (f"'{HOUR}'", "CAST({row}.hour AS TEXT)"),
)
_OF_CASE = ("stream", "received_in", "received_on", "service", "district")
_OUTCOMES = {
    "undecided": "",
    "answer": "answer",
    "pay": "pay",
    "visit_no_record": "visit-no-record",
    "visit": "visit",
    "review": "review",
    "refuse": "refuse",
}
_REQUESTS = Summing(
    table="case",
    sums="request_sum",
    name="request",
    keys=("cut", "span", "period", "stream", "part", "service", "district"),
    entries=tuple(
        (cut, *span, _RECEIVED_IN, part, *_SERVED)
        for cut, part in _CUTS
        for span in _spans("{row}.received_on")
    ),
    adds={
        "received": "1",
        **{name: _one(f"{{row}}.first_outcome = '{told}'") for name, told in _OUTCOMES.items()},
        "sent_back": _one("{row}.was_sent_back"),
        "escalated": _one("{row}.was_escalated"),
    },
    reads=(*_OF_CASE, "clerk", "hour", "first_outcome", "was_sent_back", "was_escalated"),
)
_STATES = Summing(
    table="case",
    sums="state_sum",
    name="state",
    keys=("span", "period", "stream", "state", "service", "district"),
    entries=tuple(
        (*span, _RECEIVED_IN, "{row}.state", *_SERVED) for span in _spans("{row}.received_on")
    ),
    adds={"requests": "1"},
    reads=(*_OF_CASE, "state"),
)
_LETTERS = Summing(
    table="letter",
    sums="letter_sum",
    name="issued",
    keys=("span", "period", "office", "clerk", "service", "district"),
    entries=tuple(
        (*span, "{row}.office", "{row}.clerk", *_SERVED) for span in _spans("{row}.issued_on")
    ),
    adds={
        "issued": "1",
        "released": _one("{row}.was_released"),
        "voided": _one("{row}.state = 'voided'"),
        "copies": "CASE WHEN {row}.copies > 1 THEN {row}.copies - 1 ELSE 0 END",
    },
    reads=(
        "office", "issued_on", "clerk", "service", "district", "was_released", "state", "copies",
    ),
)  # fmt: skip
WAITS = Summing(
    table="letter",
    sums="wait_sum",
    name="waited",
    keys=("span", "period", "office", "waited", "service", "district"),
    entries=tuple(
        (*span, "{row}.office", "{row}.waited", *_SERVED) for span in _spans("{row}.issued_on")
    ),
    adds={"answers": _one(f"{{row}}.{STANDS}")},
    reads=("office", "issued_on", "waited", "service", "district", "state"),
)
_TAKINGS = Summing(
    table="taking",
    sums="taking_sum",
    name="taken",
    keys=("span", "period", "stream", "what", "service", "district"),
    entries=tuple(
        (*span, "{row}.stream", "{row}.what", *_SERVED) for span in _spans("{row}.paid_on")
    ),
    adds={"times": _one("{row}.amount > 0"), "amount": "{row}.amount"},
    reads=("stream", "paid_on", "what", "amount", "service", "district"),
)
CLERK_TAKINGS = Summing(
    table="taking",
    sums="clerk_taking_sum",
    name="clerk_taken",
    keys=("span", "period", "stream", "clerk", "service", "district"),
    entries=tuple(
        (*span, "{row}.stream", "{row}.clerk", *_SERVED) for span in _spans("{row}.paid_on")
    ),
    adds={"amount": "{row}.amount"},
    reads=("stream", "paid_on", "clerk", "amount", "service", "district"),
)
CLERK_STATES = Summing(
    table="case",
    sums="clerk_state_sum",
    name="clerk_state",
    keys=("span", "period", "stream", "clerk", "state", "service", "district"),
    entries=tuple(
        (*span, _RECEIVED_IN, "{row}.clerk", "{row}.state", *_SERVED)
        for span in _spans("{row}.received_on")
    ),
    adds={"requests": "1"},
    reads=(*_OF_CASE, "clerk", "state"),
)
CLERK_WAITS = Summing(
    table="letter",
    sums="clerk_wait_sum",
    name="clerk_waited",
    keys=("span", "period", "office", "clerk", "waited", "service", "district"),
    entries=tuple(
        (*span, "{row}.office", "{row}.clerk", "{row}.waited", *_SERVED)
        for span in _spans("{row}.issued_on")
    ),
    adds={"answers": _one(f"{{row}}.{STANDS}")},
    reads=("office", "issued_on", "clerk", "waited", "service", "district", "state"),
)
FIRST_SUMMINGS = (_REQUESTS, _STATES, _LETTERS, WAITS, _TAKINGS)
"""Those that step 0038 begins with."""
SUMMINGS = (*FIRST_SUMMINGS, CLERK_TAKINGS, CLERK_STATES, CLERK_WAITS)
