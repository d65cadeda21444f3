"""A paper that shows something else than its code: whoever checked it at a desk tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.errors import Refusal
from desktop.domain.persian import is_blank

_NOTHING = "برگزینید چه چیز روی کاغذ یکسان نیست."
_NO_NUMBER = "شمارهٔ نامه‌ای که رمزینه می‌گوید خالی است."
_MOST_LINES = 20


@dataclass(frozen=True)
class PaperTold:
    """The paper of the letter `number`, its copy `copy`, had these lines (`names`, as people read
    them) otherwise than its code; none where that was said by mistake. `scanned` tells that its
    picture is kept at the desk."""

    kind: ClassVar[str] = "paper-told"
    number: str
    copy: int
    names: tuple[str, ...]
    scanned: bool


@dataclass(frozen=True)
class TellPaper:
    """As `PaperTold`."""

    kind: ClassVar[str] = "tell-paper"
    number: str
    copy: int
    names: tuple[str, ...]
    scanned: bool


def told(asked: TellPaper) -> PaperTold:
    """What is told of it. Raises Refusal for what names no letter or no line."""
    names = tuple(dict.fromkeys(name.strip() for name in asked.names))
    if is_blank(asked.number) or asked.copy < 0:
        raise Refusal(_NO_NUMBER)
    if not all(names) or len(names) > _MOST_LINES:
        raise Refusal(_NOTHING)
    return PaperTold(asked.number.strip(), asked.copy, names, asked.scanned)
