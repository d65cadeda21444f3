"""What the unit sends an office to be read, and that somebody there has read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What kind of thing was read; each has keys of its own."""

    ANNOUNCEMENT = "announcement"
    OFFICE_LETTER = "office-letter"


@dataclass(frozen=True)
class NoticeRead:
    """A person of an office (by staff id) has read a notice, at the desk's moment (UTC)."""

    kind: NoticeKind
    key: str
    staff: str
    read_at: datetime
