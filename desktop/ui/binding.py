"""Loads Qt's Python binding without the hook that it puts on every later import."""

from __future__ import annotations

import builtins
from importlib import import_module


def load() -> None:
    """Load PySide6, and leave Python's own `import` in its place.

    The binding replaces it to look in each imported module's source for `__feature__`, a switch of
    names that nobody here turns. At a start it would read 660 files for that, a seventh of the way
    to the home page, and leave their lines in memory: 30 MB. Nothing of Qt may be imported before.
    """
    plain = builtins.__import__
    import_module("PySide6.QtCore")
    builtins.__import__ = plain
