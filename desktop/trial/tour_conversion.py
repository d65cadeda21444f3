"""The tour of a conversion: a path half gone, what it lacks, a paper, and the minutes to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.domain.calendar import iso_jalali
from desktop.domain.conversion import ConversionStep
from desktop.trial.stage import MORNING, Stage
from desktop.ui import places
from desktop.ui.pages.conversion.forms import MinutesForm
from desktop.ui.pages.conversion.page import ConversionPage

_AHEAD = timedelta(days=11)
_ACT = "به استناد مصوبهٔ شمارهٔ ۲۰۸ مورخ ۱۴۰۴/۰۹/۳۰ شورای اسلامی شهر یزد"


def convert(stage: Stage, office: str) -> Iterator[str]:
    """The path of the office, by its id, as far as it is gone."""
    hands = stage.hands
    page = stage.go(places.Conversion(office))
    assert isinstance(page, ConversionPage)
    stage.shoot("conversion")
    hands.press("Ctrl+Enter")
    stage.shoot("conversion-faults")
    form = page.signing
    assert isinstance(form, MinutesForm)
    for key, words in (
        ("day", iso_jalali(MORNING.date() + _AHEAD)),
        ("code", "52"),
        ("authority", _ACT),
    ):
        hands.go_to(form.fields[key].control)
        hands.press("Ctrl+A")
        hands.type(words)
    stage.shoot("conversion-day")
    hands.press("F9")
    stage.shoot_paper("conversion-proof")
    hands.press("Esc")
    yield "how far a conversion is"
    page.jump_to(ConversionStep.LICENCE.value)
    hands.enter()
    stage.shoot("conversion-paper")
    hands.press("Esc")
    yield "a paper of the path"
