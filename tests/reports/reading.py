"""Reading a drawn paper as others do: pdftotext, pdftoppm, zbarimg."""

from __future__ import annotations

import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2

# Marks of punctuation that a reader may set apart from the word.
_TRIMMED = "«»()[]{}،؛:.؟–\u2066\u2069\u200e\u200f\u202a\u202b\u202c"


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def words(text: str) -> list[str]:
    """The words of a text without marks of order and punctuation around them."""
    bare = "".join(" " if c in _TRIMMED else c for c in unicodedata.normalize("NFC", text))
    return [word for word in (found.strip("*") for found in bare.split()) if word]


def in_order(wanted: list[str], found: list[str]) -> float:
    """How much of the words wanted stands among those found, in its order: 0 to 1."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def by_a_browser(pdf: bytes) -> list[str]:
    """The words that pdfium, the reader of browsers, finds in a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return words("\n".join(page.get_textpage().get_text_range() for page in document))


def not_found(pdf: bytes, typed: Iterable[str]) -> list[str]:
    """What of it a person searches for in vain in the reader of browsers."""
    with pypdfium2.PdfDocument(pdf) as document:
        told = [page.get_textpage() for page in document]
        return [each for each in typed if not any(page.search(each).get_next() for page in told)]


def by_mupdf(file: Path) -> set[str]:
    """The words that MuPDF finds in the file; it tells letters as they stand, from the left."""
    found = words(_run("mutool", "draw", "-F", "txt", "-o", "-", str(file)).decode())
    return {*found, *(word[::-1] for word in found)}


def text_of(pdf: bytes) -> list[str]:
    """The words that pdftotext finds in a PDF."""
    return [word for page in pages_of(pdf) for word in page]


def pages_of(pdf: bytes) -> list[list[str]]:
    """The words that pdftotext finds on each page of a PDF."""
    return [words(page) for page in _told(pdf).removesuffix("\f").split("\f")]


def lines_of(pdf: bytes) -> list[list[str]]:
    """The words of each line as pdftotext puts them together."""
    return [words(line) for line in _told(pdf).replace("\f", "\n").split("\n")]


def _told(pdf: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        return _run("pdftotext", "-enc", "UTF-8", str(path), "-").decode()


def pages(pdf: bytes) -> int:
    """How many pages pdfinfo counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        told = _run("pdfinfo", str(path)).decode()
    return int(told.split("Pages:")[1].split()[0])


def codes_of(pdf: bytes, dpi: int = 150) -> list[str]:
    """The text of each code that zbar sees on the pages rendered at so many dots an inch."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        _run("pdftoppm", "-r", str(dpi), "-gray", "-png", str(path), str(Path(folder) / "page"))
        for image in sorted(Path(folder).glob("page*.png")):
            # Every other kind is off: fine lines of a stamp now and then read as a bar code.
            only = ("-S*.disable", "-Sqrcode.enable")
            seen = subprocess.run(
                ("zbarimg", "-q", "--raw", *only, str(image)), capture_output=True
            )
            # It ends with 4 where it sees no code.
            assert seen.returncode in (0, 4)
            found += seen.stdout.decode().splitlines()
    return found
