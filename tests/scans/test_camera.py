"""What a camera writes into a picture's file, and what of it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from io import BytesIO

import pytest
from PIL import ExifTags, Image

from desktop.scans.camera import Shot, shot_of

YAZD = {1: "N", 2: (31.0, 53.0, 24.72), 3: "E", 4: (54.0, 23.0, 41.28)}
PLACE = ("31.890200", "54.394800")


def shot(moment: str | None, gps: Mapping[int, object]) -> Shot:
    exif, held = Image.Exif(), BytesIO()
    if moment is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    exif[ExifTags.IFD.GPSInfo] = dict(gps)
    Image.new("RGB", (8, 8)).save(held, "JPEG", exif=exif)
    return shot_of(Image.open(held))


def test_day_hour_and_place_are_read() -> None:
    assert shot("2026:11:24 10:32:08", YAZD) == Shot(date(2026, 11, 24), time(10, 32), PLACE)
    south = shot(None, {**YAZD, 1: "S"})
    assert south == Shot(place=(f"-{PLACE[0]}", PLACE[1]))


@pytest.mark.parametrize("moment", ["0000:00:00 00:00:00", "2026:13:01 10:00:00", "دیروز"])
def test_what_is_no_day_was_not_said(moment: str) -> None:
    assert shot(moment, {}) == Shot()


def test_a_day_without_a_good_hour_is_a_day() -> None:
    assert shot("2026:11:24 25:00:00", {}) == Shot(date(2026, 11, 24))
    assert shot("2026:11:24", {}) == Shot(date(2026, 11, 24))


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (31.0, 53.0, 24.72)},
        {**YAZD, 2: (131.0, 0.0, 0.0)},
        {**YAZD, 2: (31.0, 53.0)},
        {2: YAZD[2], 4: YAZD[4]},
    ],
)
def test_half_a_place_is_none(gps: Mapping[int, object]) -> None:
    assert shot(None, gps).place is None
