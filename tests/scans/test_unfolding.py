"""A stranger's PDF that unfolds without end is told as damaged, at once and in every way in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from PIL import Image

from desktop.domain.errors import Refusal
from desktop.reports.bundle import bundle
from desktop.scans.codes import codes_on_pages
from desktop.scans.opening import open_pages
from desktop.scans.pdf import jpegs, pictures_in
from desktop.scans.unfolding import DAMAGED, demand_bounded
from tests.scans.conftest import saved as pictured


def form(document: pikepdf.Pdf, said: bytes, **resources: Any) -> pikepdf.Object:
    made = document.make_stream(said)
    made.Type, made.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    made.BBox = [0, 0, 100, 100]
    made.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(**resources))
    return made


def nested(levels: int, times: int = 16, *, by: Callable[[bytes], bytes] = bytes) -> bytes:
    """A page that draws a form, which draws another so many times, and so on."""
    document = pikepdf.new()
    inner = form(document, b"0 0 1 1 re f")
    for _ in range(levels):
        inner = form(document, by(b"/X Do " * times), X=inner)
    return saved(document, inner)


def saved(document: pikepdf.Pdf, drawn: pikepdf.Object) -> bytes:
    document.add_blank_page(page_size=(300, 400))
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=drawn))
    page.Contents = document.make_stream(b"/X Do")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def in_a_circle() -> bytes:
    document = pikepdf.new()
    made = form(document, b"/X Do")
    made.Resources.XObject.X = made
    return saved(document, made)


def in_a_look() -> bytes:
    """The forms stand as the mask of a look, which is taken again and again."""
    document = pikepdf.new()
    inner = form(document, b"0 0 1 1 re f")
    for _ in range(7):
        outer = form(document, b"/G gs " * 16)
        mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=inner)
        outer.Resources.ExtGState = pikepdf.Dictionary(G=pikepdf.Dictionary(SMask=mask))
        inner = outer
    return saved(document, inner)


def in_a_note() -> bytes:
    with pikepdf.open(BytesIO(nested(7))) as document:
        drawn = document.pages[0].Resources.XObject.X
        document.pages[0].Contents = document.make_stream(b"")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 9, 9],
            AP=pikepdf.Dictionary(N=drawn),
        )  # fmt: skip
        document.pages[0].Annots = [document.make_indirect(note)]
        file = BytesIO()
        document.save(file)
        return file.getvalue()


def said_at_length() -> bytes:
    document = pikepdf.new()
    return saved(document, form(document, b"q Q " * (20 << 20)))


WILD = {
    "nested": nested(7),
    "between comments": nested(7, by=lambda said: said.replace(b" Do", b" % x\nDo")),
    "in a circle": in_a_circle(),
    "in a look": in_a_look(),
    "in a note": in_a_note(),
    "said at length": said_at_length(),
}


@pytest.mark.parametrize("pdf", WILD.values(), ids=WILD)
def test_it_is_told_as_damaged(pdf: bytes) -> None:
    assert len(pdf) < 200_000
    assert pictures_in(pdf) == 0
    for look in (demand_bounded, codes_on_pages, jpegs):
        with pytest.raises(Refusal, match="آسیب‌دیده"):
            look(pdf)
    with pytest.raises(Refusal) as no:
        open_pages(pdf, "سند.pdf")
    assert no.value.words == DAMAGED


def test_what_is_no_more_than_it_says_is_let_by() -> None:
    demand_bounded(nested(2))
    demand_bounded(bundle([pictured(Image.new("RGB", (900, 1200), "white"), "JPEG")] * 2, 150))
