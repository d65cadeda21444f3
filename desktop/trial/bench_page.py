"""What the bench measures of the page that checks letters: from a picture to the first verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.domain.errors import Refusal
from desktop.reports.verify_page import draw
from desktop.scans.alike import picture_of
from desktop.scans.pdf import each_of_letter
from desktop.trial.browser import NoBrowser, browser
from desktop.trial.figures import Goal, Line, line
from desktop.trial.scanned import jpeg, photograph

_CITY = "شهرداری یزد"
_DPI = 200
_SIZE = (1280, 800)
_GOAL = Goal(1_000)
# From the moment that the field has the picture to that at which the page shows a verdict.
_WATCH = """
const verdict = document.getElementById("verdict"), picker = document.getElementById("picker");
const given = new Promise((resolve) => {
  picker.addEventListener("change", () => resolve(performance.now()), { capture: true });
});
const told = new Promise((resolve) => {
  new MutationObserver(() => {
    if (verdict.dataset.verdict !== "none") resolve(performance.now());
  }).observe(verdict, { attributes: true });
});
window.taken = Promise.all([given, told]).then(([from, to]) => to - from);
return (async () => {
  while (document.body.dataset.ready !== "yes") await new Promise(requestAnimationFrame);
})();
"""


def page_lines(folder: Path, letter: bytes, keys: bytes, ended: bytes) -> Iterator[Line]:
    """A scan and a photograph of the letter, each the first that a page just opened gets.

    None where the machine has no Chromium, or the page was not built. Raises RuntimeError where
    the page reads no code.
    """
    page = folder / "page.html"
    try:
        page.write_text(draw(_CITY, keys, ended), encoding="utf-8")
        with browser() as opened:
            for name, picture in _pictures(letter):
                (folder / "picture.jpg").write_bytes(picture)
                opened.open(page, datetime.now(UTC), *_SIZE)
                opened.run(_WATCH)
                opened.choose("#picker", folder / "picture.jpg")
                title = f"{name} → its verdict in the citizens' page, just opened"
                yield line(title, opened.run("return taken"), "ms", "none", 0, _GOAL)
    except (NoBrowser, Refusal):
        return


def _pictures(letter: bytes) -> Iterator[tuple[str, bytes]]:
    """As a scanner gives the letter, and a phone that is held over it."""
    png = BytesIO()
    next(iter(each_of_letter(letter, _DPI, picture_of))).save(png, "PNG")
    paper = QImage.fromData(png.getvalue())
    yield f"a scan of {_DPI} dpi", jpeg(paper)
    yield "a 12-megapixel photograph", jpeg(photograph(paper, light=0.8))
