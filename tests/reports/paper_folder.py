"""A folder of papers as they are brought to be checked, each with what must be said of it."""

from __future__ import annotations

import io
import subprocess
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from PIL import Image, ImageDraw
from zxingcpp import BarcodeFormat, BarcodeFormats, read_barcodes

from desktop.centre.signing import SigningKey
from desktop.domain.letter import Facts, Letter, LetterKind
from desktop.reports.letter import LAYOUT, attachment, draw_released
from desktop.reports.letter import draw as draw_letter
from desktop.reports.receipt import draw as draw_receipt
from desktop.wire.letters import Releaser, issued_line
from desktop.wire.verdicts import Verdict
from tests.reports.samples import (
    LONG_NAME,
    UNPROVEN,
    debts,
    fitting,
    letter,
    line_letter,
    receipt,
    words,
)
from tests.reports.scanning import HEAVY, LIGHT, printed, scanned
from tests.wire.letter_vectors import (
    BOSS,
    CENTRE,
    CLERK,
    KEYS,
    NOBODY,
    OLD,
    STOLEN,
    STRANGER,
    THIEF,
    TO_COME,
)

UNSEALED = "unsealed"
"""What the page says of a file that another program wrote and whose words are all signed."""


@dataclass(frozen=True)
class Paper:
    """A file that is brought; no verdict where there is no letter to be judged in it.

    `page` is what the page in a browser says, which draws no file, where that is something else.
    """

    name: str
    content: bytes
    verdict: Verdict | None
    page: str = ""

    @property
    def word(self) -> str:
        """The page's."""
        return self.page or (self.verdict.value if self.verdict else "none")


def pdf_of(
    text: Any = None,
    *,
    key: SigningKey = CENTRE,
    by: Releaser = BOSS,
    on: date = UNPROVEN.on,
    copy: int = 1,
    **changes: Any,
) -> bytes:
    """A letter of the vectors' city, released and drawn."""
    value = letter(text or words(table=debts(3)), key=_private(key), **changes)
    return draw_released(value, UNPROVEN, by, on=on, copy=copy)[1]


def named(name: str) -> dict[str, Any]:
    """A letter about somebody of that name: whole on the paper, in its code as much as has room."""
    text = words(addressee=name, facts=Facts((("مالک", name),), 1))
    return {"text": text, **fitting(owner=name)}


def _private(key: SigningKey) -> EllipticCurvePrivateKey:
    assert isinstance(key.private, EllipticCurvePrivateKey)
    return key.private


def papers(folder: Path) -> list[Paper]:
    """All of them; `folder` is to work in."""
    return [*_whole(), *_anew(folder), *_changed(folder), *_pictures(folder)]


def _whole() -> Iterator[Paper]:
    valid, false, unknown = Verdict.VALID, Verdict.FALSE, Verdict.UNKNOWN_KEY
    sample = Verdict.SAMPLE
    later = date(2026, 12, 1)
    rows: list[tuple[str, Verdict, dict[str, Any]]] = [
        ("plain", valid, {}),
        ("over pages", valid, {"text": words(table=debts(90)), "kind": LetterKind.DEBT}),
        ("without an end", valid, {"valid_until": ""}),
        ("a refusal", valid, {"kind": LetterKind.REFUSAL, "valid_until": ""}),
        ("a long name", valid, {"owner": "عبدالرحمان " * 3 + "یزدی"}),
        ("a name of 120 letters", valid, named(LONG_NAME)),
        ("second copy", valid, {"copy": 2}),
        ("by one who might that day", valid, {"by": CLERK}),
        ("by one who might no more", false, {"by": CLERK, "on": later}),
        ("by nobody known", unknown, {"by": NOBODY}),
        ("by a key lost since", unknown, {"by": THIEF}),
        ("after the key's end", false, {"key": OLD}),
        ("before the key's day", false, {"key": TO_COME}),
        ("under a key lost since", unknown, {"key": STOLEN}),
        ("of another city", unknown, {"key": STRANGER}),
        ("expired", Verdict.EXPIRED, {"valid_until": "14050909"}),
        ("void", Verdict.VOID, {"number": "1405/21/12"}),
        ("replaced", Verdict.REPLACED, {"number": "1405/21/400"}),
        ("recalled", Verdict.RECALLED, {"number": "1405/21/401"}),
        ("a sample", sample, {"text": words(sample=True)}),
        ("a lesson", sample, {"text": words(head=words().head.in_training())}),
        ("a sample of another city", sample, {"text": words(sample=True), "key": STRANGER}),
    ]
    for name, verdict, how in rows:
        yield Paper(f"{name}.pdf", pdf_of(**how), verdict)


