"""Taking back a version of a service that is still to come."""

from __future__ import annotations

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.domain.stream import Topic
from desktop.ui.pages.acts.signed_form import ReasonForm
from desktop.ui.pages.services.publish import from_day
from desktop.wire.services import ServiceBody, VersionBody


class WithdrawForm(ReasonForm):
    """A version that is still to come is taken back, with a reason and the password."""

    name = "service-withdraw"

    def __init__(self, service: ServiceBody, version: VersionBody) -> None:
        day = from_day(version.day)
        super().__init__(
            f"پس گرفتن «{version.title}»",
            f"نسخه‌ای که از {day} به کار می‌افتاد، هرگز به کار نمی‌افتد.",
            "پس گرفتن",
            "file-off",
        )
        self._code, self._version = service.code, version
        self.subject = f"{service.code}:{version.version}"

    def withdrawing(self, seat: Seat) -> str:
        """Take it back; gives what holds on that day now."""
        access.confirm(seat, str(self.password.value()))
        day, reason = self._version.day, self.reason_text()
        answer = publishing.withdraw(seat, Topic.SERVICE, self._code, day, reason)
        return answer.remains
