"""The bench's floor for a letter: as many Latin words by ReportLab alone, with our stamp and QR."""

from __future__ import annotations

import io
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.letter import Letter, Proof
from desktop.reports.letter.v1 import stamp
from desktop.reports.letter.v1.fonts import Weight, font
from desktop.reports.letter.v1.page import A4, Pen
from desktop.reports.letter.v2 import code

_SIZE, _LEADING = 11.0, 20.5
_WORDS = ("lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit")


def latin(letter: Letter, proof: Proof, number: int) -> bytes:
    """A page with as many words as the letter has; `number` makes the words and the QR new."""
    text = letter.text
    facts = [word for row in text.facts.rows for word in row] if text.facts else []
    count = len(" ".join((*text.paragraphs, *facts, *text.closing, text.subject)).split())
    font(Weight.REGULAR)
    kept = io.BytesIO()
    # The types made for ReportLab know neither the font's name nor the language.
    make: Any = Canvas
    canvas = make(
        kept,
        pagesize=(A4.width, A4.height),
        invariant=1,
        pageCompression=0,
        initialFontName=Weight.REGULAR.value,
    )
    pen = Pen(canvas)
    canvas.setFont(Weight.REGULAR.value, _SIZE)
    y, line = A4.height - 150.0, ""
    for place in range(count):
        word = f"{_WORDS[(place + number) % len(_WORDS)]}{number if place % 7 == 0 else ''}"
        longer = f"{line} {word}".strip()
        if stringWidth(longer, Weight.REGULAR.value, _SIZE) > A4.column:
            canvas.drawString(A4.left, y, line)
            y, line = y - _LEADING, word
        else:
            line = longer
    canvas.drawString(A4.left, y, line)
    stamp.draw(pen, "office", "Yazd", "office", A4.width / 2, 300.0, sample=False)
    said = code.text(letter, proof, 1)
    # A new one each time, as long as the letter's.
    said = f"{number:08}{said[8:]}"
    code.draw(pen, said, A4.left, 60.0)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()
