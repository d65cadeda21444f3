"""The short code of a letter: ten digits to read aloud, the last two of which check the others."""

from __future__ import annotations

import hashlib

from desktop.domain.identifiers import bare_digits

_DIGITS, _CHECK = 8, 97
_PURPOSE = "pishkhan short code 1:"


def short_code(number: str) -> str:
    """The code of the letter with that number; another has the same once in a hundred million.

    By it a letter is found among those on a list, never shown to be true (SPEC.md §5).
    """
    digest = hashlib.sha256(f"{_PURPOSE}{number}".encode()).digest()
    digits = int.from_bytes(digest[:8]) % 10**_DIGITS
    return f"{digits:0{_DIGITS}}{_check(digits):02}"


def read_short_code(typed: str) -> str:
    """Ten bare digits of what was typed or read aloud; empty where they are no code.

    A digit written wrongly, or two in the other's place, is none.
    """
    digits = bare_digits(typed)
    if len(digits) != _DIGITS + 2 or not (digits.isascii() and digits.isdigit()):
        return ""
    return digits if _check(int(digits[:_DIGITS])) == int(digits[_DIGITS:]) else ""


def spaced(code: str) -> str:
    """The code in groups of four, four and two."""
    return f"{code[:4]} {code[4:8]} {code[8:]}"


def _check(digits: int) -> int:
    # ISO 7064, MOD 97-10: as of an account's number.
    return _CHECK + 1 - digits * 100 % _CHECK
