"""Beside the list: where the offices lie, and the slip as it will be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.nearest import Finder, Whence
from desktop.domain.calendar import format_jalali, format_time
from desktop.domain.city_places import PlaceKind
from desktop.domain.identifiers import phone_words
from desktop.domain.nearest import Near
from desktop.domain.nearest_words import (
    entrance_words,
    office_title,
    opens_words,
    papers_words,
    unusual_days,
    week_words,
)
from desktop.domain.office import within_city
from desktop.domain.persian import to_persian_digits
from desktop.forms.outline import shipped_outline
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import panel_heading
from desktop.ui.widgets.sketch.marks import Legend, Mark
from desktop.ui.widgets.sketch.sketch import Sketch, SketchName, SketchPlace

_AROUND = 1.25
"""So many times as far as the farthest numbered office the sketch looks."""
_LEAST, _MOST = 800.0, 6_000.0
"""It looks so many metres around at the least and at the most."""
_LEGEND = [(Mark.PIN, "شهروند"), (Mark.RING, "دفتر دورتر"), (Mark.DOT, "بسته یا بدون خدمت")]


class NearestSide(QWidget):
    """`chosen` gives the office, by its id, whose mark was clicked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sketch = Sketch("جای دفترها", height=220, counted=False)
        self.sketch.set_outline(shipped_outline())
        self.sketch.chosen.connect(self.chosen)
        self._around = Label("", "small", "text2", elide=True)
        self._legend = Legend()
        self._legend.set_entries(_LEGEND)
        head = Row(gap=8)
        head.addWidget(panel_heading("جای دفترها"))
        head.addWidget(self._around, 1)
        self.slip = Card(margins=(10, 14, 10, 14), gap=2)
        column = Column(gap=8, margins=(12, 16, 12, 16))
        column.addLayout(head)
        column.addWidget(self.sketch)
        column.addWidget(self._legend)
        column.addWidget(Hairline())
        self._slip_heading = panel_heading("برگهٔ نشانی")
        column.addWidget(self._slip_heading)
        column.addWidget(self.slip)
        column.addStretch(1)
        self.setLayout(column)

    def show_places(
        self, finder: Finder, whence: Whence | None, shown: Sequence[Near], found: Sequence[Near]
    ) -> None:
        """The numbered ones round the place, the others that do it too, and those that don't."""
        numbers = {near.card.own_id: at for at, near in enumerate(shown, start=1)}
        doing = {near.card.own_id for near in found if near.until is not None}
        places = []
        for office in finder.offices:
            card = office.card
            if not card.has_place:
                continue
            mark = Mark.RING if card.own_id in doing else Mark.DOT
            number = numbers.get(card.own_id, 0)
            lat, lon = float(card.latitude), float(card.longitude)
            places.append(SketchPlace(card.own_id, lat, lon, mark, number))
        if whence is not None:
            lat, lon = (float(degrees) for degrees in whence.point)
            places.append(SketchPlace("", lat, lon, Mark.PIN))
            farthest = max((near.metres or 0 for near in shown), default=0)
            self.sketch.look_around(lat, lon, min(max(farthest * _AROUND, _LEAST), _MOST))
        else:
            self.sketch.look_at_all()
        self._around.setText(f"پیرامون {whence.words}" if whence else "")
        names = [
            SketchName(place.name, float(place.latitude), float(place.longitude))
            for place in finder.places
            if place.kind is PlaceKind.NEIGHBOURHOOD
        ]
        self.sketch.set_names(names if whence else ())
        self.sketch.set_places(places)

    def show_slip(self, finder: Finder, service: str, near: Near | None) -> None:
        """The slip for the chosen office; nothing while none is."""
        clear(self.slip.body)
        self.slip.setVisible(near is not None)
        self._slip_heading.setVisible(near is not None)
        self.sketch.choose(near.card.own_id if near else "")
        if near is None:
            return
        offered, card = finder.services[service], near.card
        self._say(f"نزدیک‌ترین دفتر برای {offered.title}", weight=700)
        self.slip.add(Hairline())
        self._say(office_title(card), weight=700)
        self._say(to_persian_digits(within_city(card.address)))
        if card.phone:
            self._say(f"تلفن {phone_words(card.phone)}")
        if entrance := entrance_words(card):
            self._say(entrance)
        if opens := opens_words(near):
            self._say(f"باز می‌شود: {opens}", role="pay")
        self._say(week_words(card.hours))
        for words in unusual_days(card.hours, finder.calendar, finder.today):
            self._say(words, role="pay")
        self.slip.add(Hairline())
        self._say("با خود بیاورید", weight=700)
        for words in papers_words(offered):
            self._say(words)
        told = f"{format_jalali(finder.today)}، {format_time(finder.moment)}"
        self._say(told, role="text2")

    def _say(self, words: str, *, weight: int = 400, role: str = "text") -> None:
        self.slip.add(Label(words, "small", role, weight, wrap=True))  # type: ignore[arg-type]
