"""All keys of the window on one page (Ctrl+/)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.page import Heading, Page, Shell
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Grid, Row
from desktop.ui.widgets.told.keycap import KeyCaps

_GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "جابه‌جایی": (
        ("F2", "درخواست جدید؛ سپس شمارهٔ خدمت"),
        ("F3", "جست‌وجو"),
        ("F4", "کارتابل"),
        ("F6", "پیگیری ناظر؛ در فرم دفتر نمونه، نمونهٔ بعدی"),
        ("F10", "صندوق روز"),
        ("Ctrl+K", "جعبهٔ فرمان: کار، خدمت، پرونده، شخص، راهنما"),
        ("Ctrl+↓", "در جعبهٔ فرمان، گروه بعد"),
        ("Ctrl+Tab", "بخش بعدی پرونده؛ با Shift بخش پیش"),
        ("Esc", "بازگشت به صفحهٔ پیش"),
    ),
    "کار": (
        ("Ctrl+Enter", "دکمهٔ اصلی صفحه"),
        ("F7", "کمبود بعدی؛ یا خلاصهٔ کنار صفحه"),
        ("F8", "چاپ"),
        ("Shift+F8", "خروجی اکسل"),
        ("F9", "پیش‌نمایش"),
        ("F12", "دریافت کارمزد، ثبت پرداخت"),
        ("F5", "تازه‌سازی و همگام‌سازی"),
    ),
    "فرم": (
        ("Enter", "قلم بعدی"),
        ("Shift+Enter", "قلم قبلی"),
        ("Alt+↓", "باز کردن فهرست یا تقویم"),
        ("+", "روز بعد در تاریخ؛ با «−» روز پیش"),
        ("=", "امروز در تاریخ"),
        ("Shift+فاصله", "نیم‌فاصله"),
        ("Ctrl+Z", "بازگردانی آخرین تغییر فرم"),
        ("Ctrl+Y", "انجام دوباره"),
    ),
    "راهنما": (
        ("F1", "راهنمای صفحه یا قلمی که در آن هستید"),
        ("Ctrl+F1", "جست‌وجو در راهنما"),
        ("Ctrl+F6", "جابه‌جایی میان صفحه و راهنما"),
        ("Alt+→", "راهنمای پیش"),
    ),
    "پروندهٔ خدمت": (
        ("F7", "ایراد یا هشدار بعدی"),
        ("F9", "آزمودن نمونه‌ها"),
        ("F1", "راهنمای کلیدی که مکان‌نما روی آن است؛ راهنمای صفحه با Ctrl+F1"),
        ("Ctrl+F6", "جابه‌جایی میان متن و فرم"),
        ("Ctrl+1", "فرم؛ با ۲ تا ۵ بخش‌های دیگر"),
        ("Ctrl+F", "یافتن در متن"),
    ),
    "نما و قفل": (
        ("Ctrl+L", "قفل"),
        ("Ctrl+=", "بزرگ‌تر"),
        ("Ctrl+-", "کوچک‌تر"),
        ("Ctrl+0", "اندازهٔ معمول"),
        ("Ctrl+/", "همین فهرست"),
    ),
}


class KeysPage(Page):
    """Read and left again with Esc."""

    listens = frozenset()
    rail = ""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._cards = [_card(heading, lines) for heading, lines in _GROUPS.items()]
        scroller = Scroller(margins=(14, 20, 14, 20))
        grid = Grid(2, gap=12, row_gap=12)
        grid.put([(card, 1) for card in self._cards])
        scroller.content.addLayout(grid)
        self.setLayout(Column(scroller, gap=0))
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(shell.back)
        assert self.bar is not None
        self.bar.arrange(quiets=[back])
        self.set_heading(Heading("همهٔ میانبرها"))

    def enter(self) -> None:
        """Nothing is typed here."""
        self.setFocus()


def _card(heading: str, lines: tuple[tuple[str, str], ...]) -> QWidget:
    card = Card(heading)
    for keys, words in lines:
        row = Row(gap=10)
        row.addWidget(Label(words, wrap=True, middle=True), 1)
        row.addWidget(KeyCaps(keys, "text"))
        card.body.addLayout(row)
    return card
