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


def picture(seed: int, width: int = 720) -> bytes:
    """A PNG, white with a band of grey noise: its page takes nearly the 200 KB that a page may.

    Noise all over would be pressed again and again until it goes in: dear, and like no paper.
    """
    high = width * 4 // 3
    band = Random(seed).randbytes(width * (high * 45 // 100))
    sheet = Image.new("L", (width, high), 255)
    sheet.paste(Image.frombytes("L", (width, len(band) // width), band), (0, high // 5))
    out = BytesIO()
    sheet.save(out, "PNG")
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
