"""Checking letters on the command line, with the keys that this machine knows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.centre.signing import CentreKeys
from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.keys import DeviceKeys
from desktop.premises.founding import CENTRE, centre_file, signs_as_before
from desktop.reports.verify import KnownKey, verify_pdf, verify_qr
from desktop.settings import DEMO, TRAINING
from desktop.wire.link import public_hex

_LARGEST = 20_000_000
_LONGEST_PATH, _OF_CODE = 250, 60
"""Of what was asked: so long a path may be; of a QR's text so much tells which it was."""
_ED25519, _ES256 = 32, 33  # bytes of a public key


def known_keys(folder: Path, given: list[str]) -> dict[str, KnownKey]:
    """By key id: the keys given by hand, and those of the demo centres of this machine (a demo's)
    and of the ones to practise with.

    A key given by hand is `CENTRE:KEY`, the centre's id and the public half of its key for letters;
    of an earlier program's centre `KEY` alone. Raises Refusal for what is neither.
    """
    keys: dict[str, KnownKey] = {}
    for text in given:
        centre, _, key = text.rpartition(":")
        try:
            public = bytes.fromhex(key)
        except ValueError:
            public = b""
        if len(public) != (_ES256 if centre else _ED25519):
            raise Refusal("کلید عمومی مرکز «شناسهٔ مرکز:۶۶ رقم شانزده‌شانزدهی» است.")
        keys[_key_id(public)] = KnownKey(public, "مرکز شهرداری یزد", demo=False, centre=centre)
    # By its file: the system's keyring has no demo's key, and need not be asked.
    for kind in (DEMO, TRAINING):
        for file in sorted(folder.glob(f"{kind}*/keys/{CENTRE}.key")):
            own = _own_key(file.parents[1], training=kind == TRAINING)
            if own is not None:
                keys[_key_id(own.public)] = own
    return keys


def _own_key(home: Path, *, training: bool) -> KnownKey | None:
    """The key for letters of the demo or training centre there, also of one that was set aside.

    None for what is not whole yet: it has signed nothing. Raises Refusal.
    """
    secret = DeviceKeys(home / "keys").find_secret(CENTRE)
    assert secret is not None
    if signs_as_before(secret):
        public, centre = public_hex(Ed25519PrivateKey.from_private_bytes(secret)), ""
    else:
        public = CentreKeys.from_secret(secret, demo=True).letters.public
        try:
            centre = centre_file(home).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
    name = "مرکز آموزشی" if training else "مرکز نمونه"
    return KnownKey(bytes.fromhex(public), name, demo=True, centre=centre, training=training)


def _key_id(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:8]


def verdict_on(item: str, keys: dict[str, KnownKey]) -> tuple[list[str], bool]:
    """What is said of a PDF's path or a QR's text, and whether it is a true letter."""
    path = Path(item) if len(item) < _LONGEST_PATH else None
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
        return [f"{_named(item)}: {no.words}"], False
    lines = [f"{_named(item)}: {verdict.words}"]
    titles = {s.code: s.title for s in load_all(SERVICES).values()}
    # Codes of services are for programs; a letter of a service unknown here keeps its code.
    lines += [f"    {label}: {titles.get(value, value)}" for label, value in verdict.lines]
    # What was made to practise with verifies as nothing, however true its signature.
    return lines, not verdict.training


def _named(item: str) -> str:
    """What was asked about: a path whole, of a code its beginning."""
    if item.lower().endswith(".pdf") or len(item) <= _OF_CODE:
        return item
    return f"{item[:_OF_CODE]}…"
