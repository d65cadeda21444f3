"""The pages of a tour that no single request leads through: queue, case, search, a cut line."""

from __future__ import annotations

from pathlib import Path

from desktop.actions import documents
from desktop.demo.wanted_cases import WantedCase
from desktop.domain.service import Service
from desktop.trial import scanned
from desktop.trial.album import About
from desktop.trial.answering import answer_all
from desktop.trial.form_filling import FormFilling
from desktop.trial.stage import SIZE, Stage
from desktop.ui import places
from desktop.ui.pages.case.counter_acts import LackForm, MoveForm, WithdrawForm
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.tabs import (
    DOCUMENTS,
    EVENTS,
    FORM_TAB,
    LETTERS_TAB,
    PAYMENTS,
    WHY_TAB,
)
from desktop.ui.pages.form.page import CaseForm

_TABS = {
    EVENTS: "events",
    FORM_TAB: "form",
    DOCUMENTS: "documents",
    LETTERS_TAB: "letters",
    PAYMENTS: "payments",
    WHY_TAB: "why",
}
_WIDE = (1920, 1080)


class Pages:
    """Looks at pages, and does on the case page what is done there."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def queue(self, name: str) -> None:
        """F4, and a few rows down."""
        self._stage.hands.press("F4")
        self._stage.hands.press("Down")
        self._stage.hands.press("Down")
        self._stage.shoot(name)

    def case(self, case_id: str) -> None:
        """Every tab of a case."""
        page = self._open(case_id)
        for part, name in _TABS.items():
            page.tabs.open(part)
            self._stage.shoot(f"case-{name}", case_id)
            if part == DOCUMENTS:
                self._look_at_papers(page, case_id)

    def _look_at_papers(self, page: CasePage, case_id: str) -> None:
        """The first document that has a file, large."""
        held = next((d for d in self._stage.case(case_id).request.documents if d.file), None)
        if held is None:
            return
        page.tabs.document.emit(held)
        self._stage.shoot("case-paper", case_id)
        self._stage.hands.press("Esc")

    def lack(self, case_id: str) -> None:
        """A missing document is told; its notice is printed."""
        stage, page = self._stage, self._open(case_id)
        page.tabs.open(DOCUMENTS)
        stage.hands.settle()
        stage.hands.choose("اعلام نقص مدارک")
        if not isinstance(page.form, LackForm):
            raise RuntimeError("no lack of documents is asked")
        for row in page.form.rows[:2]:
            stage.hands.go_to(row.tick)
            stage.hands.space()
        stage.shoot("lack-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("deficiency-shown", case_id)
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), "deficiency", stage.about(case_id))
        stage.hands.press("Esc")
        stage.shoot("case-returned", case_id)

    def commission(self, name: str, case_id: str) -> None:
        """The paper of a referral or of its ruling, shown and printed."""
        stage = self._stage
        self._open(case_id)
        stage.hands.press("F8")
        stage.shoot(f"{name}-shown", case_id)
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), name, stage.about(case_id))
        stage.hands.press("Esc")

    def amend(self, case_id: str) -> None:
        """A returned case is put right: the mobile, and the documents that lacked."""
        stage, page = self._stage, self._open(case_id)
        stage.hands.press("Ctrl+Enter")
        form = page.form
        if form is None:
            raise RuntimeError("no amendment is asked")
        for row in getattr(form, "rows", {}).values():
            if not row.seen.value():
                stage.hands.go_to(row.seen)
                stage.hands.space()
        answer_all(stage.hands, form.fields, {"party.mobile": "09131112233"})
        stage.shoot("amend-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("case-amended", case_id)

    def move(self, case_id: str) -> None:
        """Another half-day for a visit."""
        stage, page = self._stage, self._open(case_id)
        stage.hands.click_button("جابه‌جایی نوبت")
        if not isinstance(page.form, MoveForm):
            raise RuntimeError("no other half-day is asked")
        # The third half-day stands on another day.
        stage.hands.press("3")
        answer_all(stage.hands, page.form.fields, {"reason": "متقاضی در آن روز در شهر نیست."})
        stage.shoot("move-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("case-moved", case_id)

    def withdraw(self, case_id: str) -> None:
        """The applicant withdraws."""
        stage, page = self._stage, self._open(case_id)
        page.tabs.open(FORM_TAB)
        stage.hands.settle()
        stage.hands.choose("انصراف متقاضی")
        if not isinstance(page.form, WithdrawForm):
            raise RuntimeError("no withdrawal is asked")
        answer_all(stage.hands, page.form.fields, {"reason": "ملک فروخته شد."})
        stage.shoot("withdraw-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("case-withdrawn", case_id)

    def commands(self, name: str) -> None:
        """Ctrl+K: empty, with a word, with a name, with nothing found."""
        stage = self._stage
        stage.hands.press("Ctrl+K")
        stage.shoot("commands-empty")
        for picture, typed in (("word", "کار"), ("name", name), ("nothing", "ناصرالدین")):
            stage.hands.type(typed)
            stage.shoot(f"commands-{picture}")
            stage.hands.press("Esc")
        stage.hands.press("Esc")

    def help(self, service: Service) -> None:
        """F1: a page without focus, a field with a mistake in it, a search."""
        stage = self._stage
        stage.hands.press("F1")
        self._help_follows("help-page")
        page = self._with_wrong_id(service)
        self._help_of(page, "party.person_id", "help-field")
        self._help_of(page, "report_date", "help-date")
        stage.hands.press("Ctrl+F1")
        stage.hands.type("کد نوسازی")
        stage.shoot("help-search")
        stage.hands.press("F1")
        stage.hands.press("Esc")

    def _with_wrong_id(self, service: Service) -> CaseForm:
        """A form of the service with a national id that nobody has."""
        stage = self._stage
        stage.new_form(service)
        page = stage.page
        if not isinstance(page, CaseForm) or page.body is None:
            raise RuntimeError("no form opened")
        page.jump("party.person_id")
        stage.hands.type("1111111111")
        stage.hands.enter()
        return page

    def _help_of(self, page: CaseForm, key: str, name: str) -> None:
        """The help of a field; where it stands in the form's place, it is left and opened anew."""
        helping, hands = self._stage.window.helping, self._stage.hands
        if helping.is_open and not page.isVisible():
            hands.press("F1")
        page.jump(key)
        if not helping.is_open:
            hands.press("F1")
        self._help_follows(name)

    def _help_follows(self, name: str) -> None:
        """What has the focus is told of without waiting."""
        self._stage.hands.settle()
        self._stage.window.helping.follow()
        self._stage.shoot(name)

    def search(self, name: str) -> None:
        """F3: what is found while typing, then nothing."""
        stage = self._stage
        stage.hands.press("F3")
        stage.hands.type(name)
        stage.shoot("search-found")
        stage.go(places.Search("ناصرالدین"))
        stage.shoot("search-nothing")

    def faults(self, service: Service) -> None:
        """A form registered too early, with a wrong national id and a day that is none."""
        stage = self._stage
        page = self._with_wrong_id(service)
        page.jump("party.birth")
        stage.hands.type("1362/13/40")
        stage.hands.enter()
        stage.shoot("form-wrong")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("form-faults")
        stage.hands.press("Esc")
        stage.shoot("home-draft")

    def services(self) -> None:
        """F2 and ۰: every service by its group; then a few letters of one."""
        stage = self._stage
        stage.hands.press("F2")
        stage.hands.press("0")
        stage.shoot("services")
        stage.hands.type("تم")
        stage.shoot("services-typed")
        stage.hands.press("Esc")
        stage.hands.press("Esc")

    def checklist(self, service: Service) -> None:
        """What an attorney brings for the service, printed."""
        stage = self._stage
        stage.go(places.Checklist(service.code, "attorney"))
        stage.shoot("checklist")
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), "checklist", About())

    def double(self, wanted: WantedCase) -> None:
        """A second request for a property that has an open case."""
        stage = self._stage
        stage.new_form(wanted.service)
        page = stage.page
        if not isinstance(page, CaseForm):
            raise RuntimeError("no form opened")
        FormFilling(stage.hands, page, wanted.filled, "").fill(lambda: None)
        stage.shoot("form-double")
        stage.hands.press("F8")
        stage.shoot("precheck")
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), "precheck", About())
        stage.hands.press("Esc")
        self._attach(page, wanted.service.title)
        stage.hands.press("Esc")

    def _attach(self, page: CaseForm, title: str) -> None:
        """Two photographs of a paper, one of them too dark; a scan that has come."""
        stage, body = self._stage, page.body
        if body is None or not body.documents.rows:
            return
        part = body.documents
        row = next(iter(part.rows.values()))
        sheet = scanned.paper(title)
        photos = [scanned.photograph(sheet, wide=1500, light=light) for light in (1.0, 0.2)]
        part.files.add(row, [documents.pasted_source(scanned.jpeg(photo)) for photo in photos])
        page.jump(f"document.{row.key}")
        # Its button names the row that has the focus by now, whenever the folder is looked at.
        part.scanner.show_arrived([Path("scan.jpg")])
        stage.shoot("form-papers")

    def without_line(self, wanted: WantedCase) -> str:
        """The line is cut: registered all the same, provisional, waiting; then joined again."""
        stage = self._stage
        stage.line.cut = True
        stage.house.office.sync()
        stage.new_form(wanted.service)
        page = stage.page
        if not isinstance(page, CaseForm):
            raise RuntimeError("no form opened")
        FormFilling(stage.hands, page, wanted.filled, "718204").fill(stage.hands.rest)
        # Fields that are asked only without an answer of the records came behind the first pass.
        stage.shoot("form-no-line")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("outcome-no-line")
        case_id = stage.case_shown()
        stage.go(places.Outbox())
        stage.shoot("waiting-no-line")
        self.queue("queue-no-line")
        stage.line.cut = False
        stage.pass_time(12)
        stage.house.office.sync()
        stage.go(places.Outcome(case_id))
        stage.shoot("outcome-line-again", case_id)
        return case_id

    def keys_and_lock(self) -> None:
        """The list of keys; the locked window."""
        stage = self._stage
        stage.go(places.Keys())
        stage.shoot("keys")
        stage.hands.press("Ctrl+L")
        stage.shoot("locked")

    def day(self) -> None:
        """The supervisor's day, also on a large screen."""
        stage = self._stage
        stage.go(places.CityDay())
        stage.shoot("city-day")
        stage.window.resize(*_WIDE)
        stage.shoot("city-day-wide")
        stage.window.resize(*SIZE)
        stage.hands.settle()
        stage.go(places.Watch())
        stage.shoot("watch")

    def waiting(self) -> None:
        """What waits for a person."""
        self._stage.go(places.Outbox())
        self._stage.shoot("waiting")

    def _open(self, case_id: str) -> CasePage:
        page = self._stage.page
        if not isinstance(page, CasePage) or page.case_id != case_id:
            page = self._stage.go(places.Case(case_id))
        if not isinstance(page, CasePage):
            raise RuntimeError("the case does not show")
        return page
