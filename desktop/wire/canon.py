"""Canonical JSON text and the hash chain over it (SYNC.md "What is kept")."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

GENESIS = "0" * 64
_PLAIN = frozenset({str, int, bool, type(None)})


def canon(value: Any) -> str:
    """Sorted keys, no spaces, NFC, no floats. Raises TypeError for a float or an unknown type."""
    return unicodedata.normalize("NFC", canon_of_composed(value))


def canon_of_composed(value: Any) -> str:
    """As `canon`, where all texts are NFC already, as canonical ones are: looking again through
    a slice of facts would take ten times what writing it takes."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("no floats in what is signed")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    # Whatever is signed comes through here, and most of it holds nothing else.
    if not _PLAIN.issuperset(map(type, value)):
        for item in value:
            _refuse_floats(item)


def link_hash(previous: str, text: str) -> str:
    """sha256(previous hash ‖ canonical text), hex."""
    return hashlib.sha256(bytes.fromhex(previous) + text.encode()).hexdigest()


def content_hash(data: bytes) -> str:
    """sha256 of bytes, hex."""
    return hashlib.sha256(data).hexdigest()
