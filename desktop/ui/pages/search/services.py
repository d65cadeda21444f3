"""All services by their groups, found as one types a part of their names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desktop.actions import intake
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.page import Kind, Shell
from desktop.ui.pages.form.linked import open_again
from desktop.ui.pages.search import parts
from desktop.ui.pages.search.found_list import FindingPage
from desktop.ui.places import Place
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_FAMILIES = {
    "property": "پاسخ‌ها و گواهی‌های ملک",
    "building": "ساخت و بنا",
    "street": "معبر و حفاری",
    "utility": "انشعاب‌ها",
}


class ServicesPage(FindingPage):
    """Where F2 and ۰ lead: a few letters and Enter open any service.

    With a case in its place the form is filled for the same applicant and property.
    """

    place: places.Services

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "new"

    def __init__(self, shell: Shell, place: places.Services) -> None:
        super().__init__(shell, place, "همهٔ خدمت‌ها", "نام خدمت، مانند داربست یا تمدید")
        self._services: dict[str, Service] = {}
        self._sent_on: dict[str, str] = {}
        self.box.set_value(place.typed)

    def enter(self) -> None:
        """The cursor stands in the box; the services come from the desk."""
        self.box.setFocus()
        self._load()

    def refresh(self, changed: Changed) -> None:
        """What the counter offers may be another now."""
        self._load()

    def _load(self) -> None:
        seat = self.shell.seat

        def job() -> tuple[dict[str, Service], dict[str, str]]:
            return intake.services(seat.desk), intake.sent_on(seat.desk, seat.staff)

        self.shell.work.run(self, job, self._offer)

    def press(self, key: str) -> bool:
        """F8 leads to the papers that the chosen service asks for."""
        chosen = self.found.chosen()
        if key == "F8" and chosen is not None:
            self.shell.go(places.Checklist(_service_of(chosen.place)))
            return True
        return super().press(key)

    def open_place(self, place: Place) -> None:
        """The form, empty, or filled with the applicant and property of the case in the place."""
        if not self.place.like_case:
            super().open_place(place)
            return
        self.act(self._open_like(self.place.like_case, _service_of(place)))

    async def _open_like(self, case_id: str, service: str) -> None:
        again = partial(open_again, self.shell.seat, case_id, service)
        self.shell.go(await self.acting_on(again, line=True))

    def typed(self) -> None:
        """The services whose names hold what was typed, the first chosen."""
        self.place = replace(self.place, typed=self.box.value())
        self._show(None)

    def _offer(self, told: tuple[dict[str, Service], dict[str, str]]) -> None:
        self._services, self._sent_on = told
        held = self.found.chosen()
        self._show(held.place if held else None)

    def _show(self, chosen: Place | None) -> None:
        self.found.empty()
        shown = parts.service_lines(self._services, self.box.value(), self._sent_on)
        for family, heading in _FAMILIES.items():
            inside = [s for s in shown if self._services[_service_of(s.place)].family == family]
            count = to_persian_digits(f"{len(inside)} خدمت")
            self.found.group(heading, inside, count)
        if self._services and not shown:
            advice = "نام را کوتاه‌تر بنویسید؛ با Esc همهٔ خدمت‌ها می‌آید."
            self.found.tell(EmptyState("خدمتی با این نام نیست", advice, icon="file-search"))
        self.box.setAccessibleDescription(self.found.choose_place(chosen))


def _service_of(place: Place) -> str:
    """Every line of this page leads to a form."""
    assert isinstance(place, places.Form)
    return place.service
