"""What an audit holds rows against beside the facts: who the centre is, its keys, the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.tables import PersonKeyMadeRow, PersonKeyRow, PersonRow
from desktop.domain.stream import DeviceTold, Topic
from desktop.sql.metadata import table_of
from desktop.wire.heads import SignedHead
from desktop.wire.letters import published_key


@dataclass(frozen=True)
class Known:
    """The centre's id and present epoch, its public key for heads (hex) and those for letters by
    their ids, and the moment. By staff id all keys that people ever had for `acts`, and for
    `releases`. `heads` are what others kept; `devices` is what the file beside the keys tells, None
    where there is none. Another process can be given it."""

    centre: str
    epoch: str
    heads_key: str
    letter_keys: Mapping[str, tuple[str, str]]
    at: datetime
    acts: Mapping[str, set[str]]
    releases: Mapping[str, set[str]]
    heads: Sequence[SignedHead] = ()
    devices: Sequence[DeviceTold] | None = None


def known_of(
    session: Session,
    centre: Centre,
    heads: Sequence[SignedHead] = (),
    devices: Sequence[DeviceTold] | None = None,
) -> Known:
    """What is known of the centre at the session's moment."""
    said = centre.reference.said(session, Topic.CENTRE_KEY)
    return Known(
        centre=centre.identity.centre,
        epoch=centre.identity.epoch,
        heads_key=centre.keys.heads.public,
        letter_keys={key_id: published_key(row.text) for key_id, row in said},
        at=centre.clock(),
        acts=_keys(session, "key"),
        releases=_keys(session, "release_key"),
        heads=heads,
        devices=devices,
    )


def _keys(session: Session, column: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in map(table_of, (PersonRow, PersonKeyMadeRow, PersonKeyRow)):
        for row in session.execute(select(table.c.staff_id, table.c[column])):
            found.setdefault(row[0], set()).add(row[1])
    return found
