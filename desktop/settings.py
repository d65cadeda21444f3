"""Where things live on this machine and what the office file says; Windows too."""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from desktop.domain.errors import Refusal

_APP = "pishkhan-yazd"


@dataclass(frozen=True)
class OfficeFile:
    """The office's TOML file: which centre to speak to. Without it the program is a demo office."""

    centre: str | None = None
    theme: str = "light"


def resources() -> Path:
    """The folder of fonts, icons and data, in a checkout and in a frozen program alike."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def data_folder() -> Path:
    """Where stores, letters and logs are kept; `PISHKHAN_HOME` moves it (tests, portable use)."""
    chosen = os.environ.get("PISHKHAN_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def demo_folder() -> Path:
    """Where the demo office and its centre are kept."""
    return data_folder() / "demo"


def office_file(folder: Path) -> OfficeFile:
    """The settings in `office.toml` of the data folder, or the demo's when there is none.

    Raises Refusal naming every wrong key.
    """
    path = folder / "office.toml"
    if not path.exists():
        return OfficeFile()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise Refusal(f"پروندهٔ تنظیمات «{path.name}» خوانده نشد: {fault}") from fault
    known = {field.name for field in fields(OfficeFile)}
    wrong = [key for key, value in found.items() if key not in known or not isinstance(value, str)]
    if wrong:
        keys = "، ".join(wrong)
        raise Refusal(f"در پروندهٔ تنظیمات «{path.name}» این کلیدها درست نیستند: {keys}")
    return OfficeFile(**found)
