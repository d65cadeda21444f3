"""A writing call that comes twice is done once: the same signed bytes, the same answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Integer, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from desktop.centre.context import Centre
from desktop.centre.metadata import Base
from desktop.centre.transacting import transact
from desktop.chance import octets
from desktop.sql.missing import make_missing
from desktop.sql.types import UtcInstant
from desktop.wire.canon import content_hash
from desktop.wire.link import SignedRequest

CLOCK_LIMIT = timedelta(minutes=5)
"""So far from the centre's may the moment of a request be."""
_NONCE = 12
_INFO = b"pishkhan answered 1"


class AnsweredRow(Base):
    """A writing call by the device and the hash of what it signed, and how it was answered.

    The answer is sealed under the request's signature, which nobody keeps: it may bear a code, and
    only who has the request has it again. After `until` the request itself is too old.
    """

    __tablename__ = "answered"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcInstant)
    status: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def answered(
    session: Session, request: SignedRequest, question: bytes, asked_at: datetime
) -> tuple[int, bytes] | None:
    """How the request was answered before; None the first time, which is kept.

    Who brings it while it is being done waits for the end of that.
    """
    digest = content_hash(question)
    key = {"device_id": request.device_id, "digest": digest}
    row = {**key, "until": asked_at + CLOCK_LIMIT, "status": 0, "sealed": b""}
    if make_missing(session, AnsweredRow, row):
        return None
    own = (AnsweredRow.device_id == request.device_id, AnsweredRow.digest == digest)
    found = session.execute(select(AnsweredRow.status, AnsweredRow.sealed).where(*own)).one()
    return found.status, _opened(request, found.sealed)


def keep_answer(
    session: Session, request: SignedRequest, question: bytes, status: int, body: bytes
) -> None:
    """Keep how the request, which is new, was answered."""
    own = (
        AnsweredRow.device_id == request.device_id,
        AnsweredRow.digest == content_hash(question),
    )
    sealed = _sealed(request, body)
    session.execute(update(AnsweredRow).where(*own).values(status=status, sealed=sealed))


def forget_answered(centre: Centre) -> None:
    """Keep no more of the requests that would not be taken any more, by any machine's clock."""
    past = centre.clock() - 2 * CLOCK_LIMIT

    def forget(session: Session) -> None:
        session.execute(delete(AnsweredRow).where(AnsweredRow.until < past))

    transact(centre, centre.writer, forget)


def _sealed(request: SignedRequest, body: bytes) -> bytes:
    nonce = octets(_NONCE)
    return nonce + _box(request).encrypt(nonce, body, None)


def _opened(request: SignedRequest, sealed: bytes) -> bytes:
    return _box(request).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def _box(request: SignedRequest) -> ChaCha20Poly1305:
    derived = HKDF(SHA256(), 32, None, _INFO).derive(bytes.fromhex(request.signature))
    return ChaCha20Poly1305(derived)
