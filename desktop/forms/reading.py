"""The text in a service file's bytes, or one sentence that says how it was saved wrongly."""

from __future__ import annotations

import codecs
from pathlib import Path

from desktop.domain.persian import to_persian_digits
from desktop.forms.faults import FaultyFile, FileFault

MOST_LINES = 2_000
"""Lines of a service file; the longest that ships has 450."""
LONGEST = 200_000
"""Characters of a service file."""
_UNREADABLE = "این پرونده خوانده نشد؛ نشانی و اجازهٔ آن را ببینید."
_SAVE = "در ویرایشگر «Save as» را با «UTF-8» بزنید."
_UTF_16 = f"این پرونده با UTF-16 ذخیره شده است؛ {_SAVE}"
_OTHER = f"این سطر با UTF-8 ذخیره نشده است (شاید با Windows-1256)؛ {_SAVE}"
_TOO_LONG = f"یک خدمت حداکثر {MOST_LINES} سطر و {LONGEST} نویسه دارد؛ آن را چند خدمت کنید."
_EMPTY = "پرونده خالی است؛ از الگوی خدمت تازه آغاز کنید و آن را پر کنید."


def read_text(path: Path) -> str:
    """The text of a service file. Raises FaultyFile for what can't be read as one."""
    try:
        content = path.read_bytes()
    except OSError:
        raise FaultyFile([FileFault(path.name, 1, "", _UNREADABLE)]) from None
    return text_of(content, path.name)


def text_of(content: bytes, name: str) -> str:
    """The text, without a mark of its encoding and with one kind of line end.

    Raises FaultyFile for what is no UTF-8.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content:
        raise FaultyFile([FileFault(name, 1, "", _UTF_16)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FaultyFile([FileFault(name, line, "", _OTHER)]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def demand_sized(text: str, name: str) -> None:
    """Raise FaultyFile for a text that is empty, or longer than any service."""
    lines = text.count("\n") + 1
    if lines > MOST_LINES or len(text) > LONGEST:
        line = min(lines, MOST_LINES + 1)
        raise FaultyFile([FileFault(name, line, "", to_persian_digits(_TOO_LONG))])
    if all(not row.strip() or row.lstrip().startswith("#") for row in text.split("\n")):
        raise FaultyFile([FileFault(name, 1, "", _EMPTY)])
