"""A page that goes: what is typed on it is kept, and what can't be is told before it is lost."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.page import Page

_UNKEPT = "{} نوشتهٔ این صفحه هنوز نگه داشته نشده است؛ اگر باز هم آن را ترک کنید از دست می‌رود."
_LOCKED = "{} آنچه نوشته شده هنوز نگه داشته نشده است؛ اگر کس دیگری وارد شود از دست می‌رود."


class Leaving:
    """What the page that goes says of what is typed on it; `tell` tells a refusal over it."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._unkept = ""
        self.left = False
        """Whether something typed is left behind, to be told on the page that comes next."""

    def note_unkept(self, words: str) -> None:
        """Why something could not be kept."""
        self._unkept = words

    def keep(self, page: Page | None) -> bool:
        """Have the page keep what is typed; whether it did, or was told before that it can't."""
        self._unkept = ""
        if page is not None:
            page.leave()
        if self._unkept:
            self.left = False
            self._tell(_UNKEPT.format(self._unkept))
        return not self._unkept

    def locked_words(self) -> str:
        """What is told of it where somebody else may sign in now."""
        return _LOCKED.format(self._unkept)
