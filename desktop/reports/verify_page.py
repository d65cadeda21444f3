"""The page that checks letters as one HTML file, for whoever holds the paper (`decisions/104`).

Its script is built from `resources/verify-page` (build.mjs); font, icons, the city's keys and its
list stand in it, and its policy allows no network at all.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

from desktop.domain.errors import Refusal
from desktop.reports.web import drawing, environment, faces, icon, policy, strokes
from desktop.settings import resources

_ICONS = (
    "camera", "bulb", "x", "qrcode", "file-text", "keyboard", "file-off", "printer", "wifi-off",
    "shield-check", "clock-exclamation", "school", "replace", "arrow-back-up", "alert-triangle",
    "key", "file-search",
)  # fmt: skip
_TITLE = "بررسی اصالت نامه‌های دفترهای پیشخوان"
# Without scripts, and in a browser too old for them.
_UNABLE = (
    "این مرورگر این صفحه را اجرا نمی‌کند؛ جاوااسکریپت را روشن کنید یا مرورگر تازه‌تری بردارید. بررسی"
    " نامه در نزدیک‌ترین دفتر پیشخوان نیز رایگان است."
)
# A browser that does not know the word lets no WebAssembly in: it reads no picture, and the page
# says so (`decisions/126`).
_READER = "'wasm-unsafe-eval'"


def draw(city: str, keys: bytes, ended: bytes) -> str:
    """The whole file, with the city's file of keys and its list as they were signed.

    Raises Refusal where its script was not built.
    """
    style, script = faces() + _read("page.css"), _built("page.js")
    given = {"keys": _packed(keys), "list": _packed(ended)}
    template = environment().from_string(_read("page.html"))
    return template.render(
        title=_TITLE,
        city=city,
        unable=_UNABLE,
        policy=policy(style, script, _built("drawn.js"), more=_READER),
        style=Markup(style),
        script=Markup(script),
        given=Markup(json.dumps(given)),
        icons=[(name, drawing(name)) for name in _ICONS],
        icon=icon,
        emblem=strokes("art/emblem.svg"),
    )


def _packed(file: bytes) -> str:
    return base64.b64encode(file).decode()


def _folder() -> Path:
    return resources() / "verify-page"


@cache
def _read(name: str) -> str:
    return (_folder() / name).read_text(encoding="utf-8")


@cache
def _built(name: str) -> str:
    """A script as it was built; of `drawn.js`, which the page unpacks, only its hash is told."""
    try:
        return _read(f"built/{name}")
    except FileNotFoundError:
        raise Refusal("صفحهٔ بررسی نامه‌ها با ./run centre verify-page ساخته می‌شود.") from None
