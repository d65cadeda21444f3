"""The municipality's part of a tour: the inspector, the expert, the supervisor at their pages."""

from __future__ import annotations

from desktop.actions import board
from desktop.actions.documents import PaperSource
from desktop.centre.records.lookup import find
from desktop.demo.filling import enter
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN
from desktop.domain.counter import Halves
from desktop.domain.identifiers import renewal_code
from desktop.domain.recommendation import OTHER, Verdict
from desktop.domain.state import State
from desktop.trial import tour_looks
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.commissions.forms import AgendaForm, CommissionForm, ResultForm
from desktop.ui.pages.inspection.ends import OTHER_DAY, OtherDayForm
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.gate_rows import GateRows
from desktop.ui.pages.review.aside_forms import RefuseForm
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.page import ReviewPage

_SEEN = {
    "bound.north": "کوچهٔ شهید زارع",
    "bound.east": "پلاک ۲۹",
    "bound.south": "پلاک ۲۵",
    "bound.west": "کوچهٔ هشت‌متری",
    "condition": "built",
    "land": "240.50",
    "built": "186.00",
    "floors": "2",
    "units": "1",
    "use": "مسکونی",
    "lane_width": "8.00",
    "latitude": "31.8974",
    "longitude": "54.3569",
    "opinion": "fits",
    "result": "وضع موجود با مدارک مطابقت دارد و تخلفی دیده نشد.",
}
_CLEARED = {
    "record": "ملک در محل دیده شد و با سند مطابقت دارد.",
    "ambiguous-record": "ملک کد نوسازی همان ملک سند است.",
    "standing": "سند مالکیت به نام متقاضی دیده شد.",
    "deed": "رأی قطعی دادگاه بر مالکیت دیده شد.",
    "hold": "نامهٔ رفع بازداشت شمارهٔ 1405/812 دیده شد.",
    "minimum-parcel": "پهنهٔ ملک در طرح تفصیلی دیده شد و حد نصاب آن برقرار است.",
    "plan-conflict": "عقب‌نشینی در نقشه رعایت شده است.",
    "historic-fabric": "میراث فرهنگی با نامهٔ شمارهٔ 1405/812 موافقت کرده است.",
    "certificate": "بنا در محل دیده شد و تخلفی در آن نبود.",
    "self-declaration": "بنا و کاربری با پرونده مطابقت دارد.",
}
_NOTHING_AGAINST = "در محل و در پرونده دیده شد و مانعی نیست."
_COMMENT = "شمارهٔ همراه متقاضی پاسخ نمی‌دهد؛ شمارهٔ درست را بنویسید."
_RIGHT = "با پروندهٔ کاغذی سنجیده شد و پاسخ درست است."
_REFERRAL = "کاربری خواسته‌شده با طرح تفصیلی یکی نیست."
_SESSION = {"session": "1405/31", "held_on": "1405/09/03"}
_RULING = {"number": "1405/812", "decided_on": "1405/09/03"}
_RULINGS = {
    "100": {"verdict": "acquitted", "stage": "final", "result": "تخلف احراز نشد."},
    "5": {"verdict": "agreed", "result": "با رعایت ضوابط پارکینگ."},
}
_OTHER_DAY = "متقاضی امروز در محل بود و آمادگی داشت."
_REASON, _LAW = "ملک در طرح تعریض مصوب است.", "مادهٔ ۱۰۰ قانون شهرداری، تبصرهٔ ۶"


