"""What citizens' files come as: every kind that is read, and bad ones told in words."""

from __future__ import annotations

import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from struct import pack

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.errors import Refusal
from desktop.reports.bundle import bundle
from desktop.scans import opening
from desktop.scans.opening import MOST_PAGES, open_pages, read_file
from tests.scans.conftest import saved

PLAIN = Image.new("RGB", (900, 1200), "#d8d0c0")


def sizes(content: bytes, name: str = "a.jpg") -> list[tuple[int, int]]:
    opened = open_pages(content, name)
    found = [page.size for page in opened.pages]
    assert len(found) == opened.total
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP"])
def test_pictures_of_every_kind(kind: str) -> None:
    assert sizes(saved(PLAIN, kind)) == [(900, 1200)]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "I"])
def test_every_depth_becomes_rgb_on_white(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "I") else "PNG"
    if mode == "I;16":
        picture = Image.new("I;16", (40, 30), 65535)
    elif mode == "I":
        picture = Image.new("I", (40, 30), 65535)
    elif mode in ("RGBA", "LA"):
        picture = Image.new(mode, (40, 30), 0)
    else:
        picture = Image.new("RGB", (40, 30), "white").convert(mode)
    page = next(open_pages(saved(picture, kind), "a").pages)
    assert page.mode == "RGB"
    assert page.getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_held_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert sizes(saved(PLAIN, "JPEG", exif=exif)) == [(1200, 900)]


def test_the_pages_of_a_pdf_and_of_a_tiff() -> None:
    jpegs = [saved(PLAIN), saved(PLAIN.rotate(90, expand=True))]
    wide = [width > height for width, height in sizes(bundle(jpegs, 150), "a.pdf")]
    assert wide == [False, True]
    tiff = saved(PLAIN, "TIFF", save_all=True, append_images=[PLAIN, PLAIN])
    assert len(sizes(tiff)) == 3


def test_a_huge_pdf_page_is_drawn_small() -> None:
    made = pypdfium2.PdfDocument.new()
    made.new_page(14_000, 9_000)
    (size,) = sizes(pdf_of(made), "plan.pdf")
    assert max(size) <= opening.WORKING_LONG + 1


def pdf_of(made: pypdfium2.PdfDocument) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def refusal(content: bytes, name: str = "سند.jpg") -> str:
    with pytest.raises(Refusal) as no:
        list(open_pages(content, name).pages)
    return no.value.words


def test_what_is_no_picture() -> None:
    assert "خالی" in refusal(b"")
    assert "نه عکس است و نه PDF" in refusal("این یک متن است".encode() * 50)
    assert "HEIC" in refusal(b"\0\0\0\x18ftypheic" + b"\0" * 90)


@pytest.mark.slow
def test_a_file_cut_short() -> None:
    whole = saved(PLAIN.resize((1800, 2400)))
    assert "ناقص" in refusal(whole[: len(whole) // 2])
    assert "ناقص" in refusal(bundle([saved(PLAIN)], 150)[:300], "a.pdf")


def test_a_pdf_with_a_password() -> None:
    out = BytesIO()
    canvas = Canvas(out, encrypt="1234")
    canvas.drawString(72, 72, "1")
    canvas.save()
    assert "رمز" in refusal(out.getvalue(), "قبض.pdf")


def test_too_many_pages() -> None:
    jpeg = saved(PLAIN.resize((90, 120)))
    words = refusal(bundle([jpeg] * (MOST_PAGES + 1), 150), "دفترچه.pdf")
    assert "۴۱ صفحه دارد" in words


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b""))
    )


@pytest.mark.slow
@pytest.mark.parametrize("side", [9_000, 40_000])
def test_a_picture_that_unpacks_without_end(side: int) -> None:
    content = bomb(side)
    assert len(content) < 300_000
    assert "مگاپیکسل" in refusal(content)


@pytest.mark.slow
def test_a_name_that_no_file_can_have() -> None:
    """As dropped by a program that writes its links wrong."""
    with pytest.raises(Refusal, match="خوانده نشد"):
        read_file(Path("سند\0.pdf"))


def test_a_file_that_vanishes_or_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refusal, match="در جای خود نیست"):
        read_file(tmp_path / "gone.jpg")
    with pytest.raises(Refusal, match="خوانده نشد"):
        read_file(tmp_path)
    large = tmp_path / "large.tif"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refusal, match="۱۲۸ مگابایت"):
        read_file(large)


# Pillow warns of what it finds odd; the program only shows the refusal.
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"%PDF-1.4\n", b"II*\0"]))
def test_any_bytes_are_a_page_or_a_refusal(content: bytes, start: bytes) -> None:
    with suppress(Refusal):
        list(open_pages(start + content, "x").pages)
