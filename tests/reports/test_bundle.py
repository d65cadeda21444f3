"""The PDF of a document: its pages as they were, no larger than they, the same each time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from desktop.reports.bundle import bundle
from desktop.scans.pdf import drawn_at


def jpeg(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.slow
def test_pages_lie_in_the_file_as_they_are() -> None:
    pages = [jpeg(1240, 1754), jpeg(1000, 640)]
    made = bundle([*pages, pages[0]], 150)
    assert all(page in made for page in pages)
    # The page that comes twice is there once.
    assert len(made) < sum(map(len, pages)) + 4_000
    assert made == bundle([*pages, pages[0]], 150)
    wide = [page.width for page in drawn_at(made, 150)]
    assert wide == pytest.approx([1240, 1000, 1240], abs=1)
