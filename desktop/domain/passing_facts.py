"""Facts of a case that another office finishes: it left, it came, what was done meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from desktop.domain.act import Act
from desktop.domain.request import Payment


@dataclass(frozen=True)
class PassedOn:
    """The case goes on at another office, by its id, under the code and name of that day.

    Where that office is and when it is open is told with it, for the citizen; `act` is what it
    rests on. It is the last fact in the stream of the office before but for what its till is told.
    """

    kind: ClassVar[str] = "passed-on"
    office: str
    code: str
    name: str
    address: str
    phone: str
    hours: str
    act: Act


@dataclass(frozen=True)
class TakenOver:
    """The case goes on here, in the stream of another office than before.

    `office`, `code` and `name` are the former one's; `facts` the canonical texts of all facts of
    the case before this one, so that this stream alone tells the whole of it. A former taking over
    is among them without what it carried. `keys` are the public halves of the release keys of those
    who released its letters, by staff id: their home stream is another's.
    """

    kind: ClassVar[str] = "taken-over"
    office: str
    code: str
    name: str
    facts: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ActedElsewhere:
    """An office that the case had left did something before it had heard of that.

    It counts for nothing; it is told so that nobody asks the citizen for it again unawares. `act`
    is the command's kind, `done_at` its moment (UTC), `payment` what was taken with it.
    """

    kind: ClassVar[str] = "acted-elsewhere"
    office: str
    code: str
    name: str
    act: str
    done_at: datetime
    payment: Payment | None = None
