"""A tour's part at «خدمت‌ها»: a service written on screen, signed by two, offered at once."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import intake
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.settings import resources
from desktop.trial.stage import Stage
from desktop.ui.pages.services.frame import ServiceFrame
from desktop.ui.widgets.lists.rows import ListRow

CODE = "awning"
# Mistyped at first: as it should be, and as it was.
_SLIPS = (('kind = "choice"', 'kind = "choise"'), ("most = 300\nrequired", "most = 300\nrequird"))
_SHOTS = ("form", "letters", "examples", "past", "difference")


class Services:
    """The supervisor writes and signs, the expert signs second, the clerk's counter offers it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def write(self) -> None:
        """From the pattern to the first signature, with faults on the way."""
        stage, hands = self._stage, self._stage.hands
        stage.sit(Role.SUPERVISOR)
        hands.choose_from("داده‌های شهر", "خدمت‌ها")
        stage.shoot("service-files")
        hands.press("F2")
        stage.shoot("service-new")
        whole = (resources() / "service" / f"{CODE}.toml").read_text(encoding="utf-8").rstrip()
        typed = whole
        for right, slip in _SLIPS:
            typed = typed.replace(right, slip, 1)
        hands.press("Ctrl+A")
        _typing(typed, hands.type, hands.enter)
        hands.press("Ctrl+1")
        hands.press("F7")
        stage.shoot("service-faults")
        hands.press("Ctrl+Enter")
        hands.press("F1")
        stage.shoot("service-help")
        hands.press("F1")
        self._over("choise", "choice")
        self._over("requird", "required")
        if self._page.text.toPlainText() != whole:
            raise RuntimeError("the text on screen is not what was typed")
        for number, name in enumerate(_SHOTS, start=1):
            hands.press(f"Ctrl+{number}")
            stage.shoot(f"service-{name}")
        hands.press("Ctrl+Enter")
        hands.type(PASSWORD)
        stage.shoot("service-signing")
        hands.press("Ctrl+Enter")
        stage.shoot("service-sent")

    def sign(self) -> None:
        """The expert reads what is different, and signs."""
        stage, hands = self._stage, self._stage.hands
        stage.sit(Role.EXPERT)
        hands.choose("خدمت‌ها")
        rows = [row for row in stage.window.findChildren(ListRow) if row.isVisible()]
        hands.click(rows[0])
        stage.shoot("publication")
        hands.press("Ctrl+Enter")
        hands.type(PASSWORD)
        hands.press("Ctrl+Enter")
        stage.shoot("publication-signed")

    def offered(self) -> Service:
        """The counter offers it from now on. Raises LookupError when it does not."""
        office = self._stage.house.office
        office.sync()
        return intake.services(office.desk)[CODE]

    def _over(self, old: str, new: str) -> None:
        """Find the words as a person does, and type others over them."""
        hands, page = self._stage.hands, self._page
        hands.press("Ctrl+F")
        hands.type(old)
        hands.enter()
        hands.press("Esc")
        if page.text.textCursor().selectedText() != old:
            raise RuntimeError(f"«{old}» is not found")
        _typing(new, hands.type, lambda: hands.press("Enter"))
        hands.settle()

    @property
    def _page(self) -> ServiceFrame:
        page = self._stage.page
        if not isinstance(page, ServiceFrame):
            raise TypeError("no file of a service is open")
        return page


def _typing(words: str, write: Callable[[str], None], enter: Callable[[], None]) -> None:
    first, *rest = words.split("\n")
    write(first)
    for line in rest:
        enter()
        write(line)
