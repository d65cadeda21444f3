"""Whether a page can be read: too dark, too small, blurred or empty, told in words at once."""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

DARK = "تاریک است"
SMALL = "کوچک است"
BLURRED = "تار است"
EMPTY = "سفید و خالی است"
ADVICE = {
    DARK: "در نور بیشتر یا با روشنایی بالاتر دوباره بگیرید.",
    SMALL: "از نزدیک‌تر یا با وضوح ۱۵۰ نقطه در اینچ و بیشتر دوباره بگیرید.",
    BLURRED: "دوربین را ثابت نگه دارید و دوباره بگیرید.",
    EMPTY: "شاید پشت برگه اسکن شده است.",
}

# Measured on rendered letters, cards and photographs of both (tests/scans/test_legible.py).
LEAST_LONG = 800
_LEAST_LIGHT = 90
_LEAST_SPREAD = 3.0
_LEAST_EDGES = 0.045
_NORM = 1000
_LAPLACE = ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=1, offset=128)


def faults(page: Image.Image) -> tuple[str, ...]:
    """What stands against reading this page as it came in, worst first; empty when it is fine.

    Its size counts before it is shrunk; light, spread and edges are measured at 1000 px.
    """
    grey = page.convert("L")
    small = grey.copy()
    small.thumbnail((_NORM, _NORM), Image.Resampling.BILINEAR)
    spread = ImageStat.Stat(small).stddev[0]
    if _light(small) < _LEAST_LIGHT:
        return (DARK,)
    if spread < _LEAST_SPREAD:
        return (EMPTY,)
    if max(page.size) < LEAST_LONG:
        return (SMALL,)
    return (BLURRED,) if sharpness(small) < _LEAST_EDGES else ()


def sharpness(grey: Image.Image) -> float:
    """Energy of the edges by the contrast of the picture: blur lowers it, light does not."""
    spread = ImageStat.Stat(grey).var[0]
    edges = ImageStat.Stat(grey.filter(_LAPLACE)).var[0]
    return edges / spread if spread else 0.0


def _light(grey: Image.Image) -> int:
    """The brightness that a tenth of the pixels exceed: that of the paper, not of the ink."""
    histogram, seen = grey.histogram(), 0
    wanted = grey.width * grey.height // 10
    for level in range(255, -1, -1):
        seen += histogram[level]
        if seen > wanted:
            return level
    return 0
