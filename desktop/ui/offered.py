"""What can be done here and now: acts of the page, places of the rail, keys of the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.persian import to_persian_digits
from desktop.ui.page import Page
from desktop.ui.places import Place
from desktop.ui.roles import RailEntry
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.password import PasswordLine

_GONE = "«{}» دیگر در این صفحه نیست."


@dataclass(frozen=True)
class Offered:
    """An act: its words, what it is done to, its icon and key, and how it is done."""

    words: str
    about: str
    icon: str
    keys: str
    do: Callable[[], object]


def page_acts(page: Page) -> list[Offered]:
    """The acts of the action bar, the main one first, then the page's buttons that have a key.

    Where the page asks for a password the weighty ones only go to it: what stamps, voids or hands
    over is done there, by who has read what stands beside it.
    """
    about = "، ".join(part for part in (page.heading.title, page.heading.second) if part)
    return [
        Offered(
            b.text(), about, b.icon_name() or "chevron-left", b.keys(),
            partial(_press, page, b, b.text(), page_buttons),
        )
        for b in page_buttons(page)
    ]  # fmt: skip


def page_buttons(page: Page) -> list[Button]:
    """The buttons of these acts."""
    bar = _shown(page.bar)
    main = page.bar.main if page.bar is not None else None
    first = [button for button in bar if button is main]
    rest = [button for button in bar if button is not main and button.kind() != "quiet"]
    quiet = [button for button in bar if button.kind() == "quiet"]
    inside = [b for b in (*_shown(page), *_shown(page.side)) if b.keys()]
    return [b for b in dict.fromkeys((*first, *rest, *inside, *quiet)) if b.text()]


def inner_acts(page: Page) -> list[Offered]:
    """What else can be pressed on the page and beside it: links, and buttons without a key.

    Where several say the same, as in rows, each by its full name.
    """
    about = page.heading.title
    pressed = _inner(page)
    said = Counter(each.text() for each in pressed)
    return [
        Offered(
            each.text() if said[each.text()] == 1 else each.accessibleName(),
            about,
            (each.icon_name() if isinstance(each, Button) else "") or "chevron-left",
            "",
            partial(_press, page, each, each.accessibleName(), _inner),
        )
        for each in pressed
    ]


def _inner(page: Page) -> list[Button | Link]:
    bar = {*_shown(page.bar)}
    found: dict[Button | Link, None] = {}
    for root in (page, page.side):
        if root is not None:
            found |= dict.fromkeys(each for each in root.findChildren(Button) if not each.keys())
            found |= dict.fromkeys(root.findChildren(Link))
    return [each for each in found if each.isVisible() and each.text() and each not in bar]


def rail_acts(
    pages: Iterable[RailEntry], counts: Mapping[str, int], go: Callable[[Place], object]
) -> list[Offered]:
    """The pages that the rail leads to, with how many wait there."""
    return [
        Offered(
            page.words, _waiting(counts.get(page.name, 0)), page.icon, page.keys,
            partial(go, page.place),
        )
        for page in pages
    ]  # fmt: skip


def _waiting(count: int) -> str:
    return to_persian_digits(f"{count} مورد با شماست") if count else ""


def _shown(root: QWidget | None) -> list[Button]:
    if root is None:
        return []
    return [button for button in root.findChildren(Button) if button.isVisible()]


def _press(
    page: Page,
    button: Button | Link,
    words: str,
    among: Callable[[Page], Sequence[Button | Link]],
) -> None:
    """Press it, or the one that stands in its place since the page was arranged anew."""
    live: Button | Link | None = button
    if not (isValid(button) and button.isVisible()):
        now = among(page) if isValid(page) else ()
        live = next((each for each in now if words in (each.text(), each.accessibleName())), None)
    if live is None:
        page.shell.toast(_GONE.format(words))
    elif among is page_buttons and isinstance(live, Button):
        _go_through(page, live)
    else:
        live.click()


def _go_through(page: Page, button: Button) -> None:
    asked = None if button.kind() == "quiet" else next(_passwords(page), None)
    if asked is None:
        button.click()
        return
    # Where there is no room for the panel that holds it, the key itself has the focus.
    goal = asked if asked.isVisible() else button
    goal.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _passwords(page: Page) -> Iterator[PasswordLine]:
    for root in (page, page.side):
        if root is not None:
            yield from (line for line in root.findChildren(PasswordLine) if line.isVisibleTo(root))
