"""Starts the program as its command does, signs in, and prints what it saw as one JSON object."""

from __future__ import annotations

import builtins
import json
import linecache
import sys
import time
from functools import partial

from desktop.__main__ import program

run = program()

from PySide6.QtCore import QTimer  # noqa: E402

from desktop.ui.window import Window  # noqa: E402

HEAVY = (
    "sqlalchemy",
    "desktop.domain.facts",
    "desktop.domain.commands",
    "alembic",
    "pydantic",
    "cryptography",
    "argon2",
    "reportlab",
    "psycopg",
    "PIL",
)
# What draws and reads paper: nobody needs it to see the first page.
PAPER = ("reportlab", "pypdfium2")


def main() -> int:
    """The program's exit code; with `early` the person signs in before the desks are open.

    It ends when the desk has heard from the centre.
    """
    begun = time.monotonic()
    told: dict[str, object] = {}
    timer = QTimer()

    def painted(window: Window) -> None:
        told["heavy"] = sorted(name for name in HEAVY if name in sys.modules)
        told["painted"] = time.monotonic() - begun
        told["prepared"] = told["asked"] = False
        told["focus"] = window.sign_in.name.control.hasFocus()
        if "early" in sys.argv:
            told["asked"] = True
            window.sign_in.name.set_value("زهرا فلاح")
            window.sign_in.password.set_value("نمونه")
            window.sign_in.go()
        timer.timeout.connect(partial(look, window))
        timer.start(5)

    def look(window: Window) -> None:
        if "آماده‌سازی" in window.sign_in.progress.words.text():
            told["prepared"] = True
        if window.page is not None:
            if "page" not in told:
                told["page"] = type(window.page).__name__
                told["home"] = time.monotonic() - begun
                told["paper"] = [name for name in PAPER if name in sys.modules]
                told["centre"] = "desktop.centre.context" in sys.modules
                told["hooked"] = "feature" in repr(builtins.__import__)
                told["sources"] = sum(not name.startswith("<") for name in linecache.cache)
            if window.desk.sync_status().state == "connected":
                told["connected"] = True
                timer.stop()
                window.close()
        elif window.is_open and not told["asked"]:
            told["asked"] = True
            told["rows"] = window.sign_in.isVisible()
            window.sign_in.choose("زهرا فلاح")
            window.sign_in.go()

    code = run(painted)
    sys.stdout.write(json.dumps(told))
    return code


if __name__ == "__main__":
    sys.exit(main())
