"""Files of letters to try a checker with, good and bad, each with what must be said of it
(SPEC.md §4). They rest on the keys and the list of `tests.wire.letter_vectors`."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from desktop.reports.letter import attachment
from desktop.wire.verdicts import Verdict
from tests.reports.paper_folder import UNSEALED, pdf_of, swapped
from tests.reports.samples import words
from tests.wire.letter_vectors import TODAY

FOLDER = Path(__file__).parents[2] / "resources" / "letter" / "vectors"
PUBLISHED = FOLDER / "papers.json"


@dataclass(frozen=True)
class PaperVector:
    """A file, the verdict, and what a checker says that draws none, where that is another word."""

    name: str
    content: bytes
    verdict: Verdict
    undrawn: str = ""

    @property
    def file(self) -> str:
        """Its name among the published ones."""
        return f"{self.name.replace(' ', '-')}.pdf"

    @property
    def word(self) -> str:
        """What is said by whoever draws none."""
        return self.undrawn or self.verdict.value


def paper_vectors() -> Iterator[PaperVector]:
    """All of them."""
    text = words(paragraphs=("این گواهی تا تاریخ **۱۴۰۶/۰۳/۰۳** معتبر است.",))
    good, other = pdf_of(text), pdf_of(text, number="1405/21/1848")
    face = pdf_of(replace(text, paragraphs=(text.paragraphs[0].replace("۰۶", "۰۹"),)))
    word = "گواهی عدم خلاف".encode()
    valid, false = Verdict.VALID, Verdict.FALSE
    yield PaperVector("as released", good, valid)
    yield PaperVector("saved by another program", saved(good), valid, UNSEALED)
    changed = good.replace(word, "گواهی عدم خلاق".encode())
    yield PaperVector("a word of its value changed", changed, false)
    yield PaperVector("a digit on its face changed", saved(swapped(face, good)), false, UNSEALED)
    yield PaperVector("the value of another letter", swapped(good, other), false, UNSEALED)
    two = saved(good, attachment.encode(attachment.read(other)))
    yield PaperVector("two values", two, false)


def saved(pdf: bytes, beside: bytes = b"") -> bytes:
    """The file as another program writes it, the same each time; with one more value attached."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if beside:
            stream = pikepdf.Stream(file, beside, Type=pikepdf.Name.EmbeddedFile)
            spec = pikepdf.Dictionary(
                Type=pikepdf.Name.Filespec, F="other.json", EF=pikepdf.Dictionary(F=stream)
            )
            name = pikepdf.String("other.json")
            file.Root.Names.EmbeddedFiles.Names.extend([name, file.make_indirect(spec)])
        file.save(out, deterministic_id=True)
    return out.getvalue()


def as_text() -> str:
    """The list of them as it is handed out."""
    value = {
        "about": "Files of letters, judged by the keys and the list of letters.json; see SPEC.md.",
        "papers": [
            {
                "name": each.name,
                "file": each.file,
                "sha256": hashlib.sha256(each.content).hexdigest(),
                "today": TODAY,
                "verdict": each.verdict.value,
                "undrawn": each.word,
            }
            for each in paper_vectors()
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def publish() -> None:
    """Write them where others find them."""
    for each in paper_vectors():
        (FOLDER / each.file).write_bytes(each.content)
    PUBLISHED.write_text(as_text(), encoding="utf-8")
