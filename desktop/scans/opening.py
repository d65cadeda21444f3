"""Reads what a paper came in as, a picture or a PDF, as images; bad files are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.scans.camera import Shot, shot_of
from desktop.scans.pdf import ONE_AT_A_TIME
from desktop.scans.unfolding import demand_bounded

MOST_BYTES = 128 * 1024 * 1024
MOST_PIXELS = 64_000_000
MOST_PAGES = 40
# One and a half times the kept page: a small paper in a large picture is still sharp cut out.
WORKING_LONG = 2631
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
DAMAGES = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError)
"""What the decoders raise of a damaged file: each has its own."""
_PDF_DPI = 200
_POINTS_AN_INCH = 72
_PASSWORD = "password"


def read_file(path: Path) -> bytes:
    """The file's content. Raises Refusal: gone, too large, empty, not readable."""
    name = isolate(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as fault:
        raise Refusal(f"فایل «{name}» دیگر در جای خود نیست؛ دوباره آن را برگزینید.") from fault
    except (OSError, ValueError) as fault:
        # A ValueError for a name that no file can have.
        raise Refusal(
            f"فایل «{name}» خوانده نشد؛ شاید برنامهٔ دیگری آن را باز دارد یا حافظه جدا شده است."
        ) from fault
    if len(content) > MOST_BYTES:
        raise Refusal(
            to_persian_digits(
                f"فایل «{name}» از {MOST_BYTES >> 20} مگابایت بزرگ‌تر است؛ "
                "آن را با وضوح ۳۰۰ نقطه در اینچ دوباره اسکن کنید."
            )
        )
    return content


@dataclass(frozen=True)
class Opened:
    """A file's pages: how many, and each as it is wanted, upright as the camera held it, RGB.

    `shot` is when and where the camera says it took it.
    Going through them raises Refusal when one is damaged. Who does not go through them to the end
    calls `close`.
    """

    total: int
    pages: Iterator[Image.Image]
    close: Callable[[], None]
    shot: Shot = Shot()


def open_pages(content: bytes, name: str) -> Opened:
    """Open a picture or a PDF; `name` is told in refusals.

    Raises Refusal: empty, no picture nor PDF, cut short, too many pixels or pages, with a password.
    """
    shown = isolate(name)
    if not content:
        raise Refusal(f"فایل «{shown}» خالی است.")
    if content.lstrip()[:5] == b"%PDF-":
        return _open_pdf(content, shown)
    if content[4:8] == b"ftyp":
        raise Refusal(
            f"عکس «{shown}» به قالب HEIC یا فیلم است و خوانده نمی‌شود؛ آن را به JPEG تبدیل کنید."
        )
    with _damage_as_refusal(shown):
        opened = Image.open(BytesIO(content), formats=FORMATS)
        total = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        _demand_pages(total, shown)
        _demand_pixels(opened.size, shown)
        shot = shot_of(opened)
    return Opened(total, _frames(opened, total, shown), opened.close, shot)


def _frames(opened: Image.Image, total: int, shown: str) -> Iterator[Image.Image]:
    with opened:
        for number in range(total):
            with _damage_as_refusal(shown):
                if number:
                    opened.seek(number)
                _demand_pixels(opened.size, shown)
                opened.draft("RGB", (WORKING_LONG, WORKING_LONG))
                page = _rgb(ImageOps.exif_transpose(opened))
            yield page


@contextmanager
def _damage_as_refusal(shown: str) -> Iterator[None]:
    try:
        yield
    except UnidentifiedImageError as fault:
        raise Refusal(
            f"فایل «{shown}» نه عکس است و نه PDF؛ شاید تنها نامش به عکس می‌ماند."
        ) from fault
    except Image.DecompressionBombError as fault:
        raise Refusal(_too_many_pixels(shown)) from fault
    except DAMAGES as fault:
        raise Refusal(
            f"فایل «{shown}» ناقص یا آسیب‌دیده است؛ شاید ذخیره‌اش به پایان نرسیده باشد."
        ) from fault


def _open_pdf(content: bytes, shown: str) -> Opened:
    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as fault:
            if _PASSWORD in str(fault).lower():
                words = f"فایل «{shown}» رمز دارد؛ نسخهٔ بدون رمز آن را بگیرید یا کاغذ را اسکن کنید."
            else:
                words = f"فایل PDF «{shown}» ناقص یا آسیب‌دیده است."
            raise Refusal(words) from fault
        total = len(document)
    close = partial(_close, document)
    try:
        if not total:
            raise Refusal(f"فایل PDF «{shown}» صفحه‌ای ندارد.")
        _demand_pages(total, shown)
        demand_bounded(content)
    except Refusal:
        close()
        raise
    return Opened(total, _pdf_pages(document, total, shown), close)


def _close(document: pypdfium2.PdfDocument) -> None:
    """Here and not when the object goes: that would be on any thread, at any moment."""
    with ONE_AT_A_TIME:
        document.close()


def _pdf_pages(document: pypdfium2.PdfDocument, total: int, shown: str) -> Iterator[Image.Image]:
    try:
        for number in range(total):
            with ONE_AT_A_TIME:
                try:
                    image = _pdf_page(document[number])
                except pypdfium2.PdfiumError as fault:
                    words = f"صفحهٔ {number + 1} فایل PDF «{shown}» آسیب‌دیده است."
                    raise Refusal(to_persian_digits(words)) from fault
            yield image
    finally:
        _close(document)


def _pdf_page(page: pypdfium2.PdfPage) -> Image.Image:
    longest = max(page.get_size())
    scale = min(_PDF_DPI / _POINTS_AN_INCH, WORKING_LONG / longest)
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return image


def _demand_pages(count: int, shown: str) -> None:
    if count > MOST_PAGES:
        words = f"فایل «{shown}» {count} صفحه دارد؛ هر مدرک تا {MOST_PAGES} صفحه می‌پذیرد."
        raise Refusal(to_persian_digits(words))


def _demand_pixels(size: tuple[int, int], shown: str) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Refusal(_too_many_pixels(shown))


def _too_many_pixels(shown: str) -> str:
    return to_persian_digits(
        f"عکس «{shown}» بیش از {MOST_PIXELS // 1_000_000} مگاپیکسل دارد؛ آن را کوچک‌تر ذخیره کنید."
    )


def _rgb(image: Image.Image) -> Image.Image:
    """On white where it is transparent; sixteen-bit greys brought to eight."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image.convert("RGBA"))
    return image.convert("RGB")
