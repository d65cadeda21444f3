"""A page that is kept: level, cut to the paper, A4 at 150 dpi at most, under 200 KB, still read."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from desktop.reports.bundle import bundle
from desktop.scans import page
from desktop.scans.legible import BLURRED, DARK, EMPTY, SMALL
from tests.reports.reading import codes_of
from tests.scans.conftest import Photo


def kept(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg))


@pytest.mark.slow
@pytest.mark.parametrize(
    "angle", [-5, 0, *(pytest.param(some, marks=pytest.mark.long) for some in (-2.3, 1.1, 4))]
)
def test_a_tilted_paper_lies_level(paper: Image.Image, angle: float) -> None:
    laid = paper.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    assert page.tilt(laid) == pytest.approx(-angle, abs=0.3)


@pytest.mark.slow
def test_what_has_no_lines_is_not_turned() -> None:
    noise = Image.effect_noise((800, 1100), 40).convert("RGB")
    assert page.straighten(noise) is noise


@pytest.mark.long
def test_the_desk_around_a_paper_is_cut_away(photo: Photo) -> None:
    taken = photo(3)
    found = page.cut(page.straighten(taken.copy()))
    assert found.width / found.height == pytest.approx(1240 / 1754, abs=0.03)
    assert found.width < taken.width * 0.9


def test_a_letter_on_white_keeps_its_empty_half(paper: Image.Image) -> None:
    half = Image.new("RGB", paper.size, "white")
    half.paste(paper.crop((0, 0, paper.width, paper.height // 2)))
    assert page.cut(half).size == half.size


def test_a_card_on_the_glass_is_cut_out() -> None:
    glass = Image.new("RGB", (1654, 2339), "#f6f6f4")
    ImageDraw.Draw(glass).rectangle((200, 300, 870, 720), fill="#3a6ea8")
    found = page.cut(glass)
    assert found.width == pytest.approx(670, abs=110)
    assert found.height == pytest.approx(420, abs=110)


@pytest.mark.long
@pytest.mark.parametrize("angle", [0, 3])
def test_a_photograph_of_a_letter_is_still_read_by_a_machine(photo: Photo, angle: float) -> None:
    made = page.page_of(photo(angle))
    assert made.faults == ()
    assert len(made.jpeg) <= page.MOST_BYTES
    image = kept(made.jpeg)
    assert max(image.size) <= page.LONG
    assert min(image.size) <= page.SHORT
    assert len(codes_of(bundle([made.jpeg], page.DPI), 300)) == 1


@pytest.mark.long
def test_a_page_full_of_noise_still_fits() -> None:
    noise = Image.effect_noise((2400, 3200), 120).convert("RGB")
    assert len(page.encode(page.shrink(noise))) <= page.MOST_BYTES


@pytest.mark.slow
def test_colour_stays_where_there_is_a_stamp(paper: Image.Image) -> None:
    plain = paper.convert("L").convert("RGB")
    assert kept(page.encode(plain)).mode == "L"
    ImageDraw.Draw(plain).ellipse((300, 1800, 620, 2120), outline="#1a3fb0", width=8)
    assert kept(page.encode(plain)).mode == "RGB"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ({"light": 0.25}, DARK),
        pytest.param({"blur": 5}, BLURRED, marks=pytest.mark.long),
        pytest.param({"light": 0.55}, "", marks=pytest.mark.long),
        pytest.param({"blur": 1.5, "angle": 2}, "", marks=pytest.mark.long),
    ],
)
def test_what_can_not_be_read_is_told(photo: Photo, how: dict[str, float], fault: str) -> None:
    assert page.page_of(photo(**how)).faults == ((fault,) if fault else ())


@pytest.mark.slow
def test_small_and_empty_pages_are_told(paper: Image.Image) -> None:
    assert page.page_of(paper.resize((500, 707))).faults == (SMALL,)
    assert page.page_of(Image.new("RGB", (1654, 2339), "white")).faults == (EMPTY,)


@pytest.mark.slow
def test_turning_and_thumbnails(paper: Image.Image) -> None:
    jpeg = page.page_of(paper.copy()).jpeg
    assert kept(page.turned(jpeg, 1)).size == kept(jpeg).size[::-1]
    small = Image.open(BytesIO(page.thumbnail(jpeg, 96)))
    assert small.format == "PNG"
    assert max(small.size) == 96
