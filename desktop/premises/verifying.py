"""Checking letters on the command line, with the keys that this machine knows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.keys import DeviceKeys
from desktop.reports.verify import KnownKey, verify_pdf, verify_qr
from desktop.wire.link import public_hex

_LARGEST = 20_000_000


def known_keys(folder: Path, given: list[str]) -> dict[str, KnownKey]:
    """By key id: the keys given by hand, and the demo centre's of this machine (a demo's).

    Raises Refusal for a given key that is none.
    """
    keys: dict[str, KnownKey] = {}
    for text in given:
        try:
            public = bytes.fromhex(text)
        except ValueError:
            public = b""
        if len(public) != 32:
            raise Refusal("کلید عمومی مرکز ۶۴ رقم شانزده‌شانزدهی است.")
        keys[_key_id(public)] = KnownKey(public, "مرکز شهرداری یزد", demo=False)
    demo = DeviceKeys(folder / "demo" / "keys").find("centre")
    if demo is not None:
        public = bytes.fromhex(public_hex(demo))
        keys[_key_id(public)] = KnownKey(public, "مرکز نمونه", demo=True)
    return keys


def _key_id(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:8]


def verdict_on(item: str, keys: dict[str, KnownKey]) -> tuple[list[str], bool]:
    """What is said of a PDF's path or a QR's text, and whether it is a true letter."""
    path = Path(item) if len(item) < 250 else None
    try:
        if path is not None and path.is_file():
            if path.stat().st_size > _LARGEST:
                raise Refusal("این پرونده بزرگ‌تر از یک نامه است.")
            verdict = verify_pdf(path.read_bytes(), keys)
        elif path is not None and path.suffix.lower() == ".pdf":
            raise Refusal(f"پرونده‌ای به نام «{item}» نیست.")
        else:
            verdict = verify_qr(item, keys)
    except Refusal as no:
        return [f"{item[:60]}: {no.words}"], False
    lines = [f"{item[:60]}: {verdict.words}"]
    titles = {s.code: s.title for s in load_all(SERVICES).values()}
    # Codes of services are for programs; a letter of a service unknown here keeps its code.
    lines += [f"    {label}: {titles.get(value, value)}" for label, value in verdict.lines]
    return lines, True
