"""What is decided of a letter in doubt: recalled or not, ended or not, and who was told."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import letters, recalls
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.lawful_paper import NO_COPY_ANSWER
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.recall import Telling
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.acts.signed_form import SHORT_REASON, SignedForm, is_short
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.reasons import Reason, Reasons
from desktop.wire.recalls import RecallBody

_NO_CHOICE = "یکی از دو تصمیم را برگزینید."
_UNTIL = "تا تصمیم نفر دوم اعتبار ندارد."
_IN_HAND = "اصل نامه نزد متقاضی است."
_IN_OFFICE = "نامه هنوز تحویل نشده است."
_UNSTAMPED = "نامه هنوز مهر نشده است؛ با فراخوان آن باطل می‌شود و پاسخ از نو داده می‌شود."


def where_words(held: CaseLetter) -> str:
    """Where its paper is."""
    if held.release is None:
        return _UNSTAMPED
    return _IN_HAND if held.is_out else _IN_OFFICE


def _named(held: CaseLetter) -> str:
    return f"نامهٔ {isolate(to_persian_digits(held.letter.number))}"


class _Deciding(SignedForm):
    """One of two decisions on a letter, its reason and the password; what changed stands above."""

    def __init__(
        self,
        case: Case,
        held: CaseLetter,
        doubt: RecallBody | None,
        heading: str,
        choices: list[tuple[str, str]],
        *,
        told: str = "",
    ) -> None:
        sentence = f"{_named(held)}؛ {where_words(held)}"
        super().__init__(heading, sentence, "ثبت تصمیم", "check")
        self._case, self._held, self._doubt = case, held, doubt
        self.subject = held.letter.letter_id
        if told:
            self.card.add(Label(told, wrap=True))
        if doubt is not None and doubt.changes:
            card = Card("آنچه از صدور نامه تغییر کرده است", flush=True, margins=(9, 14, 0, 14))
            rows = Reasons(heads=False)
            rows.set_reasons(
                [
                    Reason(each.title, each.told, "", "", "failed", "alert-triangle")
                    for each in doubt.changes
                ],
                fold=False,
            )
            card.add(rows)
            self.column.insertWidget(self.column.indexOf(self.card), card)
        self.choice = FormField("تصمیم", Segments(choices), key="choice")
        self.reason = FormField("دلیل", Prose(lines=3, max_length=400), key="reason")
        self.add(self.choice, self.reason)
        self.put_password()

    def faults(self) -> Faults:
        """A decision, a reason that says something, the password."""
        found: Faults = []
        if not self.choice.value():
            found.append(("choice", _NO_CHOICE))
        if is_short(str(self.reason.value())):
            found.append(("reason", SHORT_REASON))
        return found + self.password_fault()

    def _typed(self) -> tuple[str, str, dict[str, str]]:
        """Reason, password, and what was found."""
        found = recalls.found_in(self._doubt)
        return str(self.reason.value()).strip(), str(self.password.value()), found


class DoubtForm(_Deciding):
    """The first person: a letter that something changed about is recalled, or stands."""

    name = "doubt"
    tab = "فراخوان"

    def __init__(self, case: Case, held: CaseLetter, doubt: RecallBody) -> None:
        choices = [("recall", "فراخوان نامه"), ("uphold", "نامه به قوت خود باقی است")]
        super().__init__(case, held, doubt, "تصمیم دربارهٔ نامه", choices)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Decide so."""
        case, letter_id = self._case, self._held.letter.letter_id
        reason, password, found = self._typed()
        act = recalls.recall if self.choice.value() == "recall" else recalls.uphold
        return lambda: act(seat, case, letter_id, reason, found, password)


