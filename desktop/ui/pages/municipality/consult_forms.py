"""The unit's acts towards other bodies: ask by letter, remind, take a question back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.actions import consultations
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.consultation import Consultation, Consultee
from desktop.domain.lawful_consultations import NO_QUESTION, NO_REASON
from desktop.domain.persian import fold, to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.reply_form import AskedForm
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose


class ConsultForm(ActForm):
    """استعلام از مرجع: whom, and what; the centre writes the letter and numbers it."""

    name = "consult"
    tab = "استعلام"

    def __init__(self, case: Case, consultees: Sequence[Consultee]) -> None:
        words = "نامهٔ استعلام با شمارهٔ شهرداری نوشته می‌شود و پرونده در انتظار پاسخ می‌ماند."
        super().__init__("استعلام از مرجع", words, "فرستادن استعلام", "send")
        self._case = case
        waits = {fold(each.sent.consultee) for each in case.awaited}
        self._known = tuple(each for each in consultees if fold(each.name) not in waits)
        options = [(each.name, _called(each)) for each in self._known]
        choice = ListChoice(options)
        if options:
            choice.set_value(options[0][0])
        self.consultee = FormField("مرجع", choice, key="consultee")
        self.question = FormField("موضوع استعلام", Prose(lines=4, max_length=1000), key="question")
        self.add(self.consultee, self.question)

    def faults(self) -> Faults:
        """Whom, and what."""
        found: Faults = []
        if not self.consultee.value():
            found.append(("consultee", "مرجعی نمانده است که از آن استعلام شود."))
        if not self.question.value():
            found.append(("question", NO_QUESTION))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Ask."""
        case, name = self._case, str(self.consultee.value())
        question = self.question.value()
        return lambda: consultations.consult(seat, case, name, question)


def _called(consultee: Consultee) -> str:
    """«میراث فرهنگی استان یزد، تا ۱۰ روز کاری»."""
    return to_persian_digits(f"{consultee.name}، تا {consultee.days} روز کاری")


class RemindForm(AskedForm):
    """یادآوری: another letter, with a number and a term of its own."""

    name = "remind"
    tab = "یادآوری"

    def __init__(self, case: Case, asked: tuple[Consultation, ...]) -> None:
        names = to_persian_digits(asked[0].sent.consultee) if len(asked) == 1 else "مرجع"
        words = f"نامهٔ یادآوری به {names} با شماره و مهلت تازه نوشته می‌شود."
        super().__init__(case, asked, "یادآوری به مرجع", words, "فرستادن یادآوری", "send")

    def job(self, seat: Seat) -> Callable[[], None]:
        """Remind."""
        case, asked = self._case, self.chosen
        return lambda: consultations.remind(seat, case, asked)


class DropForm(AskedForm):
    """پس گرفتن استعلام."""

    name = "drop-consultation"
    tab = "پس گرفتن"

    def __init__(self, case: Case, asked: tuple[Consultation, ...]) -> None:
        words = "پاسخی که پس از آن برسد در پرونده اثری ندارد."
        super().__init__(case, asked, "پس گرفتن استعلام", words, "پس گرفتن", "arrow-back-up")
        self.reason = FormField("دلیل", Prose(lines=3), key="reason")
        self.add(self.reason)

    def faults(self) -> Faults:
        """The reason is asked."""
        return [] if self.reason.value() else [("reason", NO_REASON)]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back."""
        case, asked, reason = self._case, self.chosen, self.reason.value()
        return lambda: consultations.drop(seat, case, asked, reason)
