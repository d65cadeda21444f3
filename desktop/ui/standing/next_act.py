"""What is done next with a case, and where."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ui.places import OfCase

NEXT_CASE = "پروندهٔ بعدی"


@dataclass(frozen=True)
class NextAct:
    """What somebody does next with a case: words in the list, words and icon on the button.

    `page` is where it is done; None when the next step is somebody else's.
    """

    words: str
    ours: bool
    button: str = NEXT_CASE
    icon: str = "arrow-left"
    page: type[OfCase] | None = None
