"""The centre's own keys, apart by what they sign: letters, heads of streams, answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.letter import Essence, Letter, Proof, Release
from desktop.keys import letter_key_of, new_centre_secret, secret_of
from desktop.wire.essence import write
from desktop.wire.letters import countersigned, issued, key_id_of
from desktop.wire.link import PrivateKey, public_hex, sign

_SEED = 32


class LetterKey(ABC):
    """What signs letters, wherever its private half is."""

    public: str
    """The public half, hex."""

    @property
    def key_id(self) -> str:
        """Eight hex digits that name the key in codes and where it is published."""
        return key_id_of(self.public)

    @abstractmethod
    def sign(self, message: bytes) -> str:
        """The signature over the message, hex. Raises Refusal where it can't be made now."""

    def issue(self, essence: Essence) -> tuple[str, str]:
        """The essence as this key signs it, and the signature, both hex."""
        encoded = write(replace(essence, key_id=self.key_id))
        return encoded.hex(), self.sign(issued(self.public, encoded))

    def release(self, letter: Letter, release: Release) -> Release:
        """The release of a letter of the municipality's own series: nobody's key but this stands
        for it. Its drawing is no desk's, and has no seal."""
        signature = self.sign(countersigned(letter, self.key_id, release.on, 1))
        return replace(release, proof=Proof(self.key_id, release.on, signature, seal=""))


def _none(_: str) -> LetterKey | None:
    return None


@dataclass(frozen=True)
class SigningKey(LetterKey):
    """One of the centre's keys that this program holds itself."""

    private: PrivateKey

    @cached_property
    def public(self) -> str:  # type: ignore[override]
        """The public half, hex."""
        return public_hex(self.private)

    def sign(self, message: bytes) -> str:
        """The signature over the message, hex."""
        return sign(self.private, message)


@dataclass(frozen=True)
class CentreKeys:
    """What the centre signs with: `letters` ES256, so that anybody can check a paper; Ed25519 the
    `heads` of streams and the `answers` to calls. Letters of `demo` keys never verify as real.

    `letters` is the first of its kind, by which the centre knows its database; `later` gives one
    that came after it by its id, None where it is not here.
    """

    letters: SigningKey
    heads: SigningKey
    answers: SigningKey
    demo: bool
    later: Callable[[str], LetterKey | None] = _none

    def find(self, key_id: str) -> LetterKey | None:
        """The key for letters of that id."""
        return self.letters if key_id == self.letters.key_id else self.later(key_id)

    @classmethod
    def new(cls, *, demo: bool) -> CentreKeys:
        """New keys of a new centre."""
        return cls.from_secret(new_centre_secret(), demo=demo)

    @classmethod
    def from_secret(cls, secret: bytes, *, demo: bool) -> CentreKeys:
        """The keys of `secret`. Raises ValueError for bytes that are not of three keys."""
        if len(secret) != 3 * _SEED:
            raise ValueError("not the secret of a centre's three keys")
        heads, answers = secret[_SEED : 2 * _SEED], secret[2 * _SEED :]
        return cls(
            SigningKey(letter_key_of(secret[:_SEED])),
            SigningKey(Ed25519PrivateKey.from_private_bytes(heads)),
            SigningKey(Ed25519PrivateKey.from_private_bytes(answers)),
            demo,
        )

    @property
    def secret(self) -> bytes:
        """All three private halves, to be kept wrapped (`keys.wrap_secret`)."""
        return b"".join(secret_of(key.private) for key in (self.letters, self.heads, self.answers))
