"""Letters in a tour: released by the manager, printed, handed over, copied again, voided."""

from __future__ import annotations

from desktop.actions import letters
from desktop.demo.people import PASSWORD
from desktop.domain.case_letters import CaseLetter
from desktop.domain.letter import LetterKind
from desktop.store import letters as store
from desktop.trial.album import Drawn
from desktop.trial.answering import answer_all
from desktop.trial.presses import HANDED
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.checking.page import CheckPage
from desktop.ui.pages.letter.cards import CARD, INTRODUCTION
from desktop.ui.pages.letter.page import LetterPage
from desktop.wire.canon import content_hash

_CARRIER, _CARRIER_ID = "جواد حاتمی", "9990002029"
_DIFFERS = "مالک"
_AGAIN = "نسخهٔ نخست در راه گم شده است."
_VOID = "مساحت عرصه در نامه با سند مطابقت ندارد."


class Letters:
    """Acts on the letter page, at the keyboard; each letter's papers are kept."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def release_and_print(self, case_id: str, held: CaseLetter) -> None:
        """Found by its code, password, F8: stamped and printed in one; the paper is kept with the
        keys that it took. Raises RuntimeError."""
        stage = self._stage
        if not self._find(case_id, held).panel.release.password.hasFocus():
            raise RuntimeError("the password is not where the keys are")
        name = held.letter.kind.value
        stage.hands.type(PASSWORD)
        stage.shoot(f"letter-{name}-password", case_id)
        stage.hands.press("F8")
        presses, typed = stage.hands.presses, stage.hands.typed
        now = self._now(case_id, held)
        if now.release is None or not now.copies:
            raise RuntimeError(f"letter {held.letter.number} was not released and printed")
        stage.shoot(f"letter-{name}-printed", case_id)
        self._keep(case_id, now)
        stage.album.count_keys(presses, typed)

    def stamp_only(self, case_id: str, held: CaseLetter) -> None:
        """«فقط مهر»: released, not printed yet."""
        stage = self._stage
        page = self._open(case_id, held)
        stage.reveal(page.panel.release.password)
        stage.hands.go_to(page.panel.release.password)
        stage.hands.type(PASSWORD)
        stage.hands.click_button("فقط مهر")
        stage.shoot(f"letter-{held.letter.kind.value}-stamped", case_id)

    def print_stamped(self, case_id: str, held: CaseLetter) -> None:
        """F8 on a letter that was stamped before."""
        stage = self._stage
        self._open(case_id, held)
        stage.hands.press("F8")
        stage.shoot(f"letter-{held.letter.kind.value}-printed", case_id)
        self._keep(case_id, self._now(case_id, held))

    def print_again(self, case_id: str, held: CaseLetter) -> None:
        """A second copy, with its reason."""
        stage = self._stage
        page = self._open(case_id, held)
        stage.hands.press("F8")
        stage.reveal(page.panel.print_card.reason)
        stage.hands.go_to(page.panel.print_card.reason)
        stage.hands.type(_AGAIN)
        stage.hands.go_to(page.panel.print_card.password)
        stage.hands.type(PASSWORD)
        stage.shoot("letter-second-copy", case_id)
        stage.hands.press("F8")
        stage.hands.settle()
        self._keep(case_id, self._now(case_id, held))
        stage.shoot("letter-copied", case_id)

    def check(self, case_id: str, held: CaseLetter) -> None:
        """Somebody brings the paper back: its code is read by a scanner."""
        stage = self._stage
        stage.go(places.Check())
        stage.shoot("check-empty")
        stage.hands.type(letters.code_of(stage.house.office.desk, held))
        stage.hands.press("Enter")
        stage.shoot("check-read", case_id)
        page = stage.page
        assert isinstance(page, CheckPage)
        stage.hands.click(page.compare.link)
        assert page.compare.grid is not None
        stage.hands.click(page.compare.grid.ticks[_DIFFERS])
        stage.hands.click_button("ثبت مغایرت")
        stage.shoot("check-differs", case_id)

    def hand_over(self, case_id: str, held: CaseLetter) -> None:
        """Found by its code: to the applicant, or to a body's messenger, with the card seen; the
        keys that it took are kept. Raises RuntimeError."""
        stage = self._stage
        card = self._find(case_id, held).panel.hand
        party = stage.case(case_id).request.party
        body = party.kind.is_body
        fields = {field.key: field for field in card.fields}
        texts = {
            "receiver": _CARRIER if body else "",
            "receiver_id": _CARRIER_ID if body else party.person_id,
            "seen": f"{CARD},{INTRODUCTION if body else f'اصل {party.kind.paper}'}",
            "password": PASSWORD,
        }
        answer_all(stage.hands, fields, texts, stage.hands.enter_to)
        stage.shoot("letter-hand-over", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot_counted(HANDED, case_id)
        if not self._now(case_id, held).handed_to:
            raise RuntimeError(f"letter {held.letter.number} was not handed over")

    def void(self, case_id: str, held: CaseLetter) -> None:
        """Voided with reason and password; the centre decides anew. Raises RuntimeError."""
        stage = self._stage
        page = self._open(case_id, held)
        stage.reveal(page.panel.void_button)
        stage.hands.click(page.panel.void_button)
        fields = {field.key: field for field in page.panel.void_card.fields}
        answers = {"reason": _VOID, "password": PASSWORD, "witness_password": PASSWORD}
        answer_all(stage.hands, fields, answers)
        stage.shoot("letter-void", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("letter-voided", case_id)
        if not self._now(case_id, held).voided:
            raise RuntimeError(f"letter {held.letter.number} was not voided")

    def debt_of(self, case_id: str) -> CaseLetter:
        """The debt letter of a case that owes. Raises LookupError."""
        return _one(self._stage.case(case_id).debt_letter, case_id)

    def answer_of(self, case_id: str) -> CaseLetter:
        """The live answer, positive or negative. Raises LookupError."""
        return _one(self._stage.case(case_id).answer, case_id)

    def _keep(self, case_id: str, held: CaseLetter) -> None:
        """The copy that the printer just got."""
        stage = self._stage
        pdf = stage.take_print()
        with stage.house.office.desk.store.reading() as session:
            kept = store.find(session, content_hash(pdf))
        if kept is None:
            raise RuntimeError(f"letter {held.letter.number} was printed and is not kept")
        drawn = Drawn(held.letter, kept.release, kept.layout, kept.copy)
        name = f"{held.letter.kind.value}-copy-{kept.copy}"
        stage.album.paper(pdf, name, stage.about(case_id), drawn)

    def _find(self, case_id: str, held: CaseLetter) -> LetterPage:
        """From home to the letter by keys alone. Raises RuntimeError where these lead elsewhere."""
        page = self._stage.find(case_id)
        if not isinstance(page, LetterPage) or not self._shows(page, held):
            raise RuntimeError(f"the keys to letter {held.letter.number} lead to {page.place}")
        return page

    @staticmethod
    def _shows(page: LetterPage, held: CaseLetter) -> bool:
        return page.now is not None and page.now.held.letter.letter_id == held.letter.letter_id

    def _open(self, case_id: str, held: CaseLetter) -> LetterPage:
        stage = self._stage
        extra = held.letter.letter_id if held.letter.kind is LetterKind.DEBT else ""
        page = stage.page
        if not isinstance(page, LetterPage) or not self._shows(page, held):
            page = stage.go(places.Letter(case_id, extra))
            stage.hands.settle()
        if not isinstance(page, LetterPage):
            raise RuntimeError("no letter shows")
        return page

    def _now(self, case_id: str, held: CaseLetter) -> CaseLetter:
        letter_id = held.letter.letter_id
        return next(x for x in self._stage.case(case_id).letters if x.letter.letter_id == letter_id)


def _one(held: CaseLetter | None, case_id: str) -> CaseLetter:
    if held is None:
        raise LookupError(f"case {case_id} has no such letter")
    return held
