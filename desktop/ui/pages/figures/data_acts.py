"""A page on which data of the municipality is changed: weighed at the centre, then signed."""

from __future__ import annotations

from typing import ClassVar

from desktop.domain.errors import Refusal
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.pages.office.acting import OfficeActsPage
from desktop.ui.work import NO_LINE


class DataActsPage(OfficeActsPage):
    """The main key of a `DataForm` first looks with the centre, and signs what was seen then.

    `needs_line` is said, with a full stop, where that can't be for want of a line.
    """

    needs_line: ClassVar[str] = "تغییر این داده‌ها به خط نیاز دارد"

    def begin(self, name: str) -> None:
        """The bar follows what the main key does."""
        super().begin(name)
        if isinstance(self.form, DataForm):
            self.form.turned.connect(self.arrange_bar)

    async def done_by(self, form: SignedForm) -> bool:
        """What was not weighed yet is looked at with the centre; then it is signed."""
        if not isinstance(form, DataForm) or form.weighed is not None:
            return await super().done_by(form)
        try:
            weighed = await self.acting_on(form.weighing(self.shell.seat), line=True)
        except Refusal as no:
            form.refused(Refusal(f"{self.needs_line}.") if no.words == NO_LINE else no)
            return False
        form.tell(weighed)
        self._bring(form, "password")
        return False
