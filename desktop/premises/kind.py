"""Which kind of installation this machine has, by its office file."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits

NAME = "office.toml"
# The table of a centre's file that `centre_file` reads.
SERVING = "serving"
_FINGERPRINT = re.compile("([0-9a-f]{64})?")
_UNREADABLE = "فایل تنظیمات خوانده نشد: {}. اجازهٔ خواندن این پوشه را ببینید."
PRACTISES = "این رایانه آموزشی است و مرکز آن را نمی‌پذیرد."
"""Why a machine that is there to practise with is no desk of a centre elsewhere."""
_NOT_WRITABLE = (
    "در پوشهٔ برنامه نمی‌توان نوشت: {}. اجازهٔ نوشتن در این پوشه را بگیرید و دوباره Enter را بزنید."
)


class Kind(StrEnum):
    """What an installation is; without an office file it is a demo."""

    DEMO = "demo"
    OFFICE = "office"
    MUNICIPAL = "municipal"
    TRAINING = "training"
    CENTRE = "centre"


_WORDS = {
    Kind.DEMO: "دفتر نمونه",
    Kind.OFFICE: "باجهٔ دفتر",
    Kind.MUNICIPAL: "میز شهرداری",
    Kind.TRAINING: "دفتر آموزشی",
    Kind.CENTRE: "مرکز",
}


@dataclass(frozen=True)
class OfficeFile:
    """The office file: the kind, and where its centre is (empty: it carries its own).

    `certificate` is the SHA-256, hex, of the one certificate by which that centre is known; empty
    where the system's trust store vouches for it. `backups` is the folder for the desk's daily
    backups; empty where the program chooses.
    """

    kind: str = ""
    centre: str = ""
    certificate: str = ""
    backups: str = ""

    @property
    def installation(self) -> Kind:
        """The kind that it asks for; with a centre elsewhere and no kind it is an office's desk."""
        if not self.kind:
            return Kind.OFFICE if self.centre else Kind.DEMO
        return Kind(self.kind)

    @property
    def is_desk(self) -> bool:
        """Whether it asks for a real desk, whose centre is elsewhere."""
        return self.installation in (Kind.OFFICE, Kind.MUNICIPAL)

    @property
    def carries_centre(self) -> bool:
        """Whether it asks for an installation with a centre of its own."""
        return self.installation in (Kind.DEMO, Kind.TRAINING)

    def as_text(self) -> str:
        """The file as it is written."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        # What JSON escapes of a string, a folder's «\\» above all, TOML escapes in the same way.
        told = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
        return "".join(f"{name} = {text}\n" for name, text in told.items() if values[name])


def read_office_file(folder: Path) -> OfficeFile:
    """The office file of the data folder, or a demo's when there is none.

    Raises Refusal naming every wrong key, and for a file that can't be read.
    """
    path = folder / NAME
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return OfficeFile()
    except OSError as fault:
        raise Refusal(_UNREADABLE.format(isolate(str(path)))) from fault
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"at line ([0-9]+)", str(fault))
        where = f"سطر {to_persian_digits(line[1])}" if line else "پایان"
        raise Refusal(f"فایل تنظیمات «{NAME}» خوانده نشد: {where} آن درست نیست.") from fault
    except UnicodeDecodeError as fault:
        raise Refusal(f"فایل تنظیمات «{NAME}» خوانده نشد.") from fault
    if found.get("kind") == Kind.CENTRE:
        found.pop(SERVING, None)
    known = {field.name for field in fields(OfficeFile)}
    wrong = [key for key, value in found.items() if key not in known or not isinstance(value, str)]
    if "kind" in found and found["kind"] not in tuple(Kind):
        wrong.append("kind")
    if not _FINGERPRINT.fullmatch(str(found.get("certificate", ""))):
        wrong.append("certificate")
    if wrong:
        keys = "، ".join(dict.fromkeys(wrong))
        raise Refusal(f"در فایل تنظیمات «{NAME}» این کلیدها درست نیستند: {keys}.")
    return OfficeFile(**found)


def demand_window(folder: Path) -> OfficeFile:
    """The office file of the data folder, for what a window opens: a demo, an office to practise
    in, or a real desk.

    Raises Refusal for all else; nothing is made or changed before.
    """
    file = read_office_file(folder)
    if file.is_desk or (file.carries_centre and not file.centre):
        return file
    words = "این نسخهٔ برنامه آن را هنوز نمی‌تواند باز کند."
    if file.installation is Kind.TRAINING:
        raise Refusal(PRACTISES)
    if file.installation is Kind.CENTRE:
        words = "مرکز پنجره ندارد و با دستورهای «desktop centre» به کار می‌افتد."
    raise _unfit(file, words)


def demand_demo(folder: Path) -> None:
    """Raise Refusal unless the office file of the data folder asks for a demo, whose own centre is
    on this machine: commands work on that. Nothing is made or changed before.
    """
    file = read_office_file(folder)
    if file.installation is not Kind.DEMO or file.centre:
        raise _unfit(file, "این دستور تنها در دفتر نمونه کار می‌کند.")


def _unfit(file: OfficeFile, words: str) -> Refusal:
    centre = f" با مرکز «{file.centre}»" if file.centre else ""
    kind = _WORDS[file.installation]
    return Refusal(f"فایل تنظیمات «{NAME}» می‌گوید این رایانه «{kind}»{centre} است؛ {words}")


def not_writable(folder: Path) -> Refusal:
    """What a person reads where the data folder, or one in it, can't be made or written."""
    return Refusal(_NOT_WRITABLE.format(isolate(str(folder))))
