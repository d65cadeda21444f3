"""The scan of an act: read from files, kept at the desk, sent to the centre before it is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import documents, registry
from desktop.actions.desk import Seat
from desktop.actions.documents import HeldPage
from desktop.domain.errors import Refusal
from desktop.store import blobs

_EMPTY = "این فایل صفحه‌ای ندارد؛ فایل دیگری برگزینید."
_GONE = "تصویر پیوست دیگر در این رایانه نیست؛ دوباره پیوست کنید."


@dataclass(frozen=True)
class Scan:
    """A scan kept at this desk as one PDF: its sha256, its pages, those that can't be read well."""

    sha256: str
    pages: int
    faults: tuple[str, ...] = ()


def attach(seat: Seat, paths: Sequence[Path]) -> Scan:
    """The files' pages as one PDF, kept here; no line is needed. Raises Refusal (see `scans`)."""
    pages: list[HeldPage] = []
    for path in paths:
        reading = documents.read(seat, documents.file_source(path), len(pages))
        try:
            pages += list(reading.pages)
        finally:
            reading.close()
    papers = documents.join(seat, tuple(pages))
    if papers.file is None:
        raise Refusal(_EMPTY)
    faults = dict.fromkeys(fault for _, fault in papers.faults)
    return Scan(papers.file.sha256, papers.file.pages, tuple(faults))


def send(seat: Seat, *scans: str) -> None:
    """Announce and send these scans, by their sha256; an empty name is none.

    Raises LineDown, and Refusal for one that is no longer here.
    """
    for sha256 in dict.fromkeys(name for name in scans if name):
        with seat.desk.store.reading() as session:
            pdf = blobs.read(session, sha256)
        if pdf is None:
            raise Refusal(_GONE, field="scan")
        registry.send_scan(seat, pdf)
