"""Where things live on this machine and what the office file says; Windows too."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, ValidationError

from desktop.domain.errors import Refusal

_APP = "pishkhan-yazd"


class OfficeFile(BaseModel):
    """The office's TOML file: which centre to speak to. Without it the program is a demo office."""

    model_config = ConfigDict(extra="forbid")

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


def office_file(folder: Path) -> OfficeFile:
    """The settings in `office.toml` of the data folder, or the demo's when there is none.

    Raises Refusal naming every wrong key.
    """
    path = folder / "office.toml"
    if not path.exists():
        return OfficeFile()
    try:
        return OfficeFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as fault:
        raise Refusal(f"پروندهٔ تنظیمات «{path.name}» خوانده نشد: {fault}") from fault
    except ValidationError as fault:
        keys = "، ".join(".".join(map(str, error["loc"])) for error in fault.errors())
        raise Refusal(f"در پروندهٔ تنظیمات «{path.name}» این کلیدها درست نیستند: {keys}") from fault
