"""Checking a letter with no line: its PDF or the text of its QR against the centre's keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.calendar import parse_jalali
from desktop.domain.consultation_letter import OUTCOME as CONSULTATION
from desktop.domain.errors import Refusal
from desktop.domain.letter import ESSENCE_LIMIT, Essence, Letter, LetterKind
from desktop.domain.minutes import OUTCOME
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.signer import Signed
from desktop.reports.letter import draw
from desktop.reports.letter.attachment import FOREIGN, Kept, read
from desktop.reports.letter.v1.qr import from_code
from desktop.wire.letters import is_issued

TRAINING_LETTER = "نامهٔ آموزشی است؛ فاقد اعتبار."
_SIGNATURE = 64
_OUTCOMES: dict[str, str] = {
    # Not every answer is good news: what it says stands in the letter.
    LetterKind.ANSWER: "پاسخ درخواست",
    LetterKind.REFUSAL: "پاسخ منفی",
    LetterKind.DEBT: "اعلام بدهی",
    OUTCOME: Signed.CONVERSION.word,
    CONSULTATION: Signed.CONSULTATION.word,
}


@dataclass(frozen=True)
class KnownKey:
    """A key of a centre: its public half, whose it is, and whether it only makes samples.

    `centre` is the id of the centre, empty where an earlier program's key signed bare essences.
    What a key for `training` signed is worth nothing.
    """

    public: bytes
    name: str
    demo: bool
    centre: str = ""
    training: bool = False


@dataclass(frozen=True)
class Verdict:
    """A true letter: what is signed, by which key, and for a file what it was drawn from.

    That it was issued is proved; that it was not voided since needs the line or the list of voids.
    The release (who stamped it) is the office's word, which the centre's signature does not cover:
    `sha256` is what its fact `released` can be compared with.
    """

    essence: Essence
    key: KnownKey
    kept: Kept | None
    sha256: str

    @property
    def real(self) -> bool:
        """Whether it is a letter in earnest: never with a demo key, never under «نمونه»."""
        sample = self.kept is not None and self.kept.text.sample
        return not (self.key.demo or sample or self.training)

    @property
    def training(self) -> bool:
        """Whether it was made to practise with: by its key, or by what it says itself."""
        return self.key.training or (self.kept is not None and self.kept.text.head.training)

    @property
    def words(self) -> str:
        """The verdict in one line."""
        if self.training:
            return TRAINING_LETTER
        if not self.real:
            return "نمونه است؛ امضا درست است، ولی نامهٔ واقعی نیست."
        return "صادر شده است؛ امضای مرکز درست است."

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """(label, value) of all that is signed, to be compared with the paper by eye."""
        essence = self.essence
        until = _day(essence.valid_until) if essence.valid_until else "بدون پایان"
        rows = [
            ("شماره", isolate(to_persian_digits(essence.number))),
            ("تاریخ", _day(essence.issued)),
            ("دفتر", to_persian_digits(essence.office)),
            ("خدمت", essence.service),
            ("نتیجه", _OUTCOMES.get(essence.outcome, essence.outcome)),
            ("ملک", isolate(to_persian_digits(essence.renewal_code))),
            ("اعتبار تا", until),
            ("چهار رقم پایانی شناسهٔ مالک", to_persian_digits(essence.owner_tail)),
            ("صادرکننده", self.key.name),
        ]
        return tuple((label, value) for label, value in rows if value)


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Refusal(FOREIGN) from None


def _day(compact: str) -> str:
    return to_persian_digits(f"{compact[:4]}/{compact[4:6]}/{compact[6:]}")


def verify_pdf(data: bytes, keys: Mapping[str, KnownKey]) -> Verdict:
    """The verdict on a kept PDF; `keys` by key id.

    The signature must be over the essence, the essence over the attached words, and the letter
    drawn from them again must be these very bytes. Raises Refusal with what is wrong.
    """
    kept = read(data)
    if kept.text.head.training and Essence.decode(_hex(kept.essence)).key_id not in keys:
        # Whoever made it, and whatever its key: it says itself that it is worth nothing.
        raise Refusal(TRAINING_LETTER)
    encoded, signature = _hex(kept.essence), _hex(kept.signature)
    # The same bytes can be written with large letters, too; the program never does.
    if (encoded.hex(), signature.hex()) != (kept.essence, kept.signature):
        raise Refusal(FOREIGN)
    essence, key = _checked(encoded, signature, keys)
    if essence.digest != kept.text.digest():
        raise Refusal("متن این نامه همان نیست که امضا شده است.")
    letter = Letter(
        letter_id="",
        case_id="",
        # Not on the paper: the outcome is told by the essence.
        kind=LetterKind.ANSWER,
        number=essence.number,
        issued_on=parse_jalali(essence.issued),
        valid_until=parse_jalali(essence.valid_until) if essence.valid_until else None,
        text=kept.text,
        essence=kept.essence,
        signature=kept.signature,
        key_id=essence.key_id,
    )
    try:
        again = draw(letter, kept.release, layout=kept.layout, copy=kept.copy)
    except (Refusal, ValueError):
        # The words are the centre's; what can't be drawn is a release that no office wrote.
        raise Refusal(FOREIGN) from None
    if again != data:
        raise Refusal(FOREIGN)
    return Verdict(essence, key, kept, hashlib.sha256(data).hexdigest())


def verify_qr(text: str, keys: Mapping[str, KnownKey]) -> Verdict:
    """The verdict on the text of a letter's QR. Raises Refusal with what is wrong."""
    try:
        data = from_code(text[: 4 * (ESSENCE_LIMIT + _SIGNATURE)])
    except ValueError:
        raise Refusal("این نوشته رمزینهٔ یک نامه نیست.") from None
    if not _SIGNATURE < len(data) <= ESSENCE_LIMIT + _SIGNATURE:
        raise Refusal("این نوشته رمزینهٔ یک نامه نیست.")
    essence, key = _checked(data[:-_SIGNATURE], data[-_SIGNATURE:], keys)
    return Verdict(essence, key, None, "")


def _checked(
    encoded: bytes, signature: bytes, keys: Mapping[str, KnownKey]
) -> tuple[Essence, KnownKey]:
    essence = Essence.decode(encoded)
    key = keys.get(essence.key_id)
    if key is None:
        raise Refusal("کلید این نامه شناخته نیست؛ فهرست کلیدها را تازه کنید.")
    if not is_issued(key.public.hex(), key.centre, signature.hex(), encoded):
        raise Refusal("امضای این نامه درست نیست.")
    if essence.encode() != encoded:
        raise Refusal("این رمزینه به شکل نامه‌های این سامانه نوشته نشده است.")
    return essence, key
