"""How a centre is at a moment, for who looks after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.centre import registry
from desktop.centre.context import Centre, day_of
from desktop.centre.database import size_of
from desktop.centre.records import in_force
from desktop.centre.registry import Desk, Office
from desktop.centre.schema import HEAD
from desktop.domain.calendar import iso_jalali
from desktop.domain.enforcement import OfficeRule
from desktop.premises.backing_up import last_backup
from desktop.premises.centre_file import read_centre_file
from desktop.premises.certificate import end_of, fingerprint_of
from desktop.wire.fingerprint import words_of


@dataclass(frozen=True)
class CentreState:
    """Moments are UTC; `size` is the database's, in bytes; `words` are the certificate's.

    From the day `two_sign` on a second person signs what an expert proposes (None: not at all).
    """

    schema: str
    size: int
    records_as_of: date | None
    held: int
    backup_at: datetime | None
    certificate_end: datetime
    words: tuple[str, ...]
    two_sign: date | None
    offices: tuple[Office, ...]

    def lines(self) -> Iterator[str]:
        """A line for each."""
        yield f"schema: {self.schema}, {self.size // 1_000_000} MB"
        yield f"records: {self.records_as_of or 'none yet'}"
        yield f"held commands: {self.held}"
        yield f"second signature beside experts: {self._second()}"
        yield f"last backup: {_moment(self.backup_at)}"
        yield f"certificate: until {_moment(self.certificate_end)}"
        yield f"  its words: {' '.join(self.words)}"
        for office in self.offices:
            kind = f", {office.kind}" if office.kind else ""
            yield f"office {office.code} {office.name}{kind}"
            for desk in office.desks:
                yield f"  desk {desk.number}: {_told(desk)}, device {desk.device_id}"

    def _second(self) -> str:
        if self.two_sign is None:
            return "off, experts decide alone (docs/operating.md)"
        return f"from {iso_jalali(self.two_sign)}"


def _told(desk: Desk) -> str:
    if desk.revoked_at is not None:
        return f"revoked {_moment(desk.revoked_at)}"
    told = [f"heard {_moment(desk.heard_at)}", desk.version and f"program {desk.version}"]
    if desk.unsent_since is not None:
        told.append(f"unsent since {_moment(desk.unsent_since)}")
    told.append(f"backed up {_moment(desk.backup_at)}")
    if desk.held:
        told.append(f"{desk.held} held")
    return ", ".join(part for part in told if part)


def _moment(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def state_of(folder: Path, centre: Centre) -> CentreState:
    """The state of the centre of the data folder. Raises Refusal."""
    certificate = (folder / read_centre_file(folder).certificate).read_bytes()
    two_sign = None
    with centre.reading() as session:
        offices, held = registry.offices(session, day_of(centre.clock())), registry.held(session)
        records = in_force.as_of(session)
        # Before anything is published nothing is enforced.
        with suppress(LookupError):
            city = centre.reference.city(session, day_of(centre.clock()))
            two_sign = city.enforced.get(OfficeRule.COUNTERSIGN)
    return CentreState(
        schema=HEAD,
        size=size_of(centre.reader),
        records_as_of=records,
        held=held,
        backup_at=last_backup(folder),
        certificate_end=end_of(certificate),
        words=words_of(fingerprint_of(certificate)),
        two_sign=two_sign,
        offices=tuple(offices),
    )
