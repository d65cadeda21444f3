"""With which programs of desks the centre goes on: an older one may send, and release nothing."""

from __future__ import annotations

import re

from desktop.domain.errors import Refusal

LEAST_CLIENT = "0.1.0"
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")
_OLD = "برنامهٔ این رایانه قدیمی است و مرکز آن را برای تأیید نامه نمی‌پذیرد؛ برنامه را به‌روز کنید."


class TooOld(Refusal):
    """The desk's program is older than what the centre goes on with."""

    def __init__(self) -> None:
        super().__init__(_OLD)


def is_too_old(version: str) -> bool:
    """Whether a desk's program of that version is; so is one whose version nobody can read."""
    return _parts(version) < _parts(LEAST_CLIENT)


def _parts(version: str) -> tuple[int, ...]:
    if not _VERSION.fullmatch(version):
        return ()
    parts = [int(part) for part in version.split(".")]
    return (*parts, *[0] * (3 - len(parts)))
