"""What is typed on «گزارش مشاهده‌ها»: a question to who looked, his answer, a court's order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.actions import readers
from desktop.actions.desk import Seat
from desktop.domain.people import Role
from desktop.domain.persian import clean
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.wire.readings import ReadingBody

_LONGEST = 500
_STAYS = "پرسش و پاسخ در همین سطر می‌ماند."
_NO_ORDER = "شمارهٔ دستور دادگاه را بنویسید."


class LineForm(ActForm):
    """A few words that stay with one line of the log."""

    label: str
    lacking: str

    def __init__(self, line: ReadingBody, heading: str, button: str) -> None:
        super().__init__(heading, "", button, "send")
        self.line = line
        self.subject = f"{line.chain}:{line.seq}"
        prose = Prose(max_length=_LONGEST, lines=2)
        self.words = FormField(
            self.label, prose, key="question", topic="reading-question", hint=_STAYS
        )
        self.add(self.words)

    def faults(self) -> Faults:
        """It says something."""
        return [] if clean(self.words.value()) else [("question", self.lacking)]


class QuestionForm(LineForm):
    """What the manager or the unit asks who looked."""

    name = "reading-question"
    label, lacking = "برای چه کاری این را دید؟", "پرسش را بنویسید."

    def __init__(self, line: ReadingBody) -> None:
        super().__init__(line, "پرسش از کارمند", "فرستادن پرسش")

    def job(self, seat: Seat) -> Callable[[], None]:
        """The centre keeps it with the line."""
        return partial(_asked, seat, self.line, clean(self.words.value()))


class ReplyForm(LineForm):
    """What who looked answers."""

    name = "reading-reply"
    label, lacking = "پاسخ شما", "پاسخ را بنویسید."

    def __init__(self, line: ReadingBody) -> None:
        super().__init__(line, "پاسخ به پرسش", "فرستادن پاسخ")

    def job(self, seat: Seat) -> Callable[[], None]:
        """The centre keeps it with the line."""
        return partial(_replied, seat, self.line, clean(self.words.value()))


def form_of(seat: Seat, line: ReadingBody) -> LineForm | None:
    """The form of the line for who sits here: to ask, to answer, or none."""
    own = line.actor == seat.staff.staff_id
    if own:
        return ReplyForm(line) if line.question and not line.reply else None
    asks = seat.staff.role in (Role.MANAGER, Role.SUPERVISOR)
    return QuestionForm(line) if asks and line.seq and line.actor and not line.question else None


def _asked(seat: Seat, line: ReadingBody, words: str) -> None:
    readers.ask_reader(seat, line, words)


def _replied(seat: Seat, line: ReadingBody, words: str) -> None:
    readers.reply(seat, line, words)


class OrderForm(ActForm):
    """The court's order by which the lines go on paper: it is asked before anything is printed."""

    name = "reading-order"

    def __init__(self) -> None:
        super().__init__(
            "چاپ برای دادگاه",
            "شمارهٔ دستور روی برگ می‌آید و در همین گزارش ثبت می‌شود.",
            "نمایش برگ",
            "printer",
        )
        line = TextLine(max_length=60)
        self.order = FormField("شمارهٔ دستور دادگاه", line, key="order", topic="reading-order")
        self.add(self.order)

    def faults(self) -> Faults:
        """An order has a number."""
        return [] if clean(self.order.value()) else [("order", _NO_ORDER)]

    def number(self) -> str:
        """As it was typed."""
        return clean(self.order.value())
