"""The program's log in the data folder, and the codes by which a person reports a bug."""

from __future__ import annotations

import faulthandler
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

NAME = "desktop.log"
CRASHES = "crash.log"
_SIZE = 1_000_000
_KEPT = 5
# National ids, mobiles, legal ids and foreigners' codes, in any of the three kinds of digits. Those
# of 8 or 9 digits are written as days and sums are.
_LONG_NUMBER = re.compile(r"(?<!\d)\d{10,16}(?!\d)")
# What a database says of a row that it refused: its values.
_ROW = re.compile(r"(?m)^(DETAIL:).*$")
_CODE = "desktop_report_code"

_log = logging.getLogger("desktop")


def mask(text: str) -> str:
    """The text with every number of 10 to 16 digits hidden, and what a database tells of a row: no
    person's code reaches the log."""
    return _LONG_NUMBER.sub("**********", _ROW.sub(r"\1 **********", text))


class _Lines(logging.Formatter):
    """One JSON object a line, masked."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, str] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "words": record.getMessage(),
        }
        code = getattr(record, _CODE, "")
        if code:
            line["report"] = code
        if record.exc_info and record.exc_info[0] is not None:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps({key: mask(value) for key, value in line.items()}, ensure_ascii=False)


def report(fault: BaseException) -> str:
    """Log a bug once and return its code of 4 hex digits, which a person reads to the supporter.

    The code follows from where the fault arose: the same bug has the same code on every machine.
    Reporting the same exception again only gives its code.
    """
    known = getattr(fault, "report_code", None)
    if isinstance(known, str):
        return known
    code = code_of(fault)
    fault.report_code = code  # type: ignore[attr-defined]
    info = (type(fault), fault, fault.__traceback__)
    _log.error("a bug, report code %s", code, exc_info=info, extra={_CODE: code})
    return code


def code_of(fault: BaseException) -> str:
    """The 4 hex digits that name the place where the fault arose, on every machine alike."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "desktop" in Path(frame.filename).parts] or frames
    places = [f"{Path(frame.filename).name}:{frame.name}" for frame in ours[-3:]]
    text = "|".join([type(fault).__name__, *places])
    # A short name for people, not a secret: FNV-1a folded to 16 bits.
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{(value >> 16) ^ (value & 0xFFFF):04X}"


def tell_also(stream: TextIO) -> None:
    """Log to the stream too, from here on: a service's own log is what its system keeps."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def start(folder: Path, tell: Callable[[str], None] | None = None) -> Callable[[], None]:
    """Log to the folder, and report what nobody caught, in any thread; `tell` gets the code.

    A hard crash leaves its stacks in `crash.log`. Returns what ends it: closes the files and puts
    the hooks back. Raises OSError when the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / NAME, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=False
    )
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    before = (sys.excepthook, threading.excepthook, root.level)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    crashes = (folder / CRASHES).open("a", encoding="utf-8")
    faulthandler.enable(crashes)

    def uncaught(fault: BaseException) -> None:
        code = report(fault)
        if tell is not None:
            tell(code)

    def main_hook(
        kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before[0](kind, fault, trace)
            return
        uncaught(fault)

    def thread_hook(caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not issubclass(caught.exc_type, SystemExit):
            uncaught(caught.exc_value)

    sys.excepthook = main_hook
    threading.excepthook = thread_hook

    def end() -> None:
        sys.excepthook, threading.excepthook = before[0], before[1]
        root.setLevel(before[2])
        root.removeHandler(handler)
        handler.close()
        faulthandler.disable()
        crashes.close()

    return end
