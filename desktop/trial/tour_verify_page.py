"""The page that checks letters in a tour, as a browser shows it, on a desk and on a phone.

Its keys, list and letters are the published ones (resources/letter): a demo's own are samples all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.domain.calendar import TEHRAN, parse_jalali
from desktop.domain.errors import Refusal
from desktop.reports.verify_page import draw
from desktop.settings import resources
from desktop.trial.album import Album
from desktop.trial.browser import Browser, NoBrowser, browser
from desktop.ui.palette import Theme

_CITY = "شهرداری یزد"
_DAY = datetime.combine(parse_jalali("14050910"), time(11), TEHRAN)
"""The day of the published keys and list."""
_VECTORS = "letter/vectors/letters.json"
_LETTERS = {
    "start": "",
    "valid": "an answer",
    "replaced": "1405/21/400",
    "void": "1405/21/12",
    "changed": "another name under the signature",
}
"""What is pasted into the page, by the name of its picture: published letters, by their names."""
_SCHEMES = {Theme.LIGHT: "light", Theme.DARK: "dark", Theme.HIGH_CONTRAST: "light"}
"""What the reader's system asks for where the window has that theme."""
SIZES = {"": (1280, 800), "-phone": (390, 844)}
_PASTE = """
const [text] = arguments, { dataset } = document.getElementById("verdict");
return (async () => {
  const until = async (holds) => { while (!holds()) await new Promise(requestAnimationFrame); };
  await until(() => document.body.dataset.ready === "yes");
  if (text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
    await until(() => dataset.verdict !== "none");
  }
  await document.fonts.ready;
  return document.documentElement.scrollHeight;
})();
"""


def play(album: Album) -> Iterator[str]:
    """Its start and a verdict of each kind; a machine without browser or page says so in a line."""
    published = json.loads((resources() / _VECTORS).read_text(encoding="utf-8"))
    letters = {each["name"]: each["text"] for each in published["letters"]}
    keys, ended = (bytes.fromhex(published[name]) for name in ("keys", "list"))
    try:
        text = draw(_CITY, keys, ended)
        with TemporaryDirectory(prefix="pishkhan-tour-") as folder, browser() as opened:
            page = Path(folder) / "page.html"
            page.write_text(text, encoding="utf-8")
            _shoot(opened, page, letters, album)
    # What a machine's browser can't do does not end a tour of the window.
    except (NoBrowser, RuntimeError, Refusal) as fault:
        yield f"no pictures of the page that checks letters: {fault}"
    else:
        yield "letters checked by the page that citizens have"


def _shoot(opened: Browser, page: Path, letters: Mapping[str, str], album: Album) -> None:
    scheme = {"name": "prefers-color-scheme", "value": _SCHEMES[Theme(album.theme)]}
    opened.tell("Emulation.setEmulatedMedia", features=[scheme])
    for form, (wide, high) in SIZES.items():
        for name, letter in _LETTERS.items():
            opened.open(page, _DAY, wide, high)
            whole = opened.run(_PASTE, letters[letter] if letter else "")
            # All of it, however far a reader has to go down.
            opened.resize(wide, max(high, whole))
            album.picture(opened.picture(), f"verify-page-{name}{form}")
