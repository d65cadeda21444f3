"""The centre's own key: signs essences of letters and the heads of streams."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.wire.link import public_hex, sign


@dataclass(frozen=True)
class CentreKey:
    """The centre's signing key; letters of a `demo` key never verify as real."""

    private: Ed25519PrivateKey
    demo: bool

    @property
    def public(self) -> str:
        """The public half, hex."""
        return public_hex(self.private)

    @property
    def key_id(self) -> str:
        """Eight hex digits that name the key in essences."""
        return hashlib.sha256(bytes.fromhex(self.public)).hexdigest()[:8]

    def sign(self, message: bytes) -> str:
        """The signature over the message, hex."""
        return sign(self.private, message)
