"""A page whose acts are done one at a time, however often the key is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.errors import Refusal
from desktop.ui.page import Page, Shell
from desktop.ui.places import Place

_Result = TypeVar("_Result")


class Acting(Page):
    """While an act is under way another press does nothing: no letter is printed twice."""

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._acting = False
        # A bug is told by the window; the page must not stay deaf after it.
        shell.work.bug.connect(self._done)

    @property
    def acting(self) -> bool:
        """Whether an act is under way."""
        return self._acting

    def act(
        self,
        job: Callable[[], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[Refusal], None],
        *,
        line: bool = False,
    ) -> None:
        """Do the job off this thread unless one is under way; then one of the two is called.

        `line` as of `Work.run`.
        """
        if self._acting:
            return
        self._acting = True

        def well(result: _Result) -> None:
            self._done()
            then(result)

        def refused(no: Refusal) -> None:
            self._done()
            failed(no)

        self.shell.work.run(self, job, well, refused, line=line)

    def _done(self) -> None:
        self._acting = False
