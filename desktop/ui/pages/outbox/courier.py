"""پیک: an office without a line writes its acts on a stick, and reads what came back on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import courier, waiting
from desktop.actions.courier import CourierFile
from desktop.actions.desk import TakenFile
from desktop.actions.waiting import Backlog
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import choosing, places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.work import EVERYTHING, Changed
from desktop.wire.courier import SUFFIX

_STEPS = (
    "حافظه را وصل کنید و «نوشتن فایل» را بزنید؛ همهٔ کارهایی که مرکز ندارد، رمزشده، در یک فایل "
    "نوشته می‌شود. از این رایانه چیزی کم نمی‌شود.",
    "حافظه و برگهٔ آن را به شهرداری بفرستید. آنجا خوانده می‌شود، رسید چاپ می‌شود و پاسخ روی همان "
    "حافظه نوشته می‌شود.",
    "حافظه را برگردانید و «خواندن پاسخ» را بزنید؛ پاسخ درخواست‌ها و آخرین سوابق شهر در همین رایانه "
    "می‌آید.",
)
_NOTE = (
    "تصویر مدرک‌ها با پیک نمی‌رود و با وصل شدن خط فرستاده می‌شود. اگر در این میان خط وصل شود کاری "
    "نکنید: هیچ کاری دو بار ثبت نمی‌شود."
)
_FOLDER, _FILE = "حافظهٔ پیک", "پاسخ مرکز"
_KIND = f"فایل پیک (*{SUFFIX})"
_SLIP = "برگهٔ پیک"
_WRITTEN = "{} کار در {} نوشته شد."
_READ = "پاسخ مرکز خوانده شد: {} کار ثبت و {} پیام دریافت شد."
_KNOWN = "این پاسخ پیش‌تر خوانده شده است؛ چیزی تازه نبود."
_GAP = "پاسخ دیگری پیش از این یکی است که خوانده نشده؛ نخست آن را بخوانید یا فایل تازه بفرستید."
_MORE = "همهٔ آنچه مرکز دارد در یک فایل جا نشد؛ فایل تازه‌ای بفرستید تا بقیه هم بیاید."
_NOTHING = "کاری در صف نیست؛ فایل فقط برای گرفتن آخرین سوابق شهر ساخته می‌شود."


class CourierPage(PaperPage):
    """Ctrl+Enter writes the file and shows its slip; F8 reads the answer."""

    place: places.Courier

    listens = frozenset({Kind.SYNC, Kind.CASES})
    rail = "outbox"
    tells_line = True

    def __init__(self, shell: Shell, place: places.Courier) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading("پیک", "کارها و پاسخ‌ها با حافظهٔ فلش، وقتی خط نیست"))
        self.pick_folder: Callable[[], Path | None] = partial(choosing.open_folder, self, _FOLDER)
        self.pick_file: Callable[[], Path | None] = partial(choosing.open_file, self, _FILE, _KIND)
        self._waits = Label("", "body", weight=700, wrap=True)
        card = Card(gap=10)
        card.add(self._waits)
        for number, words in enumerate(_STEPS, start=1):
            card.add(Label(to_persian_digits(f"{number}. {words}"), wrap=True))
        card.add(Label(_NOTE, "small", "text2", wrap=True))
        scroller = Scroller(gap=10, margins=(12, 20, 12, 20))
        scroller.add(card)
        content = QWidget()
        content.setLayout(Column(scroller, gap=0))
        self.put(content)
        self.arrange_bar()

    def enter(self) -> None:
        """What waits is counted."""
        self._load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """The line may be back."""
        self._load()

    def take_focus(self) -> None:
        """The page's act."""
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def press(self, key: str) -> bool:
        """F8 reads the answer; Esc leaves the paper."""
        if key == "F8" and not self.on_paper():
            self.read()
            return True
        return super().press(key)

    def _load(self) -> None:
        desk = self.shell.seat.desk
        self.shell.work.run(self, partial(waiting.backlog, desk), self._show)

    def _show(self, backlog: Backlog) -> None:
        words = _NOTHING
        if backlog.acts:
            oldest = backlog.status.oldest
            since = f"؛ نخستین {moment(backlog.now - oldest, backlog.now)}" if oldest else ""
            words = to_persian_digits(f"{backlog.acts} کار در صف است{since}.")
        self._waits.setText(words)

    def arrange_bar(self) -> None:
        """The file, then the answer."""
        if self.bar is None:
            return
        main = Button("نوشتن فایل…", "main", icon="send", keys="Ctrl+Enter")
        main.clicked.connect(self.write)
        read = Button("خواندن پاسخ…", icon="folder-open", keys="F8", tall=True)
        read.clicked.connect(self.read)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        self.bar.arrange(main=main, seconds=[read], quiets=[back])

    @act
    async def write(self) -> None:
        """The file on the stick, then its slip."""
        folder = self.pick_folder()
        if folder is None:
            return
        try:
            writing = partial(courier.hand_over, self.shell.seat, folder)
            handed: CourierFile = await self.acting_on(writing, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        count = to_persian_digits(handed.acts)
        self.shell.tell(_WRITTEN.format(count, isolate(handed.file.name)))
        self.show_paper(OfficePaper(_SLIP, partial(courier.slip, handed)))

    @act
    async def read(self) -> None:
        """The centre's answer from the stick."""
        file = self.pick_file()
        if file is None:
            return
        try:
            reading = partial(courier.take_back, self.shell.seat.desk, file)
            taken: TakenFile = await self.acting_on(reading)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        new = taken.acts or taken.facts
        told = _READ.format(taken.acts, taken.facts) if new else _KNOWN
        if taken.more and new:
            told = f"{told} {_MORE}"
        if taken.gap:
            told = _GAP
        self.shell.tell(to_persian_digits(told))
        self.shell.work.changed.emit(EVERYTHING)
