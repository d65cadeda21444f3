"""Every device as all desks were told of it, and as the file beside the centre's keys has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import payload_of, texts_of_kind
from desktop.centre.audit.known import Known
from desktop.centre.tables import DeviceRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.stream import DeviceTold
from desktop.wire.chain_check import told_at

# A revocation is told by the minute's round where whoever did it died before.
_UNTOLD = timedelta(minutes=10)
_PLACE = ("office", "desk", "key")


def devices(session: Session, known: Known) -> Iterator[Discrepancy]:
    """Every device that has a key: the centre's own has none."""
    rows = {row.device_id: row for row in session.scalars(select(DeviceRow)) if row.key}
    facts = texts_of_kind(session, DeviceTold.kind)
    told = _last(each for *_, text in facts if isinstance(each := payload_of(text), DeviceTold))
    noted = _last(known.devices or ())
    held = {(row.office, row.desk) for row in rows.values()}
    for device_id in sorted({*rows, *told}):
        row, said, file = rows.get(device_id), told.get(device_id), noted.get(device_id)
        if row is not None:
            yield from _beside(row, (each for each in (said, file) if each is not None))
            yield from _alone(row, said, file, known)
        # Who never came to work gave its place up: to nobody, which is told, or to another.
        elif said is not None and not said.revoked_at and (said.office, said.desk) not in held:
            yield Discrepancy(Wrong.DEVICE, device_id, "it was told of and no row has it")


def _last(told: Iterable[DeviceTold]) -> Mapping[str, DeviceTold]:
    """How each stands by what was told of it last; who is revoked stays so."""
    found: dict[str, DeviceTold] = {}
    for each in told:
        before = found.get(each.device_id)
        since = before.revoked_at if before is not None else None
        found[each.device_id] = replace(each, revoked_at=since or each.revoked_at)
    return found


def _beside(row: DeviceRow, told: Iterable[DeviceTold]) -> Iterator[Discrepancy]:
    for said in told:
        for name in _PLACE:
            one, other = getattr(row, name), getattr(said, name)
            if one != other:
                yield Discrepancy(Wrong.DEVICE, row.device_id, f"{name}: {differing(one, other)}")
        kept, since = row.revoked_at, said.revoked_at
        if since is not None and (kept is None or told_at(kept) != told_at(since)):
            yield Discrepancy(Wrong.DEVICE, row.device_id, f"revoked_at: {differing(kept, since)}")


def _alone(
    row: DeviceRow, said: DeviceTold | None, file: DeviceTold | None, known: Known
) -> Iterator[Discrepancy]:
    """What nobody was told of: an earlier program told of none, and the file has all of them."""
    if known.devices is not None and said is None and file is None:
        yield Discrepancy(Wrong.DEVICE, row.device_id, "neither a fact nor the file tells of it")
    if row.revoked_at is None or any(each and each.revoked_at for each in (said, file)):
        return
    if row.revocation_told or known.at - row.revoked_at > _UNTOLD:
        since = f"{row.revoked_at:%Y-%m-%d}"
        yield Discrepancy(Wrong.DEVICE, row.device_id, f"it is revoked since {since}, untold")
