"""The action bar of the case form: register, leave, and in a narrow window what remains."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop.ui.page import Bar
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.lists.remains import Remains

NO_FEE = "کارمزد هنوز دریافت نشده است؛ با ثبت دوباره، درخواست بدون کارمزد ثبت می‌شود."
NO_PRECHECK = "برای پیش‌بررسی نخست متقاضی و ملک را بنویسید؛ پاسخ سوابق که آمد، F8 آن را چاپ می‌کند."
STILL_READING = "پیوست مدارک هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید."


class FormBar(QObject):
    """Keeps the buttons of a bar; `registered`, `left` and `next_asked` when they are pressed."""

    registered = Signal()
    left = Signal()
    next_asked = Signal()

    def __init__(self, bar: Bar, remains: Remains) -> None:
        super().__init__(bar)
        self._bar, self._remains = bar, remains
        self._narrow = self._warned = False
        self.arrange(narrow=False)

    def arrange(self, *, narrow: bool) -> None:
        """Without the side panel the bar itself says what remains, with its key."""
        self._narrow = narrow
        self.main = Button("ثبت درخواست", "main", keys="Ctrl+Enter")
        self.main.clicked.connect(self.registered)
        away = Button("انصراف", "quiet", keys="Esc", tall=True)
        away.clicked.connect(self.left)
        self._rest = Button("", "quiet", icon="list-details", keys="F7", tall=True)
        self._rest.clicked.connect(self.next_asked)
        seconds = [self._rest] if narrow else []
        self._bar.arrange(main=self.main, quiets=[away], seconds=seconds)
        self.say()

    def say(self) -> None:
        """«۳ مورد مانده», or «آمادهٔ ثبت»."""
        words = self._remains.sentence()
        icon = "list-details" if self._remains.count() else "circle-check"
        self._rest.set_words(words, icon=icon)
        if not self._warned:
            self._bar.say("" if self._narrow else words)

    def warn(self, words: str) -> None:
        """Say this until the form changes."""
        self._warned = bool(words)
        if words:
            self._bar.say(words)

    def to_main(self) -> None:
        """Enter in the last field comes here and stops."""
        self.main.setFocus(Qt.FocusReason.TabFocusReason)
