"""Parts of the home page: the services as large keys, and a form that was left half done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.keys import down, onward
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Grid, Row, clear
from desktop.ui.widgets.lists.rows import ServiceKey

_COLUMNS, _KEYS = 3, 9
_ASKING = 3
OTHERS = ""


@dataclass(frozen=True)
class Offer:
    """A service key: the service's code (`OTHERS` for the rest of them) and what it shows.

    `details` say the same, each in fewer words than the one before.
    """

    code: str
    words: str
    details: tuple[str, ...]
    icon: str
    short: str = ""


def offers(
    services: Sequence[Service], sent_on: Mapping[str, str] | None = None
) -> tuple[Offer, ...]:
    """The first nine services as keys, and where there are more, a last one for the rest.

    `sent_on` tells of which, by code, the citizen is sent to another office, and why.
    """
    elsewhere = sent_on or {}
    made = [
        Offer(
            service.code,
            service.title,
            (elsewhere[service.code],) if service.code in elsewhere else _who_asks(service),
            "map-pin" if service.code in elsewhere else service.icon or "file-text",
            service.short,
        )
        for service in services[:_KEYS]
    ]
    rest = services[_KEYS:]
    if rest:
        words = to_persian_digits(f"خدمت‌های دیگر ({len(rest)})")
        names = [service.short or service.title for service in rest]
        made.append(Offer(OTHERS, words, _fewer(names, len(names), "خدمت‌های دیگر"), "list-details"))
    return tuple(made)


def _who_asks(service: Service) -> tuple[str, ...]:
    """«بانک، دفترخانه، اداره و دیگران»: bodies first, for owners may ask for nearly everything."""
    kinds = sorted(service.applicants, key=lambda kind: not kind.is_body)
    return _fewer([kind.word for kind in kinds], _ASKING, "دیگران")


def _fewer(names: Sequence[str], most: int, rest: str) -> tuple[str, ...]:
    """The first `most` names, one less each time; `rest` stands for those that are left out."""
    whole = "، ".join(names)
    return tuple(
        whole if count == len(names) else f"{'، '.join(names[:count])} و {rest}"
        for count in range(min(most, len(names)), 0, -1)
    )


class ServiceKeys(QWidget):
    """Services three in a row; a digit, an arrow and Enter, or a click opens one.

    `opened` gives the code of the service, `OTHERS` for the rest, which a wide key under them
    holds.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()
        self.keys: list[ServiceKey] = []
        self._grid = Grid(_COLUMNS, gap=12, row_gap=12)
        self.setLayout(self._grid)

    def set_offers(self, made: tuple[Offer, ...]) -> None:
        """Show these; the ones before go, and the focus stays on its digit."""
        if made == self._offers:
            return
        held = next((i for i, key in enumerate(self.keys) if key.hasFocus()), None)
        clear(self._grid)
        self._offers, self.keys = made, []
        for place, offer in enumerate(made, start=1):
            rest = offer.code == OTHERS
            digit = 0 if rest else place
            key = ServiceKey(
                offer.words, offer.details, offer.icon, digit, short=offer.short, slim=rest
            )
            key.clicked.connect(lambda _=False, code=offer.code: self.opened.emit(code))
            self.keys.append(key)
        wide = [_COLUMNS if offer.code == OTHERS else 1 for offer in made]
        self._grid.put(list(zip(self.keys, wide, strict=True)))
        if held is not None:
            self.focus_on(held)

    def focus_on(self, index: int) -> None:
        """Give a key the focus; the last one for an index past the end."""
        if self.keys:
            key = self.keys[min(max(index, 0), len(self.keys) - 1)]
            key.setFocus(Qt.FocusReason.TabFocusReason)

    def press(self, digit: int) -> bool:
        """Open the service with this digit, ۰ the rest; whether there is one."""
        key = next((key for key in self.keys if key.digit() == digit), None)
        if key is not None:
            key.click()
        return key is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from key to key."""
        step = onward(event) + _COLUMNS * down(event)
        here = next((i for i, key in enumerate(self.keys) if key.hasFocus()), None)
        if not step or here is None:
            event.ignore()
        elif 0 <= here + step < len(self.keys) or (step > 0 and self._rest_is_below(here)):
            self.focus_on(here + step)

    def _rest_is_below(self, here: int) -> bool:
        """Down from anywhere in the last full row leads to the wide key under it."""
        last = len(self.keys) - 1
        return self.keys[last].digit() == 0 and last - _COLUMNS <= here < last


class DraftCard(Card):
    """A form left half done: which service, for whom, since when; go on, or delete it."""

    resumed = Signal()
    deleted = Signal()

    def __init__(self, service: str, detail: str) -> None:
        super().__init__(margins=(8, 12, 8, 10))
        resume = Button("ادامه")
        delete = Link("حذف", weight=400)
        resume.setAccessibleName(f"ادامهٔ {service}، {detail}")
        delete.setAccessibleName(f"حذف {service}، {detail}")
        resume.clicked.connect(self.resumed)
        delete.clicked.connect(self.deleted)
        row = Row(gap=10)
        words = Column(gap=0)
        words.addWidget(Label(service, weight=500, wrap=True))
        words.addWidget(Label(detail, "small", "text2", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(delete)
        row.addWidget(resume)
        self.body.addLayout(row)
