"""How long, how many, of what form: the kinds of field that bodies of calls are made of.

What arrives is held to them (`centre.serve` reads strictly: a whole number is a number). An answer
is bounded by what was asked.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from desktop.domain.calendar import LAST_DAY
from desktop.wire.link import is_point

MOST = 2**31 - 1
"""What every database holds as a whole number."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
"""A name of a device, a case, a command: as `chance.new_id` writes it."""
SHA256 = re.compile(r"[0-9a-f]{64}")
FIRST_DAY = date(1850, 1, 1)
"""Nobody at a counter was born before; beyond `LAST_DAY` no calendar here reaches."""


def sound(text: str) -> str:
    """The text. Raises ValueError for one that not every database and every reader holds alike."""
    _without_nul(text)
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("not composed (NFC)")
    return text


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("a NUL")
    return text


def _composed(text: str) -> str:
    return sound(unicodedata.normalize("NFC", text))


def _believable(moment: datetime) -> datetime:
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise ValueError("beyond any calendar")
    return moment


def _point(public: str) -> str:
    if not is_point(public):
        raise ValueError("no point of P-256")
    return public


_Sound = AfterValidator(_composed)
Ident = Annotated[str, StringConstraints(pattern=f"^{UUID.pattern}$")]
Sha256 = Annotated[str, StringConstraints(pattern=f"^{SHA256.pattern}$")]
Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{0,128}$")]
ActKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The public half of a device's key, or of a person's for acts: 32 bytes of Ed25519."""
ReleaseKey = Annotated[
    str, StringConstraints(pattern=r"^0[23][0-9a-f]{64}$"), AfterValidator(_point)
]
"""The public half of a person's key for letters: a point of P-256, compressed."""
Base64 = Annotated[str, StringConstraints(max_length=1_500_000), _Sound]
Name = Annotated[str, StringConstraints(max_length=36), _Sound]
"""Of a person or an office, of a publication."""
Code = Annotated[str, StringConstraints(max_length=60), _Sound]
"""Of a property, of an object in a list: as long as they are kept."""
ServiceCode = Annotated[str, StringConstraints(max_length=40), _Sound]
"""Of a service: as long as it is kept."""
Written = Annotated[str, AfterValidator(_without_nul)]
"""A text that is kept as it came, whatever it says."""
Key = Annotated[str, StringConstraints(max_length=200), _Sound]
"""A code, a state, a version, a key of a field: a word for programs."""
Line = Annotated[str, StringConstraints(max_length=500), _Sound]
"""What a person writes in a line."""
Text = Annotated[str, StringConstraints(max_length=10_000), _Sound]
"""What a person writes in an area."""
File = Annotated[str, StringConstraints(max_length=250_000), _Sound]
"""A whole service file, or a figure."""
Count = Annotated[int, Field(ge=0, le=MOST)]
Page = Annotated[int, Field(ge=0, le=5_000)]
"""So many rows, half-days at a time."""
Days = Annotated[int, Field(ge=0, le=400)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = Annotated[AwareDatetime, AfterValidator(_believable)]
Cursors = Annotated[dict[Key, Count], Field(max_length=16)]
