"""Paper as a scanner gives it back: tilted, blurred, faded, with specks and noise, as JPEG."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path
from random import Random

import zxingcpp
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

SMOOTHED = 0.7


@dataclass(frozen=True)
class Wear:
    """How bad a copy is: tilt in degrees, blur in dots of the scan, noise in levels each way."""

    dpi: int
    tilt: float
    blur: float
    contrast: float
    noise: float
    specks: float
    quality: int


LIGHT = Wear(150, 0.6, 0.4, 0.9, 10.0, 0.0005, 75)
HEAVY = Wear(200, 2.5, 0.8, 0.75, 24.0, 0.002, 55)


def printed(pdf: bytes, folder: Path, dpi: int) -> Image.Image:
    """The first page as it comes out of a printer, at twice the scanner's dots."""
    (folder / "paper.pdf").write_bytes(pdf)
    drawn = ("pdftoppm", "-r", str(2 * dpi), "-gray", "-png", "-singlefile")
    subprocess.run((*drawn, folder / "paper.pdf", folder / "paper"), check=True)
    with Image.open(folder / "paper.png") as image:
        return image.convert("L")


def scanned(paper: Image.Image, wear: Wear, seed: int) -> Image.Image:
    """What the scanner makes of it."""
    chance = Random(seed)
    tilted = paper.rotate(
        chance.uniform(-wear.tilt, wear.tilt), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    blurred = tilted.filter(ImageFilter.GaussianBlur(2 * wear.blur))
    wide, high = blurred.size
    small = blurred.resize((wide // 2, high // 2), Image.Resampling.BICUBIC)
    faded = ImageEnhance.Contrast(small).enhance(wear.contrast)
    grain = Image.frombytes("L", faded.size, chance.randbytes(faded.width * faded.height))
    grain = grain.point(lambda level: 128 + (level - 128) * wear.noise / 128)
    noisy = ImageChops.add(faded, grain, scale=1, offset=-128)
    dots = noisy.load()
    assert dots is not None
    for _ in range(int(noisy.width * noisy.height * wear.specks)):
        place = chance.randrange(noisy.width), chance.randrange(noisy.height)
        dots[place] = chance.choice((0, 255))
    packed = io.BytesIO()
    noisy.save(packed, "JPEG", quality=wear.quality)
    return Image.open(packed)


def codes_in(image: Image.Image) -> list[str]:
    """What zxing reads in a picture, at the second try in one whose grain is smoothed."""
    only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for seen in (image, image.filter(ImageFilter.GaussianBlur(SMOOTHED))):
        found = zxingcpp.read_barcodes(seen, formats=only)
        if found:
            return [each.text for each in found]
    return []
