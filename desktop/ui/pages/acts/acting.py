"""A page whose acts are done one at a time, however often the key is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from desktop.domain.errors import Refusal
from desktop.ui.page import Page, Shell
from desktop.ui.places import Place
from desktop.ui.work import Job, Steps

_Acting = TypeVar("_Acting", bound="Acting")
_Result = TypeVar("_Result")
_UNDER_WAY = "این کار در حال انجام است؛ چند لحظه صبر کنید."


def act(steps: Callable[[_Acting], Steps]) -> Callable[[_Acting], None]:
    """Of a method that awaits its job, the act that a button calls: one at a time."""

    @wraps(steps)
    def begin(page: _Acting) -> None:
        page.act(steps(page))

    return begin


class Acting(Page):
    """While an act is under way another press does nothing: no letter is printed twice."""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._acting = False

    @property
    def acting(self) -> bool:
        """Whether an act is under way."""
        return self._acting

    def act(self, steps: Steps) -> None:
        """Go through the steps of an act, unless one is under way."""
        if self._acting:
            steps.close()
        else:
            self.flow(steps)

    def stays(self) -> bool:
        """Whether a form is not put away now: what its act sent can't be called back any more."""
        if self._acting:
            self.shell.toast(_UNDER_WAY)
        return self._acting

    async def look_again(
        self,
        look: Callable[[], _Result],
        show: Callable[[_Result], object],
        failed: Callable[[Refusal], object],
    ) -> None:
        """Look again as part of the act: until it shows, nobody can do it once more."""
        try:
            found = await self.acting_on(look)
        except Refusal as no:
            failed(no)
            return
        show(found)

    async def acting_on(
        self, job: Callable[[], _Result], *, line: bool = False, papers: bool = False
    ) -> _Result:
        """What the job gives; from here until it is done an act is under way.

        `line` and `papers` as of `Work.run`. Raises Refusal.
        """
        asked: Job[_Result] = Job(job, line=line, papers=papers, act=True)
        self._acting = True
        try:
            return await asked
        finally:
            # Also after a bug: the page must not stay deaf.
            self._acting = False