class CityHall:
    """Acts on the municipality's pages of a case; who acts must sit there already."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def queue(self, name: str) -> None:
        """The role's queue."""
        self._stage.hands.press("F4")
        self._stage.shoot(name)

    def report(self, case_id: str) -> None:
        """The inspector's report, field by field; it clears what asked for the visit."""
        stage, page = self._stage, self._open(case_id)
        if page.work_tab.findChild(ReportForm) is None:
            self._move_to_today(page, case_id)
        form = page.work_tab.findChild(ReportForm)
        if form is None:
            raise RuntimeError("no report is asked")
        stage.shoot("report-empty", case_id)
        answer_all(stage.hands, form.fields, self._seen(case_id))
        photos = sample_photos()[1]
        form.files.add(form.photos, [PaperSource("عکس نمونه.pdf", lambda: photos)])
        stage.hands.settle()
        self._clear(form.gates)
        scrolled = page.work_tab.verticalScrollBar()
        for half, part in enumerate(("report-typed", "report-typed-middle", "report-typed-below")):
            scrolled.setValue(scrolled.maximum() * half // 2)
            stage.shoot(part, case_id)
        self._done("report-filed", case_id, State.BOOKED)

    def _move_to_today(self, page: MunicipalCasePage, case_id: str) -> None:
        """The day of the visit is to come: it took place today."""
        stage = self._stage
        stage.shoot("visit-to-come", case_id)
        stage.hands.click_button(OTHER_DAY)
        if not isinstance(page.form, OtherDayForm):
            raise RuntimeError("no other day is asked")
        page.form.day.set_value(stage.window.today())
        half = str(Halves().of(stage.clock.moment))
        answer_all(stage.hands, page.form.fields, {"half": half, "reason": _OTHER_DAY})
        stage.shoot("other-day-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.house.office.sync()

    def _seen(self, case_id: str) -> dict[str, str]:
        """What stands there now: as the records hold it, else a house of two floors."""
        stage, request = self._stage, self._stage.case(case_id).request
        seen = {"time": f"{stage.clock.moment.astimezone(TEHRAN):%H:%M}", **_SEEN}
        with stage.house.centre.reading() as session:
            code = renewal_code(request.code) if request.code else None
            record = find(session, code, request.plate).record
        if record is None or not record.land:
            return seen
        if record.latitude and record.longitude:
            seen |= {"latitude": record.latitude, "longitude": record.longitude}
        if not record.built:
            return {**seen, "condition": "land", "land": str(record.land)}
        own = {"land": str(record.land), "built": str(record.built)}
        counts = {"floors": str(record.floors or 1), "units": str(record.units or 1)}
        return {**seen, **own, **counts}

    def round_of_day(self) -> None:
        """The day's visits on paper."""
        self._stage.hands.press("F8")
        self._stage.shoot("visit-round")
        self._stage.hands.press("Esc")

    def decide(self, case_id: str) -> None:
        """The expert clears every gate that failed, with a reason, and enters what is asked."""
        stage, page = self._stage, self._file(case_id)
        if isinstance(page.main_form, CommissionForm):
            # No expert answers what a commission decides.
            self.to_commission(case_id)
            self.ruling(case_id)
            page = self._file(case_id)
        stage.shoot("decision-empty", case_id)
        form = page.main_form
        if not isinstance(form, DecisionForm):
            raise RuntimeError("no decision is asked")
        for condition in form.conditions:
            condition.verdict.set_value(Verdict.CLEARED.value)
            condition.reason.set_value(OTHER)
            condition.note.set_value(_CLEARED.get(condition.gate, _NOTHING_AGAINST))
        form.arrange_typed()
        self._enter(form, case_id)
        if not form.conditions:
            answer_all(stage.hands, form.fields, {"note": _RIGHT})
        stage.shoot("decision-typed", case_id)
        self._done("decision-taken", case_id, State.IN_REVIEW)

    def _enter(self, form: DecisionForm, case_id: str) -> None:
        seen, day = self._stage.case(case_id), self._stage.clock.moment.date()
        service = board.service_of(self._stage.house.municipality.desk, seen)
        for key, text in enter(service, seen.conditions, day).items():
            # One answer may ask for the next.
            answer_all(self._stage.hands, form.values.cells, {key: text})

    def refuse(self, case_id: str) -> None:
        """The expert refuses, with a numbered reason."""
        stage, page = self._stage, self._file(case_id)
        stage.hands.click_button("پاسخ منفی")
        form = page.form
        if not isinstance(form, RefuseForm):
            raise RuntimeError("no refusal is asked")
        reason, law = form.reasons[0].key, form.laws[0].key
        answer_all(stage.hands, form.fields, {reason: _REASON, law: _LAW})
        stage.shoot("refusal-typed", case_id)
        self._done("refusal-taken", case_id, State.IN_REVIEW)

    def send_back(self, case_id: str) -> None:
        """The expert returns the case for correction."""
        self._act(case_id, "برگشت", {"comment": _COMMENT}, "return", State.IN_REVIEW)

    def to_commission(self, case_id: str) -> None:
        """To the commission that the service names, else to that of Article 100."""
        stage, page = self._stage, self._file(case_id)
        if isinstance(page.main_form, CommissionForm):
            answer_all(stage.hands, page.main_form.fields, {"note": _REFERRAL})
            stage.shoot("commission-typed", case_id)
            self._done("commission-taken", case_id, State.IN_REVIEW)
            return
        self._act(
            case_id, "کمیسیون", {"article": "100", "note": _REFERRAL}, "commission", State.IN_REVIEW
        )

    def ruling(self, case_id: str) -> None:
        """The session, and what the commission decided in it."""
        stage, page = self._stage, self._open(case_id)
        for agenda in page.work_tab.findChildren(AgendaForm):
            answer_all(stage.hands, agenda.fields, _SESSION)
        stage.shoot("agenda-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.house.office.sync()
        page = self._open(case_id)
        texts = {**_RULING, **_RULINGS[stage.case(case_id).commission]}
        for form in page.work_tab.findChildren(ResultForm):
            answer_all(stage.hands, form.fields, texts)
        stage.shoot("ruling-typed", case_id)
        self._done("ruling-taken", case_id, State.COMMISSION)

    def look_again(self, case_id: str, *, right: bool) -> None:
        """The supervisor's second look: right, or wrong with what is."""
        (tour_looks.right if right else tour_looks.wrong)(self._stage, case_id)

    def _act(
        self, case_id: str, button: str, texts: dict[str, str], name: str, before: State | None
    ) -> None:
        stage, page = self._stage, self._file(case_id)
        stage.hands.click_button(button)
        if page.form is None:
            raise RuntimeError(f"«{button}» asked nothing")
        answer_all(stage.hands, page.form.fields, texts)
        stage.shoot(f"{name}-typed", case_id)
        self._done(f"{name}-taken", case_id, before)

    def _clear(self, gates: GateRows) -> None:
        for row in gates.rows:
            self._stage.hands.go_to(row.tick)
            self._stage.hands.space()
            self._stage.hands.type(_CLEARED.get(row.gate, _NOTHING_AGAINST))

    def _done(self, name: str, case_id: str, before: State | None) -> None:
        stage = self._stage
        stage.hands.press("Ctrl+Enter")
        stage.house.office.sync()
        stage.shoot(name, case_id)
        if stage.case(case_id).state is before:
            raise RuntimeError(f"{name}: the case stayed {before}")

    def _open(self, case_id: str) -> MunicipalCasePage:
        # Anew: after an act the page only offers the next case.
        page = self._stage.go(places.MunicipalCase(case_id))
        if not isinstance(page, MunicipalCasePage):
            raise RuntimeError("the case does not show")
        return page

    def _file(self, case_id: str) -> ReviewPage:
        page = self._stage.go(places.ReviewFile(case_id))
        if not isinstance(page, ReviewPage):
            raise RuntimeError(f"{page.place} shows in place of the expert's file")
        return page
