"""Over a second look: how far the sample of the day is, what was found, why this answer."""

from __future__ import annotations

from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.looks import words
from desktop.ui.palette import Tone
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label, Role
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.progress import ThinBar
from desktop.wire.second_looks import SecondLooksAnswer


class LookHead(Card):
    """One card over the parts; narrow it leaves its second words."""

    def __init__(self) -> None:
        super().__init__(margins=(10, 14, 10, 14))
        self.done = Label("", role="text2")
        self.left = Label("", "small", "text2", left=True)
        self.bar = ThinBar(0.0)
        self.right, self.wrong = Label(""), Label("")
        self.icon = IconLabel("eye-check", 18, "review")
        self.why = Label("", "body", "review", wrap=True, middle=True)
        first = Row(Label("نمونهٔ امروز", weight=700), self.done, gap=8)
        first.addStretch(1)
        first.addWidget(self.left)
        far = Column(gap=6)
        far.addLayout(first)
        far.addWidget(self.bar)
        found = Row(
            IconLabel("circle-check", 16, "ok"),
            self.right,
            IconLabel("arrow-back-up", 16, "refuse"),
            self.wrong,
            gap=6,
        )
        row = Row(gap=20)
        row.addLayout(far, 38)
        row.addLayout(found)
        because = Row(self.icon, gap=8)
        because.addWidget(self.why, 1)
        row.addLayout(because, 40)
        self.body.addLayout(row)
        self.say_why("")

    def tell(self, told: SecondLooksAnswer) -> None:
        """How far it is."""
        self.done.setText(words.progress_words(told))
        self.left.setText(words.left_words(told))
        self.right.setText(to_persian_digits(f"{told.right} درست"))
        self.wrong.setText(to_persian_digits(f"{told.wrong} ایراد"))
        done = told.right + told.wrong
        whole = done + told.due_drawn + told.due_weighed
        self.bar.set_share(done / whole if whole else 1.0)
        self.setAccessibleName(
            f"نمونهٔ امروز: {self.done.words()}، {self.right.words()}، {self.wrong.words()}"
        )

    def say_why(self, why: str, *, risky: bool = False) -> None:
        """Why this answer is looked at; empty while none is."""
        self.why.setText(why)
        tone: Role | Tone = "review" if risky else "text2"
        self.why.set_role(tone)
        self.icon.set_icon("alert-triangle" if risky else "eye-check", tone)
        self.icon.setVisible(bool(why))

    def set_narrow(self, *, narrow: bool) -> None:
        """Narrow: what is left is said by the bar alone."""
        self.left.setVisible(not narrow)
