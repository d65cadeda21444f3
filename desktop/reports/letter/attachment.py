"""The letter's value inside its own PDF: written as an attached file, read back with distrust."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from reportlab.pdfbase import pdfdoc

from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterText, Release
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain

# What a new letter is drawn in; a letter keeps the layout that it was drawn in. Whatever changes a
# byte of a drawn letter is a new layout.
LAYOUT = 2
LAYOUTS = (1, LAYOUT)
NAME = "letter.json"
LARGEST_FILE = 16_000_000
LARGEST_VALUE = 1_000_000
_MARKER = b"/Type /EmbeddedFile"
_LENGTH = re.compile(rb"/Length ([0-9]{1,8})\b")
_LONGEST_HEAD = 400
FOREIGN = "این پرونده همان نامه نیست."


@dataclass(frozen=True)
class Kept:
    """What a kept PDF was drawn from: words, essence and signature (hex), release, layout, copy.

    Nothing else of the letter is on the paper: number, day and validity are in the essence.
    """

    text: LetterText
    essence: str
    signature: str
    release: Release
    layout: int
    copy: int


class _Layout(BaseModel):
    """The one thing that is read before anything else is believed."""

    model_config = ConfigDict(extra="ignore")

    layout: int


def encode(kept: Kept) -> bytes:
    """The value as canonical JSON."""
    value = plain(kept)
    for part in kept.text.unsaid:
        del value["text"][part]
    return canon(value).encode()


def attacher(kept: Kept) -> Callable[[Any], None]:
    """What puts the value into a document as the attached file `letter.json`, uncompressed."""

    def attach(document: Any) -> None:
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(
                {"Type": pdfdoc.PDFName("EmbeddedFile"), "Subtype": pdfdoc.PDFName("text#2Fjson")}
            ),
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
        names = pdfdoc.PDFArray([pdfdoc.PDFString(NAME), document.Reference(spec, "letter-file")])
        document.Catalog.Names = pdfdoc.PDFDictionary(
            {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": names})}
        )

    return attach


def read(pdf: bytes) -> Kept:
    """The value in a PDF of ours; whether it is true is `verify`'s question.

    Raises Refusal for a file that is none of ours, is cut, or is of a layout unknown here.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) > LARGEST_FILE:
        raise Refusal(FOREIGN)
    marker = pdf.find(_MARKER)
    start, end = pdf.rfind(b"<<", 0, max(marker, 0)), pdf.find(b"stream\n", marker)
    if marker < 0 or start < 0 or not start < end <= start + _LONGEST_HEAD:
        raise Refusal(FOREIGN)
    length = _LENGTH.search(pdf, start, end)
    if length is None or int(length[1]) > LARGEST_VALUE:
        raise Refusal(FOREIGN)
    end += len(b"stream\n")
    value = pdf[end : end + int(length[1])]
    try:
        layout = _Layout.model_validate_json(value).layout
    except ValidationError:
        raise Refusal(FOREIGN) from None
    know_layout(layout)
    try:
        kept = adapter(Kept).validate_json(value)
    except ValidationError:
        raise Refusal(FOREIGN) from None
    assert isinstance(kept, Kept)
    return kept


def know_layout(layout: int) -> None:
    """Raises Refusal for a layout that this program can't draw."""
    if layout not in LAYOUTS:
        raise Refusal("نسخهٔ قالب را نمی‌شناسم.")