Writer = Callable[[Path, Path], list[str]]
WRITERS: dict[str, Writer] = {
    "qpdf": lambda old, new: ["qpdf", str(old), str(new)],
    "mutool": lambda old, new: ["mutool", "clean", "-gz", str(old), str(new)],
    "gs": lambda old, new: [
        "gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", str(new), str(old),
    ],
    "print": lambda old, new: ["pdftocairo", "-pdf", str(old), str(new)],
}  # fmt: skip


def anew(pdf: bytes, by: str, folder: Path) -> bytes:
    """The file as that program writes it."""
    old, new = folder / "old.pdf", folder / "new.pdf"
    old.write_bytes(pdf)
    subprocess.run(WRITERS[by](old, new), check=True, capture_output=True)
    return new.read_bytes()


def _anew(folder: Path) -> Iterator[Paper]:
    """Written anew by another program, and nothing else."""
    plain = pdf_of()
    for by in WRITERS:
        # Printed to a file it carries nothing of the letter any more: it is a paper, with its code.
        page = "" if by == "print" else UNSEALED
        yield Paper(f"plain by {by}.pdf", anew(plain, by, folder), Verdict.VALID, page)
    void, stranger = pdf_of(number="1405/21/12"), pdf_of(key=STRANGER)
    yield Paper("void by qpdf.pdf", anew(void, "qpdf", folder), Verdict.VOID)
    yield Paper("void by print.pdf", anew(void, "print", folder), Verdict.VOID)
    yield Paper("stranger by gs.pdf", anew(stranger, "gs", folder), Verdict.UNKNOWN_KEY)
    pages = pdf_of(words(table=debts(60)))
    yield Paper("pages by mutool.pdf", anew(pages, "mutool", folder), Verdict.VALID, UNSEALED)
    sample = pdf_of(words(sample=True))
    yield Paper("sample by mutool.pdf", anew(sample, "mutool", folder), Verdict.SAMPLE)
    yield Paper("a line after the end.pdf", plain + b"\n", Verdict.VALID, UNSEALED)
    yield Paper("written on.pdf", updated(plain), Verdict.VALID, UNSEALED)


def swapped(pdf: bytes, other: bytes) -> bytes:
    """The pages of the one with the value of the other."""
    old, new = (attachment.encode(attachment.read(each)) for each in (pdf, other))
    return pdf.replace(old, new.ljust(len(old)) if len(new) < len(old) else new)


def with_note(pdf: bytes) -> bytes:
    """With words put over it, as a reader's pen does."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Square,
            Rect=[100, 400, 400, 700],
            IC=[1, 1, 1],
        )
        ground = b"1 1 1 rg 0 0 300 300 re f"
        form = pikepdf.Stream(file, ground, {"/Type": pikepdf.Name.XObject})
        form.Subtype, form.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 300, 300])
        note.AP = pikepdf.Dictionary(N=form)
        file.pages[0].Annots = pikepdf.Array([file.make_indirect(note)])
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def with_number(pdf: bytes) -> bytes:
    """With another number over a white place, as an editor of PDFs puts it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        name = page.add_resource(font, pikepdf.Name.Font)
        drawn = f"q 1 1 1 rg 300 500 90 20 re f 0 g BT {name} 12 Tf 305 505 Td (98765) Tj ET Q"
        page.contents_add(drawn.encode())
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def updated(pdf: bytes, drawn: bytes = b"") -> bytes:
    """With its first page written once more behind its end, as an editor adds to a file that it
    leaves as it is; `drawn` goes onto the page."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page, size = file.pages[0].obj, int(file.trailer.Size)
        root = file.trailer.Root.objgen[0]
        added = f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream"
        told = page.unparse(resolved=True)
        contents = page.Contents.objgen[0]
    old = f"/Contents {contents} 0 R".encode()
    assert told.count(old) == 1
    told = told.replace(old, f"/Contents [ {contents} 0 R {size} 0 R ]".encode())
    start = int(pdf.rpartition(b"startxref")[2].split()[0])
    out, table = pdf, b""
    for number, body in ((page.objgen[0], told), (size, added)):
        table += f"{number} 1\n{len(out):010} 00000 n \n".encode()
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    trailer = f"trailer\n<< /Size {size + 1} /Root {root} 0 R /Prev {start} >>\n"
    return out + b"xref\n" + table + f"{trailer}startxref\n{len(out)}\n%%EOF\n".encode()


def _blank(pages: int, wide: int, high: int) -> bytes:
    file = pikepdf.new()
    for _ in range(pages):
        file.add_blank_page(page_size=(wide, high))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_strokes(pdf: bytes) -> bytes:
    """The same, a white box over its sum and something drawn on it: every word of it is left."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        drawn = b"q 1 1 1 rg 90 420 300 60 re f 0 0 0 RG 3 w 100 430 m 180 470 l 260 430 l S Q"
        opened.pages[0].contents_add(drawn)
        opened.save(out)
    return out.getvalue()


