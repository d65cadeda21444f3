"""Checking a letter's PDF with no line: what it carries of itself, and whether it is drawn so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.calendar import compact, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import Essence, Letter, LetterKind, LetterText, Proof, Release
from desktop.reports.letter import draw
from desktop.reports.letter.attachment import FOREIGN, Kept, Sealed, read, unsealed
from desktop.reports.letter.v1.qr import from_code as line_of
from desktop.reports.letter.v1.qr import to_code as to_line
from desktop.wire.essence import is_line
from desktop.wire.essence import read as read_essence
from desktop.wire.letter_code import LetterCode
from desktop.wire.letters import sealed
from desktop.wire.link import verifies
from desktop.wire.verdicts import (
    NO_CODE,
    Judged,
    Trust,
    Verdict,
    judge,
    judge_line,
    read_text,
)

_SIGNATURE = 64
_LONGEST_LINE = 4 * (128 + _SIGNATURE)
_OTHER_RELEASER = "نام یا روزی که در این پرونده به عنوان تأیید آمده است با امضای آن یکی نیست."
_OTHER_WORDS = "متن این نامه همان نیست که امضا شده است."


class FileState(StrEnum):
    """What became of a file since it was drawn: nothing, or another program wrote it anew with its
    signed words whole."""

    WHOLE = "whole"
    RESAVED = "resaved"


@dataclass(frozen=True)
class Checked:
    """What is said of a file: the verdict, its signed words, and what became of the file.

    Of a false one there are no words. `sha256` is what the fact of its release tells of it,
    `drawn` the letter as it is drawn from its signed words.
    """

    judged: Judged
    text: LetterText | None = None
    release: Release | None = None
    state: FileState = FileState.WHOLE
    sha256: str = ""
    drawn: bytes = b""


def verify_qr(text: str, trust: Trust, today: str) -> Judged:
    """The verdict on what a letter's QR says, on the day (`yyyymmdd`, Jalali)."""
    line = _line(text)
    if line is not None:
        return judge_line(*line, trust, today)
    try:
        return judge(read_text(text), trust, today)
    except Refusal as no:
        return Judged(Verdict.FALSE, no.words)


def verify_pdf(data: bytes, trust: Trust, today: str) -> Checked:
    """The verdict on a letter's PDF on the day (`yyyymmdd`, Jalali).

    The signatures must be over the essence, the essence over the words that the file carries, and
    the letter drawn from them again must be these very bytes; else another program wrote it anew.
    """
    try:
        kept = read(data)
    except Refusal as no:
        return _false(no.words)
    try:
        if isinstance(kept, Sealed):
            code = read_text(kept.code)
            judged = judge(code, trust, today)
            essence = read_essence(code.essence, code.key_id)
            letter, release = _sealed(kept, code, essence)
            copy = code.copy
        else:
            encoded, signature = _line_of(kept)
            judged = judge_line(encoded, kept.signature, trust, today)
            essence, release, copy = read_essence(encoded), kept.release, kept.copy
            letter = _letter(kept.text, essence, kept.essence, signature)
    except Refusal as no:
        return _false(no.words)
    if judged.verdict is Verdict.FALSE:
        return Checked(judged)
    if essence.digest != kept.text.digest() or _says_otherwise(kept, essence):
        return _false(_OTHER_WORDS)
    if isinstance(kept, Kept) and kept.text.head.training and judged.verdict is Verdict.UNKNOWN_KEY:
        judged = replace(judged, verdict=Verdict.SAMPLE)
    try:
        again = draw(letter, release, layout=kept.layout, copy=copy)
    except (Refusal, ValueError):
        # The words are the centre's; what can't be drawn is a release that no office wrote.
        return _false(FOREIGN)
    whole = again == data and (not isinstance(kept, Sealed) or _is_sealed(data, kept, judged))
    if not whole and isinstance(kept, Sealed) and _names_another(kept, judged):
        return _false(_OTHER_RELEASER)
    state = FileState.WHOLE if whole else FileState.RESAVED
    sha256 = hashlib.sha256(data).hexdigest()
    return Checked(judged, kept.text, release, state, sha256, again)


def _says_otherwise(kept: Kept | Sealed, essence: Essence) -> bool:
    """Whether paper and code differ in what the letter was made for."""
    return isinstance(kept, Sealed) and essence.made is not kept.text.made


def _false(why: str) -> Checked:
    return Checked(Judged(Verdict.FALSE, why))


def _line(text: str) -> tuple[bytes, str] | None:
    """Essence and signature of an earlier program's code; None for what is none."""
    try:
        data = line_of(text[:_LONGEST_LINE])
    except ValueError:
        return None
    # The last letter can say the same in several ways.
    plain = to_line(data) == "".join(text.split()).upper()
    essence = data[:-_SIGNATURE]
    return (essence, data[-_SIGNATURE:].hex()) if plain and is_line(essence) else None


def _line_of(kept: Kept) -> tuple[bytes, str]:
    try:
        encoded, signature = bytes.fromhex(kept.essence), bytes.fromhex(kept.signature)
    except ValueError:
        raise Refusal(FOREIGN) from None
    # The same bytes can be written with large letters, too; the program never does.
    if (encoded.hex(), signature.hex()) != (kept.essence, kept.signature) or not is_line(encoded):
        raise Refusal(NO_CODE)
    return encoded, kept.signature


def _sealed(kept: Sealed, code: LetterCode, essence: Essence) -> tuple[Letter, Release]:
    letter = _letter(kept.text, essence, code.essence.hex(), code.signature)
    printed = kept.release
    proof = Proof(code.releaser, parse_jalali(code.on), code.countersignature, kept.seal)
    return letter, Release(printed.by, printed.title, printed.on, printed.stamp, proof)


def _is_sealed(data: bytes, kept: Sealed, judged: Judged) -> bool:
    """Whether the releaser signed these bytes; of whose key nobody knows nothing can be said."""
    by, essence, code = judged.releaser, judged.essence, judged.code
    if by is None or essence is None or code is None or not kept.seal:
        return True
    if kept.seal != kept.seal.lower():
        # The same number can be written with large letters, too; the program never does.
        return False
    blank = hashlib.sha256(unsealed(data, kept.seal)).hexdigest()
    return verifies(by.public, kept.seal, sealed(essence.number, code.copy, blank))


def _names_another(kept: Sealed, judged: Judged) -> bool:
    """Whether it shows another releaser or day than its code is signed by: only the seal is over
    what the paper shows of these, and the file has been written anew."""
    by, code = judged.releaser, judged.code
    if by is None or code is None:
        return False
    return (kept.release.by, compact(kept.release.on)) != (by.name, code.on)


def _letter(text: LetterText, essence: Essence, encoded: str, signature: str) -> Letter:
    return Letter(
        letter_id="",
        case_id="",
        # Not on the paper: the outcome is told by the essence.
        kind=LetterKind.ANSWER,
        number=essence.number,
        issued_on=parse_jalali(essence.issued),
        valid_until=parse_jalali(essence.valid_until) if essence.valid_until else None,
        text=text,
        essence=encoded,
        signature=signature,
        key_id=essence.key_id,
    )
