"""Ids of made-up people and companies: they pass their checks, and nobody was given them."""

from __future__ import annotations

from desktop.domain.errors import Refusal
from desktop.domain.identifiers import legal_id

_PLACE = "999"  # a place code of national ids that no registry office has
_COMPANY = "199"  # the beginning of a legal id that is given to nobody


def made_up_national_id(serial: int) -> str:
    """A national id with a right check digit and an unassigned place code; serial 1 to 999,999."""
    digits = f"{_PLACE}{serial:06d}"
    total = sum(int(digit) * (10 - i) for i, digit in enumerate(digits)) % 11
    return digits + str(total if total < 2 else 11 - total)


def made_up_foreigner_id(serial: int) -> str:
    """A foreigner's code of twelve digits; serial 1 to 999,999,999."""
    return f"{_PLACE}{serial:09d}"


def made_up_legal_id(serial: int) -> str:
    """A company's id with a right check digit; serial 10 to 9,999,999."""
    for check in range(10):
        digits = f"{_COMPANY}{serial:07d}{check}"
        try:
            return legal_id(digits)
        except Refusal:
            continue
    raise ValueError(f"no company can have the serial {serial}")
