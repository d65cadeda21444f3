"""The words of a letter that asks another body, and of one that reminds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_jalali, format_long
from desktop.domain.letter import ADDRESS, CODE, PLATE, Facts, LetterHead, LetterText
from desktop.domain.persian import isolate, to_persian_digits

OUTCOME = "consultation"
"""What the essence says that the paper is."""
_COPIES = ("پروندهٔ درخواست",)


@dataclass(frozen=True)
class Asking:
    """What such a letter tells: to whom, about which request and property, until when.

    `plate` and `address` are empty where nobody knows them. `first` and `first_on` are number and
    day of the letter that this one reminds of; empty and None for the first one.
    """

    head: LetterHead
    addressee: str
    question: str
    reply_by: date
    tracking: str
    service: str
    code: str
    plate: str
    address: str
    sample: bool
    first: str = ""
    first_on: date | None = None

    @property
    def text(self) -> LetterText:
        """All words of the letter."""
        kind = "یادآوری استعلام" if self.first else "استعلام"
        return LetterText(
            head=self.head,
            addressee=to_persian_digits(self.addressee),
            subject=f"{kind} دربارهٔ درخواست {self.service}",
            paragraphs=tuple(map(to_persian_digits, self._paragraphs())),
            table=None,
            closing=(),
            copies=_COPIES,
            authority="",
            attachment="ندارد",
            sample=self.sample,
            facts=Facts(tuple(self._facts()), after=2),
        )

    def _paragraphs(self) -> Iterator[str]:
        yield "با سلام و احترام؛"
        if self.first_on is not None:
            number, day = isolate(self.first), isolate(format_jalali(self.first_on))
            yield f"پیرو نامهٔ شمارهٔ {number} مورخ {day} که تاکنون پاسخی به آن نرسیده است:"
        else:
            yield "خواهشمند است نظر آن مرجع را دربارهٔ درخواست و ملک زیر اعلام فرمایید:"
        yield self.question
        yield (
            f"خواهشمند است پاسخ، با ذکر شمارهٔ این نامه، **تا {format_long(self.reply_by)}** به این "
            "اداره فرستاده شود. پرونده تا رسیدن آن متوقف است."
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "شمارهٔ درخواست", isolate(to_persian_digits(self.tracking))
        yield "خدمت", self.service
        if self.code:
            yield CODE, isolate(to_persian_digits(self.code))
        if self.plate:
            yield PLATE, to_persian_digits(self.plate)
        if self.address:
            yield ADDRESS, to_persian_digits(self.address)
