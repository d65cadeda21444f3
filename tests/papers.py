"""Papers that citizens bring, as files: every one unlike the others, of a real page's size."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from random import Random

from PIL import Image

from desktop.actions import documents
from desktop.actions.desk import Seat
from desktop.actions.documents import HeldPage, Papers, PaperSource
from desktop.domain.request import DocumentFile


def picture(seed: int, width: int = 1000) -> bytes:
    """A PNG of grey noise: its page takes nearly all of the 200 KB that a page may."""
    high = width * 4 // 3
    noise = Image.frombytes("L", (width, high), Random(seed).randbytes(width * high))
    out = BytesIO()
    noise.save(out, "PNG")
    return out.getvalue()


def attached(seat: Seat, *seeds: int) -> Papers:
    """A document with a page for each seed, as the form makes it."""
    held: list[HeldPage] = []
    for seed in seeds:
        source = PaperSource("اسکن.png", partial(picture, seed))
        held += documents.read(seat, source, len(held)).pages
    return documents.join(seat, tuple(held))


def file_of(papers: Papers) -> DocumentFile:
    """The PDF that the pages make."""
    assert papers.file is not None
    return papers.file
