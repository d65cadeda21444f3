"""A fresh service file: commented, whole, and right as it stands, for a person to fill in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.forms.checks import LONGEST_CODE
from desktop.settings import resources

_CODE = re.compile(rf"[a-z][a-z0-9-]{{2,{LONGEST_CODE - 1}}}")
_TEMPLATE = "new.toml"


def write_fresh(path: Path, day: date) -> None:
    """Write the file; its name is the service's code, `day` the day it is handed to the offices.

    Raises Refusal for a name that is no code, for a file that is there, and for a folder that
    can't be written.
    """
    if path.suffix != ".toml" or not _CODE.fullmatch(path.stem):
        words = "نام پرونده کد خدمت است: حروف کوچک انگلیسی، رقم و خط پیوند، مانند harim.toml."
        raise Refusal(f"{path.name}: {words}")
    template = (resources() / "service" / _TEMPLATE).read_text(encoding="utf-8")
    text = template.replace('"CODE"', f'"{path.stem}"').replace("EFFECTIVE", day.isoformat())
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        words = "این پرونده هست و دست نخورد؛ نام دیگری بدهید."
        raise Refusal(f"{path.name}: {words}") from fault
    except OSError as fault:
        raise Refusal(f"{path.name}: در این پوشه نمی‌توان نوشت.") from fault
