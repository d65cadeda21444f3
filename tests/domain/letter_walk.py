"""What a random walk does with the letters of a case: stamped, printed, given, ended, recalled."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.recall import Telling, still_to_tell
from desktop.domain.setting import Setting
from tests.domain.walked import TODAY


class LetterRules:
    """The rules of letters, for a walk that knows its case and gives commands."""

    case: Case | None

    def do(
        self, role: Role, payload: c.Payload, setting: Setting | None = None, office: str = ""
    ) -> bool:
        """The command as the centre handles it; whether it was lawful."""
        raise NotImplementedError

    @rule(role=st.sampled_from([Role.CLERK, Role.MANAGER]), which=st.integers(0, 9))
    def letter_acts(self, role: Role, which: int) -> None:
        letters = self.case.letters if self.case else ()
        held = letters[which % len(letters)] if letters else None
        letter_id = held.letter.letter_id if held else "none"
        copy = held.next_copy if held else 1
        for payload in (
            c.ReleaseLetter(letter_id, "a" * 64, 1, "office", TODAY),
            c.PrintLetter(letter_id, copy, "a" * 64, "p", "نسخهٔ دیگر"),
            c.HandOver(letter_id, "مالک", "9994201239", ("کارت ملی",)),
        )[which % 3 :]:
            self.do(role, payload)

    @rule(which=st.integers(0, 9), pages=st.integers(0, 3), allowed=st.booleans())
    def paper_is_lost(self, which: int, pages: int, allowed: bool) -> None:
        letters = self.case.letters if self.case else ()
        held = letters[which % len(letters)] if letters else None
        if held is None or self.case is None:
            return
        letter_id = held.letter.letter_id
        lost = c.SpoilSheet(letter_id, held.copies, pages, "کج چاپ شد")
        if self.do(Role.CLERK, lost):
            now = self.case.letter(letter_id)
            # The same copy once more; and nobody loses one twice.
            assert (now.next_copy, now.on_paper) == (held.copies, held.copies - 1)
            assert not self.do(Role.CLERK, lost)
        # Beyond what the city says an office prints alone, which here is the first.
        if self.do(Role.MANAGER, c.AskCopy(letter_id, "برای بانک")):
            assert not self.do(Role.MANAGER, c.AskCopy(letter_id, "برای بانک"))
            assert self.do(Role.SUPERVISOR, c.AnswerCopy(letter_id, allowed, "دلیل دارد"))
            assert self.case.letter(letter_id).allowed == held.allowed + allowed
        assert not self.do(Role.SUPERVISOR, c.AnswerCopy(letter_id, allowed, "دلیل"))

    @precondition(lambda self: self.case_letters())
    @rule(which=st.integers(0, 9), right=st.booleans())
    def copied_elsewhere(self, which: int, right: bool) -> None:
        assert self.case is not None
        before = self.case.letters[which % len(self.case.letters)]
        party = self.case.request.party
        known = party.person_id or party.carrier_id
        told = c.GiveCopy(before.letter.letter_id, known if right else "4420000000", "بانک", "q")
        # The office of the case prints its own; another one only for who is of the case.
        assert not self.do(Role.MANAGER, told)
        done = self.do(Role.MANAGER, told, office="41")
        after = self.case.letter(before.letter.letter_id)
        assert not done or (right and before.release is not None and before.live)
        assert len(after.given) == len(before.given) + done
        assert after.next_copy == before.next_copy

    def case_letters(self) -> bool:
        return self.case is not None and bool(self.case.letters)

    @precondition(lambda self: self.case_letters())
    @rule()
    def void(self) -> None:
        assert self.case is not None
        live = self.case.answer
        letter_id = live.letter.letter_id if live else self.case.letters[-1].letter.letter_id
        handed = live is not None and bool(live.handed_to)
        done = self.do(Role.MANAGER, c.VoidLetter(letter_id, "اشتباه در متن"))
        # Who has the paper is told by the municipality, which ends it by two of its own.
        assert not (done and handed)

    @precondition(lambda self: self.case_letters())
    @rule(
        first=st.sampled_from([Role.EXPERT, Role.SUPERVISOR]),
        second=st.sampled_from([Role.SIGNER, Role.SUPERVISOR]),
        ends=st.booleans(),
        found=st.booleans(),
    )
    def recalled_by_the_municipality(
        self, first: Role, second: Role, ends: bool, found: bool
    ) -> None:
        before = self.case
        assert before is not None
        held = before.answer or before.letters[-1]
        letter_id = held.letter.letter_id
        changed = {"hold": "active"} if found else {}
        assert not self.do(second, c.VoidRecalled(letter_id, "زودتر از نفر اول"))
        if not self.do(first, c.RecallLetter(letter_id, "توقیف تازه", changed)):
            return
        assert self.case is not None
        if held.release is None:
            assert self.case.answer is None
            return
        assert self.case.recalled
        # Once, and never by the one who did it.
        assert not self.do(first, c.RecallLetter(letter_id, "بار دوم", changed))
        assert not self.do(first, c.VoidRecalled(letter_id, "خودم"))
        act: c.CasePayload = c.VoidRecalled(letter_id, "نادرست")
        if not ends:
            act = c.UpholdLetter(letter_id, "درست است", changed)
        if first is second:
            assert not self.do(second, act)
            second = Role.SIGNER
        assert self.do(second, act)
        assert self.case.recall is None
        after = self.case.letter(letter_id)
        assert bool(after.voided) is ends
        for to in still_to_tell(self.case, after):
            assert self.do(Role.CLERK, c.TellVoid(letter_id, to, Telling.POST))
            assert not self.do(Role.CLERK, c.TellVoid(letter_id, to, Telling.POST))
        assert not still_to_tell(self.case, self.case.letter(letter_id))

    @precondition(lambda self: self.case_letters())
    @rule(role=st.sampled_from([Role.EXPERT, Role.SUPERVISOR]))
    def a_change_ends_no_letter(self, role: Role) -> None:
        before = self.case
        assert before is not None
        letter_id = before.letters[-1].letter.letter_id
        self.do(role, c.UpholdLetter(letter_id, "مالک خود اوست", {"standing": "not-owner"}))
        assert self.case is not None
        assert (self.case.state, self.case.letters) == (before.state, before.letters)
