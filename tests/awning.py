"""The sample service «سایه‌بان»: its file, its text as published, and a house that offers it."""

from __future__ import annotations

from desktop.centre.reference import publication
from desktop.domain.known import text_of_rows
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.catalogue import whole_text
from desktop.forms.loader import load
from desktop.premises.open import House
from desktop.settings import resources
from tests.houses import MORNING

FILE = resources() / "service" / "awning.toml"
ROWS = text_of_rows(
    [
        {"cover": "پارچه", "width": "3.20", "depth": "1.10"},
        {"cover": "ورق", "width": "2", "depth": "1.5"},
    ]
)
YEARS = "سه سال"
# 3.52 m² of cloth and 3 m² of sheet metal: 635,360 and 722,250 Rial; three years at 120 %.
YEARLY = 635_360 + 722_250
OWED = 4_887_000


def awning() -> Service:
    """The service of the file."""
    return load(FILE.read_text(encoding="utf-8"), FILE.name)


def offer(house: House) -> None:
    """Put the service into force in the house, from this morning."""
    house.put_in_force([publication(Topic.SERVICE, "awning", MORNING.date(), whole_text(FILE))])
