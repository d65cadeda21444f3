"""A PDF that another desk sent is drawn, or refused in words; the reader goes on."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from desktop.domain.errors import Refusal
from desktop.scans.pdf import Pixels, drawn, drawn_at, each_of_letter


def paper(*sizes: tuple[float, float]) -> bytes:
    """A PDF with empty pages of these sizes in points."""
    document = pypdfium2.PdfDocument.new()
    for size in sizes:
        document.new_page(*size)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


A4, A0, RECEIPT = (595, 842), (2384, 3370), (120, 2000)


def test_pages_of_papers_are_drawn() -> None:
    assert [page.width for page in drawn(paper(A4, A0, RECEIPT), 60)] == [60, 60, 60]


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"a photo that is none",
        paper(A4)[:200],
        # Its picture would take all memory.
        paper(A4, (1, 3_000)),
        paper((14_000, 14_000)),
    ],
)
def test_what_no_paper_is_is_refused_in_words(sent: bytes) -> None:
    for draw in (drawn, drawn_at, _letter):
        with pytest.raises(Refusal, match="آسیب‌دیده"):
            draw(sent, 60)


def test_a_book_or_a_plan_is_no_letter() -> None:
    for sent in (paper(*[A4] * 61), paper(A4, (900, 1_300))):
        assert drawn_at(sent, 10)
        with pytest.raises(Refusal):
            _letter(sent, 10)
    assert len(_letter(paper(A4, A4), 10)) == 2


def _letter(sent: bytes, dpi: int) -> list[Pixels]:
    return each_of_letter(sent, dpi, lambda page: page)
