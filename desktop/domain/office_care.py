"""What an office is now, and what its supervisors do next for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.contact import Contact, contact
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.stop import Stop

LICENCE_WARNING = timedelta(days=30)
"""So long before its end a licence is to be renewed."""
LOW_DISK_MB = 1_000
"""With less room on its disk (in MB of 10⁶ bytes) a desk soon keeps nothing any more."""
BACKUP_LATE = timedelta(days=7)
"""A desk that calls so long after its last backup, which is made daily, is looked after."""


class Footing(StrEnum):
    """What an office is, one of these: a stop stands before a conversion, that before the kind."""

    COUNTER = "counter"
    AGENCY = "agency"
    CONVERTING = "converting"
    STOPPED = "stopped"
    TRAINING = "training"
    UNTOLD = "untold"


class Care(IntEnum):
    """What is done next for an office, the most pressing first."""

    CONVERSION = 1
    CONVERSION_DAY = 2
    """All is there: the day is awaited."""
    CONTACT = 3
    DISK = 4
    LICENCE_ENDED = 5
    STOP = 6
    LICENCE_ENDING = 7
    BACKUP = 8
    PLACE = 9
    NOTHING = 10


@dataclass(frozen=True)
class LastTold:
    """What an office's desks at work told last (`wire.office_list`); `disk_mb` 0 that none did."""

    desks: int = 0
    heard_at: datetime | None = None
    unsent_since: datetime | None = None
    disk_mb: int = 0
    backup_at: datetime | None = None


@dataclass(frozen=True)
class OfficeState:
    """An office at a moment.

    `converts_on` is a day to come on which it becomes a پیشخوان; `lacks` are the steps that lack
    before that, None where no conversion is under way. `told` is None while the centre was not
    asked.
    """

    card: OfficeCard
    day: date
    stop: Stop | None = None
    converts_on: date | None = None
    lacks: Sequence[ConversionStep] | None = None
    told: LastTold | None = None
    contact: Contact | None = None
    """None where there is nobody to call, or the centre was not asked."""

    @property
    def footing(self) -> Footing:
        """What it is."""
        if self.stop is not None:
            return Footing.STOPPED
        if self.converts_on is not None or self.lacks is not None:
            return Footing.CONVERTING
        if self.card.training:
            return Footing.TRAINING
        if self.card.kind is None:
            return Footing.UNTOLD
        return Footing.COUNTER if self.card.kind is OfficeKind.COUNTER else Footing.AGENCY

    @property
    def licence_ends(self) -> bool:
        """Whether its licence ended, or ends soon."""
        until = self.card.licence_until
        return until is not None and until <= self.day + LICENCE_WARNING

    @property
    def silent(self) -> bool:
        """Whether it should have called."""
        return self.contact is Contact.SILENT

    @property
    def low_disk(self) -> bool:
        """Whether one of its desks has hardly any room."""
        return self.told is not None and 0 < self.told.disk_mb < LOW_DISK_MB

    @property
    def lacks_backup(self) -> bool:
        """Whether a desk that was at work has no backup, or an old one."""
        if self.told is None or self.told.heard_at is None:
            return False
        made = self.told.backup_at
        return made is None or self.told.heard_at - made > BACKUP_LATE

    @property
    def care(self) -> Care:
        """What is done next for it."""
        if self.converts_on is not None:
            # The minutes were signed: what lacks now lacks no longer.
            return Care.CONVERSION_DAY
        wanted = (
            (Care.CONVERSION, self.lacks is not None),
            (Care.CONTACT, self.silent),
            (Care.DISK, self.low_disk),
            (Care.LICENCE_ENDED, not self.card.licensed(self.day)),
            (Care.STOP, self.stop is not None),
            (Care.LICENCE_ENDING, self.licence_ends),
            (Care.BACKUP, self.lacks_backup),
            (Care.PLACE, not self.card.has_place),
        )
        return next((care for care, is_wanted in wanted if is_wanted), Care.NOTHING)


def contact_of(
    told: LastTold | None, card: OfficeCard, calendar: OfficeCalendar, moment: datetime
) -> Contact | None:
    """How it stands with its calls; None without a desk, or where the centre was not asked."""
    if told is None or not told.desks:
        return None
    return contact(told.heard_at, card.hours, calendar, moment)