def _changed(folder: Path) -> Iterator[Paper]:
    """Of which something is not what was signed."""
    plain = pdf_of()
    yield Paper("strokes over it.pdf", with_strokes(plain), Verdict.FALSE, UNSEALED)
    boxed = updated(plain, b"q 1 1 1 rg 90 420 300 60 re f Q")
    yield Paper("written on, a box over it.pdf", boxed, Verdict.FALSE, UNSEALED)
    text = words(table=debts(3))
    changed = tuple(part.replace("۱۸۶", "۱۸۷") for part in text.paragraphs)
    assert changed != text.paragraphs
    face = swapped(pdf_of(replace(text, paragraphs=changed)), plain)
    other = pdf_of(number="1405/21/1848")
    files = {
        "another digit on its face": face,
        "another digit by qpdf": anew(face, "qpdf", folder),
        "another digit by gs": anew(face, "gs", folder),
        "the value of another": swapped(plain, other),
        "the value of another by mutool": anew(swapped(plain, other), "mutool", folder),
        "two in one": plain + other,
        "cut in half": plain[: len(plain) // 2],
        "without its end": plain[:-2000],
        "nothing": b"%PDF-1.4",
        "a word of its value": plain.replace("گواهی عدم خلاف".encode(), "گواهی عدم خلاق".encode()),
        "a sum of its value": plain.replace("۱٬۲۵۰٬۰۰۰".encode(), "۱٬۲۵۹٬۰۰۰".encode()),
        "a note over it": with_note(plain),
        "a number over it": with_number(plain),
        "a value cut off": packed_value(plain, lambda held: held[:-40]),
        "a value gone bad": packed_value(plain, lambda held: held[:400] + b"\xff" * 60),
        "far behind its end": plain + b" " * 2_000,
        "a draft": draw_letter(letter(key=_private(CENTRE)), None, layout=LAYOUT, copy=1),
        "a receipt": draw_receipt(receipt()),
        "a book": _blank(5_000, 595, 842),
        "a plan": _blank(1, 2_384, 3_370),
    }
    for name, content in files.items():
        assert content != plain, name
        yield Paper(f"{name}.pdf", content, Verdict.FALSE)
    word, other_word = "گواهی عدم خلاف".encode(), "گواهی عدم خلاق".encode()
    unknown, unproven = Verdict.UNKNOWN_KEY, Verdict.UNPROVEN
    stranger = pdf_of(key=STRANGER)
    sample = pdf_of(words(sample=True), key=STRANGER)
    early = draw_letter(line_letter(), UNPROVEN, layout=1, copy=1)
    own = draw_letter(_early(), UNPROVEN, layout=1, copy=1)
    for name, content, verdict in (
        ("of an earlier program", early, unknown),
        ("of the city's earlier program", own, unproven),
        ("of the city's earlier program by qpdf", anew(own, "qpdf", folder), unproven),
        ("of the city's earlier program by gs", anew(own, "gs", folder), unproven),
        ("of the city's earlier program by mutool", anew(own, "mutool", folder), unproven),
        ("a stranger's by qpdf", anew(stranger, "qpdf", folder), unknown),
        ("a strange sample by qpdf", anew(sample, "qpdf", folder), Verdict.SAMPLE),
        # It was issued before, and is released today.
        ("of the city's earlier program, drawn today", _drawn_today(), unproven),
    ):
        yield Paper(f"{name}.pdf", content, verdict)
    # Whoever signed it: what it shows, or says, is not what was signed.
    for name, content in (
        ("an earlier program's", own),
        ("a stranger's earlier program's", early),
        ("a stranger's", stranger),
        ("a strange sample", sample),
    ):
        yield Paper(f"a note over {name}.pdf", with_note(content), Verdict.FALSE)
        yield Paper(f"a number over {name}.pdf", with_number(content), Verdict.FALSE)
    for name, content in (
        ("a word of an earlier program's", own),
        ("a word of a stranger's earlier program's", early),
        ("a word of a stranger's", stranger),
        ("a word of a strange sample", sample),
    ):
        changed_words = content.replace(word, other_word)
        assert changed_words != content, name
        yield Paper(f"{name}.pdf", changed_words, Verdict.FALSE)


def _drawn_today() -> bytes:
    return draw_released(_early(), UNPROVEN, BOSS, on=UNPROVEN.on, copy=1)[1]


def packed_value(pdf: bytes, spoil: Callable[[bytes], bytes]) -> bytes:
    """The value deflated, as other programs write it, and then spoilt."""
    value = attachment.encode(attachment.read(pdf))
    held = spoil(zlib.compress(value))
    assert len(held) <= len(value)
    return pdf.replace(value, held.ljust(len(value), b"\0"))


def _early() -> Letter:
    """A letter that the city issued before its releases were signed."""
    told = line_letter(key_id=CENTRE.key_id)
    said = issued_line(KEYS.centre, bytes.fromhex(told.essence))
    return replace(told, signature=CENTRE.sign(said))


def _pictures(folder: Path) -> Iterator[Paper]:
    plain, valid = printed(pdf_of(), folder, 150), Verdict.VALID
    for name, wear in (("light", LIGHT), ("heavy", HEAVY)):
        for seed in range(2):
            worn = scanned(printed(pdf_of(), folder, wear.dpi), wear, seed)
            yield Paper(f"scan {name} {seed}.jpg", packed(worn, "JPEG"), valid)
    others: list[tuple[str, Verdict, dict[str, Any]]] = [
        ("expired", Verdict.EXPIRED, {"valid_until": "14050909"}),
        ("void", Verdict.VOID, {"number": "1405/21/12"}),
        ("a sample", Verdict.SAMPLE, {"text": words(sample=True)}),
        ("of another city", Verdict.UNKNOWN_KEY, {"key": STRANGER}),
    ]
    for name, verdict, how in others:
        picture = printed(pdf_of(**how), folder, 150)
        yield Paper(f"{name}.png", packed(picture, "PNG"), verdict)
    wide, high = plain.size
    small = plain.resize((wide * 7 // 10, high * 7 // 10))
    dotted, blotted = plain.copy(), plain.copy()
    left, top, side = code_at(plain)
    # A module or two blackened are made good; a third of it is not.
    ImageDraw.Draw(dotted).rectangle(
        (left + side // 2, top + side // 2, left + side * 11 // 20, top + side * 11 // 20), fill=0
    )
    ImageDraw.Draw(blotted).rectangle(
        (left, top + side // 3, left + side, top + side * 2 // 3), fill=0
    )
    beside = Image.new("L", (2 * wide, high), 255)
    beside.paste(plain, (0, 0))
    beside.paste(printed(pdf_of(number="1405/21/77"), folder, 150), (wide, 0))
    asked: list[tuple[str, Image.Image, Verdict | None]] = [
        ("small.png", small, valid),
        ("askew.png", plain.rotate(7, fillcolor=255), valid),
        ("on its head.png", plain.rotate(180), valid),
        ("a blackened module.png", dotted, valid),
        ("a blot over the code.png", blotted, None),
        ("the code cut off.png", plain.crop((0, 0, wide, high // 2)), None),
        ("two at once.png", beside, None),
        ("blank.png", Image.new("L", (600, 800), 255), None),
    ]
    for name, picture, what in asked:
        yield Paper(name, packed(picture, "PNG"), what)
    yield Paper("words.png", "نامه".encode(), None)


def code_at(paper: Image.Image) -> tuple[int, int, int]:
    """Where the code stands on the paper: left, top and side, pixels."""
    (found,) = read_barcodes(paper, formats=BarcodeFormats([BarcodeFormat.QRCode]))
    corners = found.position
    left, top = corners.top_left.x, corners.top_left.y
    return left, top, corners.bottom_right.x - left


def packed(picture: Image.Image, kind: str) -> bytes:
    """The picture as a file of that kind."""
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()
