"""Taking back a version of a service that is still to come."""

from __future__ import annotations

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.domain.stream import Topic
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.services.publish import from_day
from desktop.ui.pages.services.reader import NO_PASSWORD, SHORT_REASON
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.wire.assent import SHORTEST_REASON
from desktop.wire.services import ServiceBody, VersionBody


class WithdrawForm(ActForm):
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
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.password = FormField("گذرواژهٔ شما", PasswordLine(), key="password")
        self.add(self.reason, self.password)

    def faults(self) -> Faults:
        """A reason that says nothing, or no password."""
        found: Faults = []
        if len(str(self.reason.value()).strip()) < SHORTEST_REASON:
            found.append(("reason", SHORT_REASON))
        if not self.password.value():
            found.append(("password", NO_PASSWORD))
        return found

    def withdrawing(self, seat: Seat) -> str:
        """Take it back; gives what holds on that day now."""
        access.confirm(seat, str(self.password.value()))
        reason = str(self.reason.value()).strip()
        answer = publishing.withdraw(seat, Topic.SERVICE, self._code, self._version.day, reason)
        return answer.remains
