"""A PKCS#11 token that keeps the city's keys for letters: none of them ever leaves it.

Only this module speaks to one (decision 106). A session is opened for each signature: a token that
was pulled out and put back signs again, and no session is two threads'.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import pkcs11
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11.util.ec import encode_named_curve_parameters

from desktop.centre.signing import LetterKey
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.premises.private import demand_private
from desktop.wire.letters import key_id_of
from desktop.wire.link import es256_digest, es256_text

_OPEN = "رمز توکن «{}» را دیگران هم می‌توانند بخوانند؛ اجازهٔ آن را به مالک محدود کنید (chmod 600)."
_NO_PIN = "رمز توکن در فایل «{}» نیست."
_ABSENT = "توکن امضای «{}» در دسترس نیست؛ وصل بودن آن و رمزش را ببینید."
_HALF = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Token:
    """A token by its module's file and its label; `pin` is the file that holds its user's PIN."""

    module: str
    label: str
    pin: Path

    @contextmanager
    def opened(self, *, writes: bool = False) -> Iterator[Any]:
        """A session in which its user has signed in. Raises Refusal."""
        pin = self._pin()
        try:
            with _LOCK:
                token = pkcs11.lib(self.module).get_token(token_label=self.label)
                with token.open(user_pin=pin, rw=writes) as session:
                    yield session
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as fault:
            _log.error("token %s: %s", self.label, type(fault).__name__)
            raise Refusal(_ABSENT.format(isolate(self.label))) from fault

    def _pin(self) -> str:
        try:
            demand_private(self.pin, _OPEN)
            return self.pin.read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise Refusal(_NO_PIN.format(isolate(str(self.pin)))) from fault

    def make(self) -> TokenKey:
        """Make a key for letters in the token. Raises Refusal."""
        with self.opened(writes=True) as session:
            curve = encode_named_curve_parameters("secp256r1")
            made = session.create_domain_parameters(
                pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: curve}, local=True
            )
            public, private = made.generate_keypair(
                store=True,
                label="letters",
                mechanism_param=None,
            )
            key = TokenKey(self, _compressed(public))
            for half in (public, private):
                half[pkcs11.Attribute.ID] = bytes.fromhex(key.key_id)
        return key

    def find(self, key_id: str) -> TokenKey | None:
        """The key of that id; None where the token has none such. Raises Refusal."""
        wanted = {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PUBLIC_KEY,
            pkcs11.Attribute.ID: bytes.fromhex(key_id),
        }
        with self.opened() as session:
            for public in session.get_objects(wanted):
                return TokenKey(self, _compressed(public))
        return None


# A module is loaded once a process, and not every one of them bears two threads.
_LOCK = Lock()


@dataclass(frozen=True)
class TokenKey(LetterKey):
    """A key in a token; `public` is its public half, hex."""

    token: Token
    public: str

    @cached_property
    def key_id(self) -> str:
        """Eight hex digits that name the key."""
        return key_id_of(self.public)

    def sign(self, message: bytes) -> str:
        """The signature over the message, hex. Raises Refusal while the token is not there."""
        with self.token.opened() as session:
            private = session.get_key(
                object_class=pkcs11.ObjectClass.PRIVATE_KEY, id=bytes.fromhex(self.key_id)
            )
            made = private.sign(es256_digest(message), mechanism=pkcs11.Mechanism.ECDSA)
        return es256_text(int.from_bytes(made[:_HALF]), int.from_bytes(made[_HALF:]))


def _compressed(public: Any) -> str:
    # An octet string round the uncompressed point.
    point = bytes(public[pkcs11.Attribute.EC_POINT])[-1 - 2 * _HALF :]
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint).hex()
