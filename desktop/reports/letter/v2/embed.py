"""The fonts of one PDF: a code for each glyph that is drawn, and the files that hold them."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop.reports.letter.v2.outlines import Face, Outline, Weight, face
from desktop.reports.letter.v2.shape import Cell, Glyph

# A section of a map holds at most a hundred rows (Adobe technical note 5014, §1.4.1).
_ROWS = 100


class Embedded:
    """A weight in one PDF: a code of two bytes for each glyph, its outline and its reading."""

    def __init__(self, weight: Weight, name: str) -> None:
        self._face: Face = face(weight)
        self._name = name
        self._codes: dict[Glyph, str] = {}
        self._outlines: dict[Outline, int] = {}

    def _code(self, glyph: Glyph) -> str:
        """The code of a glyph, in hex."""
        code = self._codes.get(glyph)
        if code is None:
            self._outlines.setdefault(glyph.outline, len(self._outlines) + 1)
            code = self._codes[glyph] = f"{len(self._codes) + 1:04X}"
        return code

    def _thousandths(self, units: float) -> float:
        """Units of the font file in thousandths of the size."""
        thousandths = round(units * 1000 / self._face.units, 2)
        return int(thousandths) if thousandths.is_integer() else thousandths

    def show(self, cells: Iterable[Cell], size: float, stretch: float) -> str:
        """The operators that draw the cells at the pen; each space is wider by `stretch` points."""
        row, run = list[str](), list[str]()
        wider = -stretch * 1000 / size
        for cell in cells:
            glyph = cell.glyph
            run.append(self._code(glyph))
            moved = 0.0
            if glyph.outline.width != cell.advance:
                moved = self._thousandths(glyph.outline.width - cell.advance)
            if glyph.reads == " ":
                moved += wider
            if moved:
                row.append(f"<{''.join(run)}>{moved:.2f}")
                run.clear()
        if run:
            row.append(f"<{''.join(run)}>")
        return f"/{self._name} {size:g} Tf [{''.join(row)}] TJ"

    def add(self, document: Any) -> None:
        """All objects of the weight in the document."""
        base = f"YAZDAA+{self._face.weight.value}"
        glyphs = list(self._codes)
        numbers = [self._outlines[glyph.outline] for glyph in glyphs]
        widths = [self._thousandths(glyph.outline.width) for glyph in glyphs]
        to_glyphs = _stream(struct.pack(f">{len(numbers) + 1}H", 0, *numbers))
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, base),
                "CIDToGIDMap": document.Reference(to_glyphs, f"{self._name}-glyphs"),
                "DW": 0,
                "W": _Written(f"[ 1 [ {' '.join(map(str, widths))} ] ]"),
            }
        )
        reading = _stream(_to_unicode(base, glyphs).encode("ascii"))
        document.idToObject[pdfdoc.BasicFonts].dict[self._name] = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray(
                    [document.Reference(descendant, f"{self._name}-descendant")]
                ),
                "ToUnicode": document.Reference(reading, f"{self._name}-reading"),
            }
        )

    def _descriptor(self, document: Any, base: str) -> Any:
        file = _stream(self._face.subset(list(self._outlines)))
        file.dictionary["Length1"] = len(file.content)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                # Symbolic: the codes are the file's own.
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([self._thousandths(side) for side in self._face.box]),
                "ItalicAngle": 0,
                "Ascent": self._thousandths(self._face.ascent),
                "Descent": self._thousandths(self._face.descent),
                "CapHeight": self._thousandths(self._face.capitals),
                "StemV": 80,
                "FontFile2": document.Reference(file, f"{self._name}-file"),
            }
        )
        return document.Reference(descriptor, f"{self._name}-descriptor")


class _Written(pdfdoc.PDFObject):
    """What is written as it stands: number by number ReportLab takes a tenth of a letter's time."""

    def __init__(self, text: str) -> None:
        self._text = text.encode("ascii")

    def format(self, _document: Any) -> bytes:
        """The text."""
        return self._text


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    stream.filters = []
    return stream


def _to_unicode(base: str, glyphs: list[Glyph]) -> str:
    """The map from codes to what a reader copies: letters, not their forms."""
    rows = [f"<{code:04X}> <{glyph.unicode}>" for code, glyph in enumerate(glyphs, start=1)]
    sections = [
        f"{len(rows[i : i + _ROWS])} beginbfchar\n" + "\n".join(rows[i : i + _ROWS]) + "\nendbfchar"
        for i in range(0, len(rows), _ROWS)
    ]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{base} def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    tail = "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    return head + "\n".join(sections) + tail
