"""The certificate by which a centre is known over HTTPS: made on its own machine, or given."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.domain.errors import Refusal

_YEARS = 5
# A desk whose clock is a little behind must not find it to be of tomorrow.
_BEFORE = timedelta(days=1)
_UNREADABLE = "گواهی خوانده نشد: پروندهٔ PEM یک گواهی X.509 لازم است."


def make_certificate(names: Sequence[str], at: datetime) -> tuple[bytes, bytes]:
    """A certificate of its own for these names or addresses, and its private key, both PEM.

    Desks know it by its fingerprint, so it holds for long: who changes it enrols every desk anew.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _BEFORE)
        .not_valid_after(at + timedelta(days=365 * _YEARS))
        .add_extension(x509.SubjectAlternativeName([_name(each) for each in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return certificate.public_bytes(serialization.Encoding.PEM), private


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def fingerprint_of(pem: bytes) -> bytes:
    """The SHA-256 of the certificate, or of the first of a chain. Raises Refusal."""
    return _read(pem).fingerprint(hashes.SHA256())


def end_of(pem: bytes) -> datetime:
    """The moment after which it no longer holds, UTC. Raises Refusal."""
    return _read(pem).not_valid_after_utc


def demand_pair(pem: bytes, key_pem: bytes) -> None:
    """Raise Refusal unless the private key, without a passphrase, is the certificate's."""
    certificate = _read(pem)
    try:
        key = serialization.load_pem_private_key(key_pem, None)
    except (ValueError, TypeError) as fault:
        raise Refusal("کلید گواهی خوانده نشد: پروندهٔ PEM کلید، بی گذرواژه، لازم است.") from fault
    if key.public_key() != certificate.public_key():
        raise Refusal("این کلید از آنِ این گواهی نیست.")


def _read(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as fault:
        raise Refusal(_UNREADABLE) from fault