class RecallEndForm(_Deciding):
    """The second person: a letter that was recalled ends, or holds again."""

    name = "recall-end"
    tab = "تصمیم دربارهٔ فراخوان"

    def __init__(
        self, case: Case, held: CaseLetter, doubt: RecallBody | None, recalled: str
    ) -> None:
        choices = [("void", "ابطال نامه")]
        # What the answer rests on is gone: it can't stand.
        choices += [("uphold", "رفع فراخوان")] if case.recall is not None else []
        super().__init__(case, held, doubt, "نامهٔ فراخوانده", choices, told=recalled)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Decide so."""
        case, letter_id = self._case, self._held.letter.letter_id
        reason, password, found = self._typed()
        if self.choice.value() == "void":
            return lambda: recalls.end(seat, case, letter_id, reason, password)
        return lambda: recalls.uphold(seat, case, letter_id, reason, found, password)


class RecallForm(SignedForm):
    """A letter is recalled for what no record says."""

    name = "recall"
    tab = "فراخوان"

    def __init__(self, case: Case, held: CaseLetter, doubt: RecallBody | None) -> None:
        words = f"{_named(held)}؛ {where_words(held)}"
        if held.release is not None:
            words = f"{words} {_UNTIL}"
        super().__init__("فراخوان نامه", words, "فراخوان نامه", "arrow-back-up")
        self._case, self._held, self._doubt = case, held, doubt
        self.subject = held.letter.letter_id
        self.reason = FormField("دلیل", Prose(lines=3, max_length=400), key="reason")
        self.add(self.reason)
        self.put_password()

    def faults(self) -> Faults:
        """A reason that says something, and the password."""
        short = is_short(str(self.reason.value()))
        return ([("reason", SHORT_REASON)] if short else []) + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Recall it."""
        case, letter_id = self._case, self._held.letter.letter_id
        reason, password = str(self.reason.value()).strip(), str(self.password.value())
        found = recalls.found_in(self._doubt)
        return lambda: recalls.recall(seat, case, letter_id, reason, found, password)


class CopyAnswerForm(SignedForm):
    """پاسخ نسخهٔ دیگر: the supervisor allows one more copy of a letter, or not."""

    name = "copy-answer"
    tab = "نسخهٔ دیگر"

    def __init__(self, case: Case, held: CaseLetter) -> None:
        copies = to_persian_digits(held.on_paper)
        words = f"{_named(held)}؛ {copies} نسخه از آن چاپ شده است."
        super().__init__("نسخهٔ دیگر نامه", words, "ثبت پاسخ", "check")
        self._case, self._held = case, held
        self.subject = held.letter.letter_id
        self.card.add(Label(f"دفتر می‌گوید: {to_persian_digits(held.asked)}", wrap=True))
        choices = [("yes", "یک نسخهٔ دیگر چاپ شود"), ("no", "نسخهٔ دیگر داده نشود")]
        self.choice = FormField("پاسخ", Segments(choices), key="choice")
        line = Prose(lines=2, max_length=400)
        self.comment = FormField("توضیح", line, key="comment", optional=True)
        self.add(self.choice, self.comment)
        self.put_password()

    def faults(self) -> Faults:
        """An answer, why not, the password."""
        found: Faults = []
        if not self.choice.value():
            found.append(("choice", "یکی از دو پاسخ را برگزینید."))
        if self.choice.value() == "no" and not self.comment.value():
            found.append(("comment", NO_COPY_ANSWER))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Answer so."""
        case, letter_id = self._case, self._held.letter.letter_id
        allowed, comment = self.choice.value() == "yes", str(self.comment.value()).strip()
        password = str(self.password.value())
        return lambda: recalls.answer_copy(
            seat, case, letter_id, comment, password, allowed=allowed
        )


class TellVoidForm(ActForm):
    """اعلام ابطال: who was told that a letter is void, and how."""

    name = "tell-void"
    tab = "اعلام ابطال"

    def __init__(
        self, case: Case, held: CaseLetter, untold: tuple[str, ...], *, municipal: bool = False
    ) -> None:
        words = f"{_named(held)} پس از تحویل ابطال شد؛ اصل آن را پس بگیرید."
        super().__init__("اعلام ابطال نامه", words, "ثبت اعلام", "send")
        self._case, self._held, self._municipal = case, held, municipal
        self.subject = held.letter.letter_id
        whom = ListChoice([(name, to_persian_digits(name)) for name in untold])
        whom.set_value(untold[0])
        self.to = FormField("به چه کسی", whom, key="to")
        how = Segments([(each.value, each.word) for each in Telling])
        self.how = FormField("چگونه اعلام شد", how, key="how")
        self.add(self.to, self.how)

    def faults(self) -> Faults:
        """How it was told."""
        return [] if self.how.value() else [("how", "بگویید چگونه اعلام شد.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Keep it."""
        case, letter_id = self._case, self._held.letter.letter_id
        to, how = str(self.to.value()), str(self.how.value())
        if self._municipal:
            return lambda: recalls.tell_void(seat, case, letter_id, to, how)
        return lambda: letters.tell_void(seat, case.case_id, letter_id, to, how)
