"""The letter's value inside its own PDF: written as an attached file, read back with distrust."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from reportlab.pdfbase import pdfdoc

from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterText, Release
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain
from desktop.wire.letters import NO_SEAL

# What a new letter is drawn in; a letter keeps the layout that it was drawn in. Whatever changes a
# byte of a drawn letter is a new layout.
LAYOUT = 2
LAYOUTS = (1, LAYOUT)
NAME = "letter.json"
LARGEST_FILE = 16_000_000
LARGEST_VALUE = 1_000_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_MOST_STREAMS, _MOST_VALUES = 2_000, 20
_END, _END_WITHIN = b"%%EOF", 1_024
# Keys are sorted: an earlier program's value begins with the copy, since then with the code.
_BEGIN = (b'{"code":', b'{"copy":')
_DEFLATED = 8
_SEALED, _BEFORE_SEAL = b'"seal":', b'"seal":"'
_SEAL = _BEFORE_SEAL + NO_SEAL.encode()
FOREIGN = "این پرونده همان نامه نیست."


@dataclass(frozen=True)
class Kept:
    """What a PDF of an earlier program was drawn from: words, essence and signature (hex), release,
    layout, copy.

    Nothing else of the letter is on the paper: number, day and validity are in the essence.
    """

    text: LetterText
    essence: str
    signature: str
    release: Release
    layout: int
    copy: int


@dataclass(frozen=True)
class Printed:
    """Whose name, capacity, day and stamp stand on the paper, as the releaser's desk drew them."""

    by: str
    title: str
    on: date
    stamp: str


@dataclass(frozen=True)
class Sealed:
    """What a PDF carries of itself (SPEC.md §4): its words, the text of its QR, whose name stands
    on it, and the releaser's signature over its bytes (hex; empty where no person released it).
    """

    text: LetterText
    code: str
    release: Printed
    layout: int
    seal: str


class _Layout(BaseModel):
    """The one thing that is read before anything else is believed."""

    model_config = ConfigDict(extra="ignore")

    layout: int


def encode(kept: Kept | Sealed) -> bytes:
    """The value as canonical JSON."""
    value = plain(kept)
    for part in kept.text.unsaid:
        del value["text"][part]
    value["release"].pop("proof", None)
    return canon(value).encode()


def seal(pdf: bytes, signature: str) -> bytes:
    """The drawn file with the signature in the place that was left for it."""
    place = pdf.find(_SEAL)
    if place < 0:
        raise ValueError("a file without a place for a seal")
    place += len(_BEFORE_SEAL)
    return pdf[:place] + signature.encode() + pdf[place + len(NO_SEAL) :]


def unsealed(pdf: bytes, signature: str) -> bytes:
    """The file as it was before `seal`: what the signature is over is its sha256."""
    return pdf.replace(_BEFORE_SEAL + signature.encode(), _SEAL, 1)


def attacher(kept: Kept | Sealed) -> Callable[[Any], None]:
    """What puts the value into a document as the attached file `letter.json`, uncompressed."""

    # An earlier program escaped the slash twice, and keeps its bytes.
    kind = "/application#2Fjson" if isinstance(kept, Sealed) else pdfdoc.PDFName("text#2Fjson")

    def attach(document: Any) -> None:
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("EmbeddedFile"), "Subtype": kind}),
            encode(kept),
        )
        stream.filters = []
        embedded = document.Reference(stream, "letter-value")
        spec = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(NAME),
                "UF": pdfdoc.PDFString(NAME),
                "EF": pdfdoc.PDFDictionary({"F": embedded}),
                "AFRelationship": pdfdoc.PDFName("Source"),
            }
        )
        file = document.Reference(spec, "letter-file")
        if isinstance(kept, Sealed):
            document.Catalog.AF = pdfdoc.PDFArray([file])
        names = pdfdoc.PDFArray([pdfdoc.PDFString(NAME), file])
        document.Catalog.Names = pdfdoc.PDFDictionary(
            {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": names})}
        )

    return attach


def read(pdf: bytes) -> Kept | Sealed:
    """The value in a PDF of ours, also where another program wrote that anew; whether it is true is
    `verify`'s question.

    Raises Refusal for a file that is none of ours, is cut, carries two values, or one of a layout
    unknown here.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) > LARGEST_FILE or _END not in pdf[-_END_WITHIN:]:
        raise Refusal(FOREIGN)
    value = _only_value(pdf)
    try:
        layout = _Layout.model_validate_json(value).layout
    except ValidationError:
        raise Refusal(FOREIGN) from None
    know_layout(layout)
    try:
        kept: Kept | Sealed = adapter(Sealed if _SEALED in value else Kept).validate_json(value)
    except ValidationError:
        raise Refusal(FOREIGN) from None
    if encode(kept) != value:
        raise Refusal(FOREIGN)
    return kept


def _only_value(pdf: bytes) -> bytes:
    """The one value in the file, however often it stands there. Raises Refusal."""
    found = set[bytes]()
    for number, value in enumerate(_values(pdf)):
        found.add(value)
        if len(found) > 1 or number == _MOST_VALUES:
            break
    else:
        if found:
            return found.pop()
    raise Refusal(FOREIGN)


def carries(pdf: bytes) -> bool:
    """Whether the file carries a value of ours, or what looks like one."""
    return len(pdf) <= LARGEST_FILE and next(_values(pdf), None) is not None


def _values(pdf: bytes) -> Iterator[bytes]:
    """What looks like a value of ours in the first streams of a file, deflated or not."""
    end = 0
    for begin in islice(_STREAM.finditer(pdf), _MOST_STREAMS):
        # Looked for once, however many begin before it.
        if end < begin.end():
            end = pdf.find(b"endstream", begin.end())
        if end < 0:
            return
        if end - begin.end() >= LARGEST_VALUE:
            continue
        held = pdf[begin.end() : end]
        if held.startswith(_BEGIN):
            yield held.rstrip(b"\r\n")
        # Most streams are something else: no more of them is unpacked than tells.
        begun = _unpacked(held, len(_BEGIN[0]))
        if begun.startswith(_BEGIN):
            # One that can't be unpacked to its end is no value, and is there all the same.
            yield _unpacked(held, LARGEST_VALUE) or begun


def _unpacked(held: bytes, most: int) -> bytes:
    """So much of a deflated stream; empty for what is none. The sum at its end is not looked at."""
    if len(held) < 2 or held[0] & 15 != _DEFLATED or int.from_bytes(held[:2]) % 31:
        return b""
    with suppress(zlib.error):
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(held[2:], most)
    return b""


def know_layout(layout: int) -> None:
    """Raises Refusal for a layout that this program can't draw."""
    if layout not in LAYOUTS:
        raise Refusal("نسخهٔ قالب را نمی‌شناسم.")
