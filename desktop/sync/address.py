"""Where a centre is: what a person types, or the office file says, as host and port."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_latin_digits

_WRONG = "نشانی مرکز خوانده نشد؛ آن را مانند markaz.example.ir یا 192.0.2.7:8443 بنویسید."
_PLAIN = "نشانی مرکز باید با https آغاز شود؛ بی‌رمز فقط با همین رایانه می‌توان سخن گفت."
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")


@dataclass(frozen=True)
class Address:
    """A centre's address. `secure` is false only for this machine itself."""

    host: str
    port: int
    secure: bool = True

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.secure else 80
        port = "" if self.port == usual else f":{self.port}"
        return f"{'https' if self.secure else 'http'}://{host}{port}"


def read_address(text: str) -> Address:
    """The address that the text names; without a scheme it is https.

    Raises Refusal(field="address") for what is none, and for a plain one of another machine.
    """
    typed = to_latin_digits(text).strip().lower()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refusal(_WRONG, field="address") from None
    whole = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("https", "http") or not whole or not (_ip(host) or _is_name(host)):
        raise Refusal(_WRONG, field="address")
    secure = parts.scheme == "https"
    if not secure and not _is_this_machine(host):
        raise Refusal(_PLAIN, field="address")
    return Address(host, port or (443 if secure else 80), secure)


def _is_name(host: str) -> bool:
    return len(host) <= 253 and _NAME.fullmatch(host) is not None


def _is_this_machine(host: str) -> bool:
    found = _ip(host)
    return host == "localhost" if found is None else found.is_loopback


def _ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
