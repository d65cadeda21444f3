"""What a picture's file says of its taking: the camera's own day and hour, and where it stood."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, time

from PIL import ExifTags, Image

_MOMENT = re.compile(r"([0-9]{4}):([0-9]{2}):([0-9]{2})(?: ([0-9]{2}):([0-9]{2}))?")
_PLACES = 6
_AXES = (
    (ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "S", 90),
    (ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "W", 180),
)
_MOST = 60


@dataclass(frozen=True)
class Shot:
    """When and where; None where the file does not say so.

    `place` is latitude and longitude in degrees, decimal text.
    """

    day: date | None = None
    hour: time | None = None
    place: tuple[str, str] | None = None


def shot_of(opened: Image.Image) -> Shot:
    """What its Exif (2.32) says; what is no day, no hour or no place counts as not said."""
    exif = opened.getexif()
    told = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    found = _MOMENT.match(told) if isinstance(told, str) else None
    if found is None:
        return Shot(place=_place(exif))
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return Shot(place=_place(exif))
    try:
        hour = time(int(found[4]), int(found[5])) if found[4] else None
    except ValueError:
        hour = None
    return Shot(day, hour, _place(exif))


def _place(exif: Image.Exif) -> tuple[str, str] | None:
    told = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude, longitude = (
        _degrees(told.get(ref), told.get(key), below, most) for ref, key, below, most in _AXES
    )
    return (latitude, longitude) if latitude and longitude else None


def _degrees(ref: object, parts: object, below: str, most: int) -> str:
    """Degrees, minutes and seconds as one number; empty for what is none."""
    if not isinstance(parts, tuple) or len(parts) != 3 or not isinstance(ref, str):
        return ""
    try:
        whole, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return ""
    found = whole + minutes / _MOST + seconds / _MOST**2
    if not math.isfinite(found) or not 0 <= found <= most:
        return ""
    return f"{-found if ref.strip().upper() == below else found:.{_PLACES}f}"
