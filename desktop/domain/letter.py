"""A letter as a value: its words, its number, and the signed essence that its QR carries."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from enum import StrEnum

from desktop.domain.errors import Refusal

CODE, PLATE, ADDRESS = "کد نوسازی", "پلاک ثبتی", "نشانی"
"""Labels by which a letter's block of facts names its property."""
PERMIT_END = "پایان پروانه"
"""Label of the day until which a permit goes on to hold, in a letter that has no end of its own."""
TOTAL = "جمع (ریال)"
"""Column of a debt letter's table; its last row has the whole sum."""
TRAINING = "آموزشی – فاقد اعتبار"
"""What lies across every paper that is drawn for training."""
_IN_TRAINING = "، آموزشی"
ESSENCE_VERSION = "1"
ESSENCE_LIMIT = 128
_HASH_BYTES = 16
_STARS = re.compile(r"\*{2,}")


def unmarked(text: str) -> str:
    """What a person typed, which is never markup: a star stands as it is, several are one."""
    return _STARS.sub("*", text)


BOLD = re.compile(r"(?<!\*)\*\*(?![\s*])(.+?)(?<![\s*])\*\*(?!\*)", re.DOTALL)
"""A bold span in a letter's words; stars that are none are read as stars."""


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
    «پیوست» says. `sample` letters carry «نمونه» across the page. Letters from before there were
    `facts` have None, and are written without (`unsaid`).
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

    @property
    def unsaid(self) -> frozenset[str]:
        """The parts that are left out where the words are written down: a letter from before a
        part was known keeps its digest and its bytes.
        """
        return frozenset({"facts"} if self.facts is None else ())

    def digest(self) -> bytes:
        """The first 128 bits of SHA-256 over the canonical JSON of the words."""
        said = {part: value for part, value in asdict(self).items() if part not in self.unsaid}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()[:_HASH_BYTES]


@dataclass(frozen=True)
class Essence:
    """What a reader of the paper must be able to check without a line (DESIGN.md §5).

    Dates are Jalali `yyyymmdd`; `valid_until` is empty when there is no end; `owner_tail` is the
    last four digits of the owner's id; `digest` is `LetterText.digest`.
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

    def encode(self) -> bytes:
        """At most 128 ASCII bytes, the fields apart by `|`."""
        fields = (
            ESSENCE_VERSION,
            self.key_id,
            self.number,
            self.issued,
            self.office,
            self.service,
            self.outcome,
            self.renewal_code,
            self.valid_until,
            self.owner_tail,
            base64.urlsafe_b64encode(self.digest).rstrip(b"=").decode(),
        )
        encoded = "|".join(fields).encode("ascii")
        if len(encoded) > ESSENCE_LIMIT:
            raise ValueError(f"essence of {len(encoded)} bytes, more than {ESSENCE_LIMIT}")
        return encoded

    @classmethod
    def decode(cls, encoded: bytes) -> Essence:
        """The essence in the bytes. Raises Refusal when they are none of ours."""
        fields = encoded.decode("ascii", errors="replace").split("|")
        if len(fields) != 11 or fields[0] != ESSENCE_VERSION:
            raise Refusal("این رمزینه از نامه‌های این سامانه نیست یا نسخهٔ آن شناخته نیست.")
        texts, digest = fields[1:-1], fields[-1]
        names = [f.name for f in dataclass_fields(cls)][:-1]
        try:
            raw = base64.urlsafe_b64decode(digest + "==")
            return cls(**dict(zip(names, texts, strict=True)), digest=raw)
        except ValueError:
            raise Refusal("رمزینه آسیب دیده است.") from None


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
class Release:
    """Who released the letter, in which capacity, on which day, under which stamp."""

    by: str
    title: str
    on: date
    stamp: str
