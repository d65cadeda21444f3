"""Why nothing reaches the centre, or nothing of it is taken: a value, put in words elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """What stands between this desk and the centre."""

    REFUSED = "refused"
    """Nobody listens at the address, or no way leads there."""
    NAME = "name"
    """The name of the address is not found."""
    TLS = "tls"
    """No certificate that this machine trusts."""
    CERTIFICATE = "certificate-changed"
    """Another certificate than the one that this desk was joined with."""
    TIMEOUT = "timeout"
    """No whole answer came in time."""
    CUT = "cut"
    """The line broke off in a call, or what came was no answer."""
    PROXY = "proxy"
    """The proxy that this machine's settings name lets nothing through."""
    PROXY_KIND = "proxy-kind"
    """The settings name a proxy of a kind that the program does not speak to (SOCKS)."""

    BUSY = "busy"
    """The centre has too much to do."""
    RECOVERING = "recovering"
    """The centre was restored from a backup, and first takes back what desks have."""
    NO_FIGURES = "no-figures"
    """The centre's clock is before the first figures that hold, and it decides nothing by it."""
    BROKEN = "broken"
    """The centre, or what stands before it, answers with a fault of its own."""
    CLOCK = "clock"
    """The centre finds the time wrong also after it was put right here."""
    UNSIGNED = "unsigned"
    """The centre does not know this device, or not by this key."""
    STRANGE = "strange"
    """The answer can't be the centre's, and was not believed."""

    REVOKED = "revoked"
    """The centre has closed its door to this device."""
    TOO_OLD = "too-old"
    """The centre takes no release from a program as old as this one, but all else."""
    FORK = "fork"
    """This store is a copy of another one, or was put back to an older state."""

    @property
    def needs_a_person(self) -> bool:
        """Whether it does not pass by itself: somebody must be told loudly, and do something."""
        return self in _LOUD

    @property
    def puts_off(self) -> bool:
        """Whether the centre answers later what it was asked, as if nothing had been."""
        return self in (Why.BUSY, Why.RECOVERING, Why.NO_FIGURES)

    @property
    def stops(self) -> bool:
        """Whether the centre says no for good: to what is sent, or to an old program's releases."""
        return self in (Why.REVOKED, Why.TOO_OLD, Why.FORK)


_LOUD = frozenset(
    {
        Why.TLS,
        Why.CERTIFICATE,
        Why.CLOCK,
        Why.UNSIGNED,
        Why.STRANGE,
        Why.REVOKED,
        Why.TOO_OLD,
        Why.FORK,
    }
)


@dataclass(frozen=True)
class Trouble:
    """Why, since when (None: since before this program was started), and when it is tried again.

    Moments are UTC by the desk's corrected clock; `next_try` is None while a round is under way.
    """

    why: Why
    since: datetime | None
    next_try: datetime | None
