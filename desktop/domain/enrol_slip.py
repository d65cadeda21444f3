"""The slip with a code by which a machine becomes a desk: printed once, shown nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.letter import LetterHead


@dataclass(frozen=True)
class EnrolSlip:
    """برگ معرفی رایانه (A5): whose code it is, until when (UTC) it is good, who gave it out."""

    head: LetterHead
    office: str
    person: str
    role: str
    code: str
    expires: datetime
    given_by: str
    given_at: datetime
    sample: bool
