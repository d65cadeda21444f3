"""The tour of other bodies: asked by the expert, waited for at the counter, late, answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.actions import board
from desktop.actions.documents import PaperSource
from desktop.demo.sample_paper import sample_paper
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.case.reply_form import ConsulteeReplyForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.consult_forms import ConsultForm
from desktop.ui.pages.review.page import ReviewPage

_HERITAGE, _FIRE = "میراث فرهنگی استان یزد", "سازمان آتش‌نشانی شهرداری یزد"
_QUESTION = (
    "ملک در محدودهٔ بافت تاریخی است. خواهشمند است اعلام فرمایید ساخت در دو طبقه با نمای آجری با "
    "ضوابط آن اداره مغایرتی دارد یا نه."
)
_EXITS = "آیا راه‌های خروج ساختمان با نقشهٔ پیوست کافی است؟"
_CONDITIONS = "نمای آجری با اندود کاهگل، و ارتفاع حداکثر ۷٫۵۰ متر."
_LATE_DAYS = 24


def play(stage: Stage) -> Iterator[str]:
    """From the question to the reply that lets the case go on."""
    stage.sit(Role.EXPERT)
    case_id = _reviewed(stage)
    stage.go(places.ReviewFile(case_id))
    stage.shoot("decision-with-bodies", case_id)
    for body, question in ((_HERITAGE, _QUESTION), (_FIRE, _EXITS)):
        # The second is asked where the first one's reply is waited for.
        stage.hands.click_button("استعلام")
        stage.hands.settle()
        page = stage.page
        form = page.form if isinstance(page, ReviewPage | MunicipalCasePage) else None
        if not isinstance(form, ConsultForm):
            raise RuntimeError("nobody is asked")
        if body == _HERITAGE:
            stage.hands.press("Ctrl+Enter")
            stage.shoot("consult-faults", case_id)
        answer_all(stage.hands, form.fields, {"consultee": body, "question": question})
        stage.shoot("consult-typed", case_id)
        stage.hands.press("Ctrl+Enter")
    stage.shoot("consulting", case_id)
    yield "two bodies are asked"
    stage.go(places.Consultations())
    stage.shoot("consultations")
    stage.hands.press("F8")
    stage.shoot("consultation-letter")
    stage.hands.press("Ctrl+Enter")
    if stage.printed:
        stage.album.paper(stage.take_print(), "consultation-letter", stage.about(case_id))
    yield "the letter"
    stage.house.office.sync()
    stage.sit(Role.CLERK)
    stage.go(places.Case(case_id))
    stage.shoot("case-consulting", case_id)
    stage.hands.click_button("پاسخ مرجع…")
    stage.shoot("reply-at-counter", case_id)
    stage.hands.press("Esc")
    yield "the counter"
    stage.pass_time(_LATE_DAYS * 24 * 60)
    stage.house.tick()
    stage.sit(Role.SUPERVISOR)
    stage.go(places.Consultations("late"))
    stage.shoot("consultations-late")
    stage.hands.click_button("یادآوری…")
    stage.shoot("reminder")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("reminded")
    yield "one is late, and reminded"
    stage.house.municipality.sync()
    stage.sit(Role.EXPERT)
    page = stage.go(places.MunicipalCase(case_id))
    if not isinstance(page, MunicipalCasePage):
        raise RuntimeError("the case does not show")
    replying = page.work_tab.findChild(ConsulteeReplyForm)
    if replying is None:
        raise RuntimeError("no reply is asked for")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("reply-faults", case_id)
    scan = sample_paper()[1]
    replying.files.add(replying.scan, [PaperSource("پاسخ نمونه.pdf", lambda: scan)])
    stage.hands.settle()
    told = {"kind": "conditional", "number": "۱۴۰۵/م/۹۸", "words": _CONDITIONS}
    told["to_number"] = replying.chosen.numbers[0]
    replying.dated.set_value(stage.window.today() - timedelta(days=1))
    answer_all(stage.hands, replying.fields, told)
    stage.shoot("reply-typed", case_id)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("reply-entered", case_id)
    stage.go(places.Consultations("ended"))
    stage.shoot("consultations-ended")
    yield "a reply"


def _reviewed(stage: Stage) -> str:
    """A case that an expert looks at."""
    rows = board.municipal_queue(stage.window.seat, state=State.IN_REVIEW.value).rows
    if not rows:
        raise RuntimeError("no case is in review")
    return rows[0].case_id
