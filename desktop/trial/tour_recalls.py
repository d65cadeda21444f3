"""The tour of a letter that does not stand: spoiled, given, doubted, recalled, ended, told of."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.centre.doubt_rows import note_property
from desktop.centre.records.overlay import note_ruling
from desktop.demo.people import PASSWORD
from desktop.domain.identifiers import renewal_code
from desktop.domain.people import Role
from desktop.domain.property import LaidRuling
from desktop.domain.recall import Telling, still_to_tell
from desktop.domain.record_words import FileStatus
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.trial.tour_letters import Letters
from desktop.ui import places
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.municipality.case import MunicipalCasePage

_WHY = "رأی تخریب این ملک پس از صدور نامه قطعی شده است."
_COPY = "بانک و دفترخانه هر دو اصل نسخه را نگه داشته‌اند."


def spoiled(stage: Stage, letters: Letters, case_id: str) -> None:
    """A sheet that came out crumpled, just printed: destroyed, and the same copy again."""
    page = stage.go(places.Letter(case_id))
    if not isinstance(page, LetterPage):
        raise RuntimeError("the letter does not show")
    card = page.panel.print_card
    stage.reveal(card.unreadable)
    stage.hands.click(card.unreadable)
    stage.hands.click(card.bad)
    stage.shoot("letter-unreadable", case_id)
    stage.hands.click(card.lose)
    stage.shoot("letter-spoiled", case_id)
    letters.print_stamped(case_id, letters.answer_of(case_id))


def play(stage: Stage, letters: Letters, case_id: str) -> Iterator[str]:
    """A letter that somebody has, until everybody knows that it is void."""
    code = renewal_code(stage.case(case_id).code)
    ruling = LaidRuling("", "۱۴۰۵/۱۲", FileStatus.DEMOLITION_DUE, 0)
    with stage.house.centre.writing() as session:
        note_ruling(session, code, ruling, stage.window.today())
        note_property(session, code)
    stage.house.tick()
    stage.sit(Role.EXPERT)
    stage.go(places.Recalls())
    stage.shoot("recalls")
    stage.go(places.MunicipalCase(case_id))
    stage.hands.press("Ctrl+Enter")
    stage.shoot("recall-faults", case_id)
    _decide(stage, {"choice": "recall", "reason": _WHY, "password": PASSWORD}, "recall", case_id)
    yield "a letter is recalled"
    stage.sit(Role.MANAGER)
    stage.go(places.Letter(case_id))
    stage.shoot("letter-recalled-by-city", case_id)
    stage.sit(Role.SIGNER)
    stage.go(places.Recalls("recalled"))
    stage.shoot("recalls-second")
    stage.go(places.MunicipalCase(case_id))
    _decide(stage, {"choice": "void", "reason": _WHY, "password": PASSWORD}, "recall-end", case_id)
    yield "another one ends it"
    stage.sit(Role.CLERK)
    page = stage.go(places.Case(case_id))
    if not isinstance(page, CasePage):
        raise RuntimeError("the case does not show")
    stage.shoot("case-void-untold", case_id)
    stage.hands.click_button("چاپ اعلام ابطال نامه…")
    stage.shoot("void-notice", case_id)
    stage.hands.press("Ctrl+Enter")
    if stage.printed:
        stage.album.paper(stage.take_print(), "void-notice", stage.about(case_id))
    stage.hands.press("Esc")
    while still_to_tell(case := stage.case(case_id), case.letters[0]):
        stage.hands.click_button("ثبت تحویل اعلام…")
        if page.form is None:
            raise RuntimeError("nobody is asked who was told")
        answer_all(stage.hands, page.form.fields, {"how": Telling.IN_PERSON.value})
        stage.shoot("void-told", case_id)
        stage.hands.press("Ctrl+Enter")
        _heard(stage)
    yield "everybody is told"


def more_copies(stage: Stage, letters: Letters, case_id: str) -> Iterator[str]:
    """More copies than the office prints by itself: asked, and allowed by the supervisor."""
    stage.sit(Role.MANAGER)
    for _ in range(2):
        letters.print_again(case_id, letters.answer_of(case_id))
    page = stage.go(places.Letter(case_id))
    if not isinstance(page, LetterPage):
        raise RuntimeError("the letter does not show")
    if letters.answer_of(case_id).asked:
        return
    stage.hands.press("F8")
    answer_all(stage.hands, {"reason": page.panel.print_card.reason_field}, {"reason": _COPY})
    stage.shoot("copy-asked", case_id)
    stage.hands.press("Ctrl+Enter")
    _heard(stage)
    stage.sit(Role.SUPERVISOR)
    stage.go(places.Recalls("copies"))
    stage.shoot("copies-asked")
    stage.go(places.MunicipalCase(case_id))
    _decide(stage, {"choice": "yes", "password": PASSWORD}, "copy-answer", case_id)
    yield "one more copy is allowed"


def _decide(stage: Stage, told: dict[str, str], name: str, case_id: str) -> None:
    page = stage.page
    if not isinstance(page, MunicipalCasePage):
        raise RuntimeError("the case does not show")
    form = page.work_tab.findChild(ActForm)
    if not isinstance(form, ActForm):
        raise RuntimeError(f"{name}: nothing is asked")
    answer_all(stage.hands, form.fields, told)
    stage.shoot(f"{name}-typed", case_id)
    stage.hands.press("Ctrl+Enter")
    _heard(stage)
    stage.shoot(f"{name}-done", case_id)


def _heard(stage: Stage) -> None:
    """Office and municipality have heard all there is."""
    stage.house.municipality.sync()
    stage.house.office.sync()
    stage.hands.settle()
