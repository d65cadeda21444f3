"""A camera at the desk: what it sees, and the codes that are held before it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from PIL import Image

from desktop.domain.errors import Refusal
from desktop.scans.codes import codes_in

Source: TypeAlias = int | str
"""A camera by its place among those of the machine, or a recording by its path."""
_WIDE, _HIGH = 1280, 720
_LISTED, _TRIED = Path("/sys/class/video4linux"), 3
_QUALITY = 90
_NO_CAMERA = "این دوربین باز نمی‌شود؛ شاید برنامهٔ دیگری آن را گرفته است."
_NO_PICTURE = "دوربین تصویری نمی‌دهد؛ سیم آن را ببینید یا عکس نامه را باز کنید."


@dataclass(frozen=True)
class Seen:
    """A picture of the camera: its size, three bytes a point (red, green, blue) row by row, and the
    text of each QR in it."""

    width: int
    height: int
    points: bytes
    codes: tuple[str, ...]


def cameras() -> list[Source]:
    """Those of this machine, the first one first; slow where the system lists none."""
    if sys.platform == "linux":
        named = _LISTED.glob("video*/index")
        # Of a camera with several entries only the first gives pictures.
        firsts = [each for each in named if each.read_text(encoding="ascii").strip() == "0"]
        return sorted(int(each.parent.name.removeprefix("video")) for each in firsts)
    import cv2

    found: list[Source] = []
    for number in range(_TRIED):
        capture = cv2.VideoCapture(number)
        if not capture.isOpened():
            break
        capture.release()
        found.append(number)
    return found


class Camera:
    """An open camera; any thread may look, one at a time."""

    def __init__(self, source: Source) -> None:
        """Open it. Raises Refusal where that can't be."""
        # Only here and where cameras are tried: it takes 60 MB that no desk without one need give.
        import cv2

        self._lock = Lock()
        self._capture = cv2.VideoCapture(source)
        self._last = b""
        if not self._capture.isOpened():
            raise Refusal(_NO_CAMERA)
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDE)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HIGH)
        # What waited in its buffer is what was before it a second ago.
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def look(self) -> Seen:
        """What it sees now. Raises Refusal where it gives no picture."""
        import cv2

        with self._lock:
            there, frame = self._capture.read()
        if not there:
            raise Refusal(_NO_PICTURE)
        shown = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        height, width = shown.shape[:2]
        points = shown.tobytes()
        codes = codes_in(Image.frombytes("RGB", (width, height), points).convert("L"))
        if codes:
            self._last = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[
                1
            ].tobytes()
        return Seen(width, height, points, tuple(codes))

    def last(self) -> bytes:
        """The picture in which it saw a code last, as JPEG; empty before."""
        return self._last

    def close(self) -> None:
        """Give it back, once nobody looks."""
        with self._lock:
            self._capture.release()
