"""Makes a legible page of a picture: straight, cut to the paper, at most A4 at 150 dpi, a JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageChops, ImageStat

from desktop.scans import legible, opening

DPI = 150
LONG, SHORT = 1754, 1240
MOST_BYTES = 200_000
_QUALITIES = (84, 74, 64, 54, 46)
_SMALL = 640
_STEEPEST = 6.0
_TOO_LITTLE_TILT = 0.35
_CLEARLY_BETTER = 1.08
_APART = 30
_EVEN = 34.0
_WHITE = 200
_MARGIN = 0.01
_CARD = 0.3
# So many pixels in ten thousand that are clearly coloured: a stamp, a seal's ring.
_COLOURED = 6


@dataclass(frozen=True)
class ScannedPage:
    """A page to keep: a JPEG of at most 200 KB, and what stands against reading it."""

    jpeg: bytes
    faults: tuple[str, ...]


def page_of(image: Image.Image) -> ScannedPage:
    """The page in an RGB picture."""
    side = opening.WORKING_LONG
    image.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    paper = cut(straighten(image))
    return ScannedPage(encode(shrink(paper)), legible.faults(paper))


def turned(jpeg: bytes, quarters: int) -> bytes:
    """The page turned by so many quarters clockwise."""
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as page:
        return encode(page.rotate(-90 * quarters, expand=True))


def thumbnail(jpeg: bytes, side: int) -> bytes:
    """The page as a PNG that fits a square of so many pixels."""
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as page:
        page.draft("RGB", (side * 2, side * 2))
        small = page.convert("RGB")
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _saved(small, "PNG")


def straighten(image: Image.Image) -> Image.Image:
    """Lines of text brought level when the paper lay askew by up to 6 degrees."""
    angle = tilt(image)
    if abs(angle) < _TOO_LITTLE_TILT:
        return image
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_edge(image))


def tilt(image: Image.Image) -> float:
    """Degrees to turn counter-clockwise for level lines; 0 where nothing is clearly better."""
    small = image.convert("L")
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BILINEAR)
    ground = round(ImageStat.Stat(small).median[0])

    def score(angle: float) -> float:
        """The steps from row to row: level lines of text give the largest."""
        turned_ = small.rotate(angle, Image.Resampling.BILINEAR, fillcolor=ground)
        rows = turned_.resize((1, small.height), Image.Resampling.BOX).tobytes()
        return float(sum((after - row) ** 2 for row, after in pairwise(rows)))

    level = score(0.0)
    coarse = [step / 2 for step in range(round(-2 * _STEEPEST), round(2 * _STEEPEST) + 1)]
    near = max(coarse, key=score)
    best = max((near + step / 10 for step in range(-4, 5)), key=score)
    return best if score(best) > level * _CLEARLY_BETTER else 0.0


def cut(image: Image.Image) -> Image.Image:
    """The paper without the even ground around it; as it was where the ground is not even.

    On a white ground only what is small is cut out (a card on the glass): the empty half of a
    letter belongs to it.
    """
    small = image.convert("L")
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BILINEAR)
    ring = _ring(small)
    if ImageStat.Stat(ring).stddev[0] > _EVEN:
        return image
    ground = round(ImageStat.Stat(ring).median[0])
    apart = ImageChops.difference(small, Image.new("L", small.size, ground))
    mask = apart.point([255 if level > _APART else 0 for level in range(256)])
    across = _extent(mask.resize((mask.width, 1), Image.Resampling.BOX))
    down = _extent(mask.resize((1, mask.height), Image.Resampling.BOX))
    if across is None or down is None:
        return image
    share = (across[1] - across[0]) * (down[1] - down[0]) / (small.width * small.height)
    if share < 0.02 or share > (_CARD if ground > _WHITE else 0.97):
        return image
    scale = image.width / small.width
    margin = _MARGIN * max(small.size)
    return image.crop(
        (
            max(0, round((across[0] - margin) * scale)),
            max(0, round((down[0] - margin) * scale)),
            min(image.width, round((across[1] + margin) * scale)),
            min(image.height, round((down[1] + margin) * scale)),
        )
    )


def shrink(image: Image.Image) -> Image.Image:
    """At most A4 at 150 dpi, standing or lying; never enlarged."""
    bounds = (LONG, SHORT) if image.width > image.height else (SHORT, LONG)
    shrunk = image.copy()
    shrunk.thumbnail(bounds, Image.Resampling.LANCZOS)
    return shrunk


def encode(image: Image.Image) -> bytes:
    """A JPEG of at most 200 KB: grey where nothing is coloured, then less fine, then smaller."""
    page = image if is_coloured(image) else image.convert("L")
    while True:
        for quality in _QUALITIES:
            jpeg = _saved(page, "JPEG", quality)
            if len(jpeg) <= MOST_BYTES:
                return jpeg
        page = page.resize((page.width * 4 // 5, page.height * 4 // 5), Image.Resampling.LANCZOS)


def is_coloured(image: Image.Image) -> bool:
    """Whether a stamp or a picture would be lost in grey."""
    small = image.convert("RGB")
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BOX)
    _, saturation, value = small.convert("HSV").split()
    strong = ImageChops.darker(saturation, value).histogram()
    return sum(strong[80:]) * 10_000 > _COLOURED * small.width * small.height


def _ring(small: Image.Image) -> Image.Image:
    """The outermost pixels of all four sides in one strip."""
    width, height = small.size
    band = max(2, min(width, height) // 60)
    strip = Image.new("L", (width, 4 * band))
    for index, box in enumerate(
        (
            (0, 0, width, band),
            (0, height - band, width, height),
            (0, 0, band, height),
            (width - band, 0, width, height),
        )
    ):
        strip.paste(small.crop(box).resize((width, band)), (0, index * band))
    return strip


def _edge(image: Image.Image) -> tuple[int, int, int]:
    """The colour around the paper, for the corners that turning lays bare."""
    small = image.copy()
    small.thumbnail((_SMALL, _SMALL), Image.Resampling.BILINEAR)
    red, green, blue = (
        round(ImageStat.Stat(_ring(band)).median[0]) for band in small.convert("RGB").split()
    )
    return red, green, blue


def _extent(line: Image.Image) -> tuple[int, int] | None:
    """From the first to behind the last position that is more than a speck."""
    values = line.tobytes()
    held = [place for place, value in enumerate(values) if value > 5]
    return (held[0], held[-1] + 1) if held else None


def _saved(image: Image.Image, kind: str, quality: int = 84) -> bytes:
    out = BytesIO()
    if kind == "JPEG":
        image.save(out, kind, quality=quality, optimize=True, dpi=(DPI, DPI))
    else:
        image.save(out, kind)
    return out.getvalue()
