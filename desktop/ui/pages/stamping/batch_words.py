"""What a batch says of itself: a letter's fate in its row, where all stand, what is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop.actions.batch import BatchLetter, LetterFate
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.times import time_of
from desktop.ui.widgets.lists.table_cells import Cell

_MOST_NAMES = 6
NO_STAMP, NO_PAPER = "مهر نشد", "چاپ نشد"
_ORDINALS = (
    "نخست", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم", "یازدهم", "دوازدهم",
)  # fmt: skip
_FATES: Mapping[LetterFate, tuple[str, str, str]] = {
    LetterFate.TO_STAMP: ("در انتظار مهر", "text2", "clock"),
    LetterFate.SENDING: ("مهر شد، در صف ارسال", "text2", "cloud-upload"),
    LetterFate.ELSEWHERE: ("در رایانهٔ دیگر مهر شد", "text2", "info-circle"),
    LetterFate.READY: ("در نوبت چاپ", "text2", "clock"),
    LetterFate.SPOOLING: ("در حال چاپ", "text", "printer"),
    LetterFate.DOUBTED: ("بیرون آمد؟", "pay", "alert-triangle"),
    LetterFate.FAILED: (NO_PAPER, "refuse", "alert-circle"),
}


class Stage(Enum):
    """Where the batch is: the password, stamping, on the way to paper, stopped, or at its end."""

    ASKING = auto()
    STAMPING = auto()
    PRINTING = auto()
    STOPPED = auto()
    DONE = auto()


SECOND = {
    Stage.ASKING: "",
    Stage.STAMPING: "در حال مهر",
    Stage.PRINTING: "مهر شد؛ در حال چاپ",
    Stage.STOPPED: "مهر شد؛ چاپ متوقف شد",
    Stage.DONE: "پایان یافت",
}
"""What stands beside the title at each stage."""


@dataclass(frozen=True)
class Told:
    """A banner's sentence, its tone and icon."""

    words: str
    tone: Tone
    icon: str = ""


@dataclass(frozen=True)
class Counts:
    """How many letters of a batch stand where.

    `left` are stamped and on no paper yet, `refused` not stamped, `withheld` stamped and not to be
    printed any more.
    """

    all: int
    stamped: int
    printed: int
    left: int
    refused: int
    withheld: int


def ordinal(place: int) -> str:
    """The letter's place from 1 on, as it is said: «هشتم», beyond twelve «شمارهٔ ۱۳»."""
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    return to_persian_digits(f"شمارهٔ {place}")


def fate_cell(letter: BatchLetter) -> Cell:
    """Where a letter stands, as the last cell of its row."""
    if letter.fate is LetterFate.PRINTED:
        when = f" {isolate(time_of(letter.at))}" if letter.at is not None else ""
        return Cell(f"چاپ شد{when}", "ok", 500, icon="circle-check")
    if letter.fate is LetterFate.REFUSED:
        words = f"{_not_done(letter)}{letter.words.rstrip('.')}"
        return Cell(words, "refuse", 500, icon="alert-circle")
    words, colour, icon = _FATES[letter.fate]
    strong = letter.fate in (LetterFate.FAILED, LetterFate.DOUBTED, LetterFate.SPOOLING)
    return Cell(words, colour, 500 if strong else 400, icon=icon)


def stands_words(counts: Counts) -> str:
    """«هر ۱۲ نامه مهر شده‌اند؛ ۷ نامه چاپ شده و ۵ نامه مانده است.»: what is safe."""
    stamped = "هر" if counts.stamped == counts.all else ""
    words = f"{stamped} {counts.stamped} نامه مهر شده‌اند؛ ".lstrip()
    return to_persian_digits(
        f"{words}{counts.printed} نامه چاپ شده و {counts.left} نامه مانده است."
    )


def _not_done(letter: BatchLetter) -> str:
    """What a refused letter did not get; nothing is said of one that is on paper."""
    if letter.held.copies:
        return ""
    return f"{NO_PAPER}: " if letter.withheld else f"{NO_STAMP}: "


def refused_words(letters: Sequence[BatchLetter]) -> str:
    """«۱ نامه مهر نشد: حسین خبیری، نامه ابطال شد.», and what is not printed any more; empty for
    none."""
    refused = [letter for letter in letters if letter.fate is LetterFate.REFUSED]
    parts = (
        ([each for each in refused if not each.withheld], NO_STAMP),
        ([each for each in refused if each.withheld and not each.held.copies], NO_PAPER),
    )
    return " ".join(_named(some, words) for some, words in parts if some)


def _named(letters: Sequence[BatchLetter], words: str) -> str:
    told = (f"{each.case.request.party.name}، {each.words.rstrip('.')}" for each in letters)
    return to_persian_digits(f"{len(letters)} نامه {words}: {'؛ '.join(told)}.")


def unseen_words(letters: Sequence[BatchLetter]) -> str:
    """«۳ نامه را تا پایان ندیده‌اید: رضا خبیری، …»."""
    names = [letter.case.request.party.name for letter in letters]
    more = len(names) - _MOST_NAMES
    listed = "، ".join(names[:_MOST_NAMES]) + (f" و {more} نامهٔ دیگر" if more > 0 else "")
    return to_persian_digits(f"{len(names)} نامه را تا پایان ندیده‌اید: {listed}.")
