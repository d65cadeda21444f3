"""What a centre's own office file says: its database, where it listens, by which certificate."""

from __future__ import annotations

import ipaddress
import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from desktop.domain.errors import Refusal
from desktop.premises.kind import NAME, SERVING, Kind, read_office_file

PASSWORD = "database.pgpass"
LIVES = "epochs"
"""In the data folder: the epochs that the centre has been in since it was first restored."""
DEVICES = "devices"
"""In the data folder: every device that the centre ever knew, as it stood (`known_devices`)."""
IMPORTS = "imports"
"""In the data folder: every act that put an import of the records into force, or took it back."""
_NO_CENTRE = (
    'این رایانه مرکز نیست: در پوشهٔ برنامه فایل «{}» با kind = "centre" نیست. '
    "نخست فرمان centre init را بزنید."
)
_WRONG = "در فایل تنظیمات «{}» این کلیدهای [{}] درست نیستند: {}."
_HEAD = """\
# What this machine is, and how the centre on it is served. No secret stands here: the keys, the
# certificate's key and the database's password are files of their own beside it, readable by their
# owner only. After a change: restart the service.
"""


@dataclass(frozen=True)
class CentreFile:
    """The table `[serving]` of a centre's office file.

    `direct` is the database's own address where `database` is a pooler's. Paths without a folder
    lie beside the file. Later keys for letters may be in a PKCS#11 token: `token_module` is its
    driver's file, `token_pin` the file with its user's PIN. `balancers` are addresses, with commas,
    from which all desks call: what is counted by address is counted there. `backups` is where
    `centre backup` writes; a `pgbackrest` stanza takes its place. `metrics_port` listens on
    loopback only; 0 for none.
    """

    database: str
    direct: str = ""
    host: str = "0.0.0.0"
    port: int = 8443
    certificate: str = "certificate.pem"
    certificate_key: str = "certificate.key"
    processes: int = 2
    metrics_port: int = 9464
    calls_a_second: int = 50
    balancers: str = ""
    backups: str = "backups"
    pgbackrest: str = ""
    token_module: str = ""
    token_label: str = "pishkhan"
    token_pin: str = "token.pin"


_PORTS = range(65_536)
_RANGES = {
    "port": _PORTS[1:],
    "metrics_port": _PORTS,
    "processes": range(1, 65),
    "calls_a_second": range(1, 100_001),
}


def read_centre_file(folder: Path) -> CentreFile:
    """The centre's file of the data folder.

    Raises Refusal where it says something else, naming every wrong key.
    """
    if read_office_file(folder).kind != Kind.CENTRE:
        raise Refusal(_NO_CENTRE.format(NAME))
    said = tomllib.loads((folder / NAME).read_text(encoding="utf-8-sig")).get(SERVING, {})
    wrong = [] if isinstance(said, dict) else [SERVING]
    table: dict[str, Any] = {} if wrong else said
    kinds = {field.name: field.type for field in fields(CentreFile)}
    wrong += [key for key, value in table.items() if not _fits(kinds.get(key), key, value)]
    if not table.get("database"):
        wrong.append("database")
    if wrong:
        keys = "، ".join(dict.fromkeys(wrong))
        raise Refusal(_WRONG.format(NAME, SERVING, keys))
    return CentreFile(**table)


def _fits(kind: object, key: str, value: object) -> bool:
    # The types are text here, as of every module that puts its annotations off.
    if kind == "int":
        return type(value) is int and value in _RANGES[key]
    if key == "balancers" and isinstance(value, str):
        return all(map(_is_address, balancers_of(value)))
    return kind == "str" and isinstance(value, str)


def balancers_of(text: str) -> frozenset[str]:
    """The addresses, as `balancers` names them."""
    return frozenset(filter(None, (each.strip() for each in text.split(","))))


def _is_address(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).compressed == text
    except ValueError:
        return False


def text_of(file: CentreFile) -> str:
    """The office file of a centre with that table; what stands empty by itself is left out: a
    program before this one reads it too."""
    lines = [f'{_HEAD}kind = "{Kind.CENTRE}"', "", f"[{SERVING}]"]
    for field in fields(CentreFile):
        value = getattr(file, field.name)
        if value == "" == field.default:
            continue
        # A basic string of TOML is one of JSON.
        lines.append(f"{field.name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, ""])
