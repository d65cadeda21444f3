"""What our pages for a browser are made of: one file each, that reads nothing outside itself."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from desktop.settings import resources

_WEIGHTS = {400: "Vazirmatn-Regular.ttf", 700: "Vazirmatn-Bold.ttf"}


def environment() -> Environment:
    """What fills the pages in: all that is not markup by its kind is escaped."""
    return Environment(autoescape=True, undefined=StrictUndefined)


def policy(style: str, *scripts: str, more: str = "") -> str:
    """What a page may do: its own style and scripts, by their hashes, and what it carries; `more`
    stands with the scripts' hashes."""
    allowed = " ".join(filter(None, (*map(_hash, scripts), more)))
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def faces() -> str:
    """The typeface, in the style itself."""
    return "".join(
        f"@font-face{{font-family:Vazirmatn;font-weight:{weight};font-display:block;"
        f"src:url(data:font/ttf;base64,{_font(name)})}}\n"
        for weight, name in _WEIGHTS.items()
    )


def _font(name: str) -> str:
    return base64.b64encode((resources() / "fonts" / name).read_bytes()).decode()


def drawing(name: str) -> Markup:
    """The strokes of an icon."""
    return strokes(f"icons/{name}.svg")


@cache
def strokes(place: str) -> Markup:
    """The strokes of a drawing among the resources."""
    text = (resources() / place).read_text(encoding="utf-8")
    return Markup("".join(re.findall(r"<path [^>]*/>", text)))


def icon(name: str) -> Markup:
    """An icon whose strokes the page has as a symbol."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)
