"""The tour of money: a receipt that finance looks for, a fee given back, the till closed."""

from __future__ import annotations

from typing import TypeVar

from desktop.domain.calendar import format_jalali
from desktop.domain.tool import Tool
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.commissions.fine_form import FineForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.till.claim_form import ClaimForm
from desktop.ui.pages.till.page import CashPage

_Form = TypeVar("_Form", ClaimForm, FineForm)

_FOUND = "در صورت‌حساب بانک دیده شد."
_NEVER_CAME = "رسید کارت‌خوان ناموفق بود و متقاضی رفته است."
_NOTE = "رسید این پرداخت چاپ نشد."


class Money:
    """What the counter, finance and the manager do with money beside taking it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def claim(self, case_id: str) -> None:
        """Every sum that is owed: the applicant holds its receipt."""
        stage = self._stage
        page = stage.go(places.Outcome(case_id))
        if not isinstance(page, OutcomePage) or page.owed is None:
            raise RuntimeError("nothing is owed")
        for number, _ in enumerate(stage.case(case_id).asked):
            stage.hands.go_to(page.owed.payment.reference)
            stage.hands.type(f"{660_204 + number}")
            stage.shoot("claim-typed", case_id)
            stage.hands.click(page.owed.claim)
        stage.shoot("outcome-claimed", case_id)

    def answer(self, case_id: str) -> None:
        """Finance finds the money."""
        stage = self._stage
        form = self._sought(case_id, ClaimForm)
        for key in form.seen:
            texts = {form.asked[key].key: "yes", form.seen[key].key: _FOUND}
            answer_all(stage.hands, form.fields, texts)
        stage.shoot("claim-answer-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("claim-answered", case_id)

    def find_fine(self, case_id: str) -> None:
        """Finance finds the payment of a fine, which no expert can say."""
        stage = self._stage
        form = self._sought(case_id, FineForm)
        day = format_jalali(stage.clock.moment.date())
        texts = {"right": "yes", "reference": "660311", "paid_on": day, "comment": _FOUND}
        answer_all(stage.hands, form.fields, texts)
        stage.shoot("fine-answer-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.house.office.sync()
        stage.shoot("fine-answered", case_id)

    def _sought(self, case_id: str, kind: type[_Form]) -> _Form:
        """What asks finance whether money came."""
        page = self._stage.go(places.MunicipalCase(case_id))
        form = page.findChild(kind) if isinstance(page, MunicipalCasePage) else None
        if form is None:
            raise RuntimeError(f"no {kind.__name__} is asked")
        return form

    def give_back(self, case_id: str) -> None:
        """The fee of a withdrawn request."""
        stage = self._stage
        page = stage.go(places.Case(case_id))
        stage.hands.click_button("بازگرداندن هزینه")
        form = page.form if isinstance(page, CasePage) else None
        if form is None:
            raise RuntimeError("no fee is given back")
        texts = {"reason": "پیش از پاسخ منصرف شد.", "reference": "660904"}
        answer_all(stage.hands, form.fields, texts)
        stage.shoot("refund-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("case-refunded", case_id)

    def close_till(self) -> None:
        """The day's till, one payment missing at the terminal."""
        stage = self._stage
        page = stage.go(places.Till())
        if not isinstance(page, CashPage) or page.till is None:
            raise RuntimeError("the till does not show")
        stage.shoot("till")
        missing = next(e for e in page.till.book.open(Tool.TERMINAL) if not e.back)
        page.table.choose(page.till.book.entries.index(missing))
        page.mark()
        for tool, line in page.panel.counts.items():
            lacking = missing.amount if tool is Tool.TERMINAL else 0
            line.set_value(page.till.book.total(tool) - lacking)
        page.panel.note.set_value(_NOTE)
        stage.shoot("till-counted")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("till-closed")
        stage.go(places.Case(missing.case_id))
        stage.shoot("case-doubted", missing.case_id)
        self._strike(missing.case_id)

    def _strike(self, case_id: str) -> None:
        """The money never came: its entry is voided, and the fee asked for again."""
        stage = self._stage
        stage.hands.choose("ابطال ثبت پرداخت")
        page = stage.window.page
        form = page.form if isinstance(page, CasePage) else None
        if form is None:
            raise RuntimeError("no entry is voided")
        answer_all(stage.hands, form.fields, {"reason": _NEVER_CAME})
        stage.shoot("void-payment-typed", case_id)
        stage.hands.press("Ctrl+Enter")
        stage.shoot("case-payment-voided", case_id)
        stage.go(places.Outcome(case_id))
        stage.shoot("outcome-fee-again", case_id)
        stage.go(places.Till())
        stage.shoot("till-voided")
