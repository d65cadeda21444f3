"""How a machine joins an office at its first start: what the wizard asks, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Reached:
    """What answers at an address, before anything is believed.

    `words` are six Persian words of the certificate's fingerprint, `city` is the centre's name as
    it tells it, `trusted` whether the system's own trust store vouches for the certificate, and
    `clock_off_s` this machine's clock less the centre's, in seconds.
    """

    words: tuple[str, ...]
    city: str
    trusted: bool
    clock_off_s: int


@dataclass(frozen=True)
class Joined:
    """The office that the code belongs to, this machine's desk there, and who manages it."""

    office: str
    kind: str
    code: str
    desk: int
    manager: str


class Joining(Protocol):
    """One machine's joining. Each call may wait for the line, none may run on the window's thread.

    A step can be taken again: what the earlier one brought is then replaced.
    """

    def reach(self, address: str) -> Reached:
        """What answers at the address. Raises LineDown, Refusal(field="address")."""
        ...

    def join(self, code: str) -> Joined:
        """Spend the one-time code. Raises LineDown, Refusal(field="code")."""
        ...

    def passphrase_needed(self) -> bool:
        """Whether this machine has no keyring, so that a passphrase guards the desk's key."""
        ...

    def take_password(self, password: str, passphrase: str = "") -> None:
        """Wrap the manager's keys under the password. Raises LineDown, Refusal."""
        ...

    def begin(self) -> None:
        """Write the office file: the next start opens the desk. Raises Refusal."""
        ...
