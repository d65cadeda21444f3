"""A camera at the desk: a recording of a hand with a letter is one, as far as the library goes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy
import pytest
from PIL import Image

from desktop.domain.errors import Refusal
from desktop.scans import lens
from desktop.scans.codes import codes_in_picture
from desktop.scans.lens import Camera
from tests.reports.paper_folder import code_at, pdf_of
from tests.reports.reading import codes_of
from tests.reports.scanning import printed

WIDE, HIGH = 1280, 720
_DESK = (96, 74, 55)
_FRAMES = 3


def held(pdf: bytes, folder: Path) -> Image.Image:
    """The foot of the letter, a little askew, before a camera of usual fineness."""
    page = printed(pdf, folder, 150)
    left, top, side = code_at(page)
    foot = page.crop((left - side // 3, top - side // 3, left + side * 2, top + side * 4 // 3))
    shown = foot.convert("RGB").rotate(5, expand=True, fillcolor=_DESK)
    desk = Image.new("RGB", (WIDE, HIGH), _DESK)
    desk.paste(shown, ((WIDE - shown.width) // 2, (HIGH - shown.height) // 2))
    return desk


def recording(path: Path, *pictures: Image.Image) -> str:
    """What a camera saw, each picture for a few frames."""
    made = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (WIDE, HIGH))
    for picture in pictures:
        for _ in range(_FRAMES):
            made.write(cv2.cvtColor(numpy.asarray(picture), cv2.COLOR_RGB2BGR))
    made.release()
    return str(path)


@pytest.mark.long
def test_a_code_is_read_as_soon_as_it_is_held_before_it(tmp_path: Path) -> None:
    pdf = pdf_of()
    empty = Image.new("RGB", (WIDE, HIGH), _DESK)
    camera = Camera(recording(tmp_path / "desk.avi", empty, held(pdf, tmp_path)))
    looks = [camera.look() for _ in range(2 * _FRAMES)]
    (code,) = codes_of(pdf)
    assert [each.codes for each in looks] == [()] * _FRAMES + [(code,)] * _FRAMES
    assert {(each.width, each.height, len(each.points)) for each in looks} == {
        (WIDE, HIGH, WIDE * HIGH * 3)
    }
    # The picture in which it was read stays, as evidence of the paper.
    assert codes_in_picture(camera.last()) == [code]
    # Pulled out: it gives nothing more.
    with pytest.raises(Refusal, match="تصویری نمی‌دهد"):
        camera.look()
    camera.close()


def test_a_camera_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="باز نمی‌شود"):
        Camera(str(tmp_path / "none.avi"))


def test_the_cameras_of_a_machine_are_those_that_give_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Linux lists them: of each camera one entry for its pictures, one for what it tells of them.
    for name, index in (("video0", "0\n"), ("video1", "1\n"), ("video12", "0\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index").write_text(index)
    monkeypatch.setattr(lens, "_LISTED", tmp_path)
    assert lens.cameras() == [0, 12]
