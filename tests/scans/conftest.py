"""A letter as paper: drawn, then scanned and photographed as people do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from desktop.reports.letter import LAYOUT, draw
from desktop.scans.opening import open_pages
from tests.reports.samples import RELEASE, debts, letter, words

Photo = Callable[..., Image.Image]


def saved(image: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    """The picture as a file's content."""
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


@pytest.fixture(scope="session")
def paper() -> Image.Image:
    """A letter with a table, as a scanner at 200 dpi gives it."""
    pdf = draw(letter(words(table=debts(12), sample=True)), RELEASE, layout=LAYOUT, copy=1)
    return next(open_pages(pdf, "letter.pdf").pages)


@pytest.fixture(scope="session")
def photo(paper: Image.Image) -> Photo:
    """Photographs of the paper on a dark desk, 12 megapixels."""

    def take(angle: float = 0, blur: float = 0, light: float = 1) -> Image.Image:
        size = (3000, 4000)
        desk = Image.effect_noise(size, 12).convert("RGB")
        desk = Image.blend(desk, Image.new("RGB", size, (90, 70, 50)), 0.85)
        sheet = paper.resize((2400, 2400 * paper.height // paper.width))
        laid = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True)
        mask = Image.new("L", sheet.size, 255).rotate(angle, expand=True)
        desk.paste(laid, ((size[0] - laid.width) // 2, (size[1] - laid.height) // 2), mask)
        if blur:
            desk = desk.filter(ImageFilter.GaussianBlur(blur))
        return ImageEnhance.Brightness(desk).enhance(light)

    return take
