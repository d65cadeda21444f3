"""What an audit holds rows against beside the facts: who the centre is, its keys, the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.domain.stream import DeviceTold, Topic
from desktop.wire.heads import SignedHead
from desktop.wire.letters import published_key


@dataclass(frozen=True)
class Known:
    """The centre's id and present epoch, its public key for heads (hex) and those for letters by
    their ids, and the moment. `heads` are what others kept; `devices` is what the file beside the
    keys tells, None where there is none. Another process can be given it."""

    centre: str
    epoch: str
    heads_key: str
    letter_keys: Mapping[str, tuple[str, str]]
    at: datetime
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
        heads=heads,
        devices=devices,
    )
