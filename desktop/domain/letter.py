"""A letter as a value: its words, its number, and the signed essence that its QR carries."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.calendar import compact
from desktop.domain.identifiers import Plate
from desktop.domain.persian import ZWNJ

CODE, PLATE, ADDRESS = "کد نوسازی", "پلاک ثبتی", "نشانی"
"""Labels by which a letter's block of facts names its property."""
PERMIT_END = "پایان پروانه"
"""Label of the day until which a permit goes on to hold, in a letter that has no end of its own."""
TOTAL = "جمع (ریال)"
"""Column of a debt letter's table; its last row has the whole sum."""
TRAINING = "آموزشی – فاقد اعتبار"
"""What lies across every paper that is drawn for training."""
_IN_TRAINING = "، آموزشی"
_HASH_BYTES = 16
_STARS = re.compile(r"\*{2,}")
_END_STAR = re.compile(r"\A(?=\*)|(?<=\*)\Z")


def unmarked(text: str) -> str:
    """What a person typed, which is never markup: a star stands as it is, several are one.

    One at an end has a half-space beyond it, so that it is none of a bold place's own.
    """
    return _END_STAR.sub(ZWNJ, _STARS.sub("*", text))


BOLD = re.compile(r"(?<!\*)\*\*(?![\s*])(.+?)(?<![\s*])\*\*(?!\*)", re.DOTALL)
"""A bold span in a letter's words; stars that are none are read as stars."""


class Made(StrEnum):
    """What a letter was made for: to be relied on, to be shown, or to practise with."""

    EARNEST = "earnest"
    SAMPLE = "sample"
    TRAINING = "training"


class LetterKind(StrEnum):
    """What a letter says: a positive answer, a negative one, or what is owed."""

    ANSWER = "answer"
    REFUSAL = "refuse"
    DEBT = "debt"

    @property
    def word(self) -> str:
        """What it is called on screen and where versions of a service are compared."""
        return _KINDS[self]


def asked_otherwise(label: str) -> str:
    """The label of what the request wrote there, where the records hold another."""
    return f"{label} در درخواست"


_KINDS = {
    LetterKind.ANSWER: "نامهٔ پاسخ مثبت",
    LetterKind.REFUSAL: "نامهٔ پاسخ منفی",
    LetterKind.DEBT: "نامهٔ بدهی",
}


@dataclass(frozen=True)
class Table:
    """Rows under headings, right to left; every cell is text, `numeric` columns align by digit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What a letter is about, as a block of (label, value) behind so many of its paragraphs."""

    rows: tuple[tuple[str, str], ...]
    after: int

    def value(self, label: str) -> str:
        """What stands behind the label; empty where nothing does."""
        return dict(self.rows).get(label, "")


@dataclass(frozen=True)
class LetterHead:
    """Who writes: the municipality and the office that answers for it."""

    organisation: str
    office: str
    address: str
    phone: str
    postal_code: str

    @property
    def training(self) -> bool:
        """Whether what it stands over is for training alone: signed with the words, it is said by
        the paper itself, whoever draws or reads it.
        """
        return self.organisation.endswith(_IN_TRAINING)

    def in_training(self) -> LetterHead:
        """The same for training."""
        named = self.organisation.removesuffix(_IN_TRAINING)
        return replace(self, organisation=f"{named}{_IN_TRAINING}")


@dataclass(frozen=True)
class LetterText:
    """Every word of a letter, in logical order, digits as read; `**…**` in a paragraph is bold.

    `authority` names the act by which the office answers for the municipality. `attachment` is what
    «پیوست» says. `sample` letters carry «نمونه» across the page. `check_at` names where it is
    checked. Letters from before there were `facts` or `check_at` have none, and are written without
    (`unsaid`).
    """

    head: LetterHead
    addressee: str
    subject: str
    paragraphs: tuple[str, ...]
    table: Table | None
    closing: tuple[str, ...]
    copies: tuple[str, ...]
    authority: str
    attachment: str
    sample: bool
    facts: Facts | None = None
    check_at: str = ""

    @property
    def made(self) -> Made:
        """What it was made for."""
        if self.head.training:
            return Made.TRAINING
        return Made.SAMPLE if self.sample else Made.EARNEST

    @property
    def unsaid(self) -> frozenset[str]:
        """The parts that are left out where the words are written down: a letter from before a
        part was known keeps its digest and its bytes.
        """
        return frozenset(part for part in ("facts", "check_at") if not getattr(self, part))

    def digest(self) -> bytes:
        """The first 128 bits of SHA-256 over the canonical JSON of the words."""
        said = {part: value for part, value in asdict(self).items() if part not in self.unsaid}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()[:_HASH_BYTES]


@dataclass(frozen=True)
class Essence:
    """What a reader of the paper must be able to check without a line (DESIGN.md §5).

    Dates are Jalali `yyyymmdd`; `valid_until` is empty when there is no end; `owner_tail` is the
    last four digits of the owner's id; `digest` is `LetterText.digest`. `area` is square metres,
    `share` dang of six, `amount` what is owed (Rial). `owner` and `purpose` end in «…» where they
    were cut. A letter of `SAMPLE` or `TRAINING` is none, whoever signed it. How it is written is
    `wire.essence`'s; one of an earlier program has nothing behind the digest.
    """

    key_id: str
    number: str
    issued: str
    office: str
    service: str
    outcome: str
    renewal_code: str
    valid_until: str
    owner_tail: str
    digest: bytes
    plate: Plate | None = None
    area: Decimal | None = None
    owner: str = ""
    share: Decimal | None = None
    amount: int | None = None
    purpose: str = ""
    made: Made = Made.EARNEST

    @classmethod
    def of_text(cls, text: LetterText, day: date, outcome: str) -> Essence:
        """Of a paper of that day that certifies nothing of a property."""
        return cls(
            key_id="",
            number="",
            issued=compact(day),
            office="",
            service="",
            outcome=outcome,
            renewal_code="",
            valid_until="",
            owner_tail="",
            digest=text.digest(),
            made=text.made,
        )


@dataclass(frozen=True)
class Letter:
    """A letter as the centre issues it. `essence` and `signature` are hex; dates are days.

    `number` is `1405/21/1847`: Jalali year, office, serial of the year. `replaces` is the number
    of the voided letter that this one stands in for.
    """

    letter_id: str
    case_id: str
    kind: LetterKind
    number: str
    issued_on: date
    valid_until: date | None
    text: LetterText
    essence: str
    signature: str
    key_id: str
    replaces: str = ""


@dataclass(frozen=True)
class Proof:
    """What shows who made a drawn copy, and when: signatures by the key of that id. `signature` is
    over what the centre issued, the day and the number of the copy; `seal` over the bytes of the
    drawn file (both hex; no seal where no person drew it).
    """

    key_id: str
    on: date
    signature: str
    seal: str


@dataclass(frozen=True)
class Release:
    """Who released the letter, in which capacity, on which day, under which stamp.

    What an earlier program released has no proof on its paper.
    """

    by: str
    title: str
    on: date
    stamp: str
    proof: Proof | None = None
