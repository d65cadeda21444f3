"""The clerk's part of a tour: registering, papers, payments, visits, at the keyboard."""

from __future__ import annotations

from desktop.demo.wanted_cases import WantedCase
from desktop.reports.letter import LAYOUT
from desktop.trial.album import About, Drawn
from desktop.trial.form_filling import FormFilling
from desktop.trial.presses import PAID
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage

_REFERENCE = 718_204
_OPENS_THE_DOOR = "رضا دهقان"
_AT_THE_DOOR = "09130000000"


class Counter:
    """Acts of the person who sits at the counter; each is shot as it shows."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._reference = _REFERENCE
        self._seen: set[str] = set()

    def register(self, wanted: WantedCase, *, fee: bool = True) -> str:
        """F2, the service's digit, the form field by field, Ctrl+Enter; gives the case's id.

        Raises RuntimeError when the form was not taken, or when another outcome came than wanted.
        """
        stage, service = self._stage, wanted.service
        about = About(service.code, wanted.outcome.value, "draft")
        stage.pass_time()
        stage.hands.count_anew()
        stage.new_form(service)
        form = self._form()
        if service.code not in self._seen:
            self._seen.add(service.code)
            stage.album.page(stage.window, "form-empty", about)

        def answered() -> None:
            stage.hands.rest()
            stage.album.page(stage.window, "form-records", about)

        FormFilling(stage.hands, form, wanted.filled, self._next() if fee else "").fill(answered)
        stage.hands.rest()
        stage.album.page(stage.window, "form-whole", about)
        stage.hands.press("Ctrl+Enter")
        if not fee:
            # The first press says that the fee is missing, the second registers all the same
            # once that was read.
            stage.hands.settle()
            stage.hands.press("Ctrl+Enter")
        case_id = self._registered(form)
        case = stage.case(case_id)
        if fee and case.outcome is not wanted.outcome:
            raise RuntimeError(f"{service.code}: {case.outcome}, not {wanted.outcome}")
        if fee:
            # Without a fee it comes out when that is taken.
            hands, told = stage.hands, stage.about(case_id)
            stage.album.paper(stage.take_print(), "receipt", told)
            stage.album.count_keys(hands.presses, hands.typed)
        stage.shoot("outcome", case_id)
        return case_id

    def receipt(self, case_id: str) -> None:
        """The receipt's copy from the outcome page, printed."""
        stage = self._stage
        page = self._outcome(case_id)
        stage.reveal(page.panel.receipt)
        stage.hands.click(page.panel.receipt)
        stage.shoot("receipt-shown", case_id)
        stage.hands.press("F8")
        stage.album.paper(stage.take_print(), "receipt-copy", stage.about(case_id))
        stage.hands.press("Esc")

    def proof(self, case_id: str) -> None:
        """The letter as it will be, from the outcome page with F9."""
        stage = self._stage
        self._outcome(case_id)
        stage.pass_time()
        stage.hands.press("F9")
        stage.hands.settle()
        page = stage.page
        if not isinstance(page, LetterPage) or page.now is None:
            raise RuntimeError("no letter shows")
        letter = page.now.held.letter
        name = f"{letter.kind.value}-proof"
        stage.shoot(f"letter-{name}", case_id)
        drawn = Drawn(letter, None, LAYOUT, 1)
        stage.album.paper(page.frame.pdf(), name, stage.about(case_id), drawn)

    def pay(self, case_id: str) -> None:
        """Found by its code: every sum by its bill, until nothing is owed; the keys are kept."""
        stage = self._stage
        stage.find(case_id)
        while stage.case(case_id).unpaid:
            page = self._outcome(case_id)
            before = len(stage.case(case_id).unpaid)
            if page.owed is None:
                raise RuntimeError("the page asks for no payment")
            stage.pass_time()
            stage.hands.reach(page.owed.payment.reference)
            stage.hands.type(self._next())
            stage.shoot("payment-typed", case_id)
            stage.hands.press("F12")
            stage.shoot_counted(PAID, case_id)
            if len(stage.case(case_id).unpaid) >= before:
                raise RuntimeError("a payment was not taken")

    def take_fee(self, case_id: str) -> None:
        """The office's fee of a request that was registered without it."""
        stage = self._stage
        page = self._outcome(case_id)
        if page.fee is None:
            raise RuntimeError("the page asks for no fee")
        stage.shoot("fee-due", case_id)
        stage.hands.go_to(page.fee.payment.reference)
        stage.hands.type(self._next())
        stage.hands.press("F12")
        stage.shoot("fee-taken", case_id)

    def book(self, case_id: str) -> None:
        """Found by its code: a half-day by its digit, the visit's fee with it; the slip prints at
        once and is kept with the keys that it took."""
        stage, hands = self._stage, self._stage.hands
        stage.find(case_id)
        page = self._outcome(case_id)
        if page.visit is None:
            raise RuntimeError("the page asks for no visit")
        hands.say("2")
        attending = page.visit.attending
        fee = page.visit.fee
        if fee is not None or not attending.name.value():
            # Its key goes to what is lacking.
            hands.press("Ctrl+Enter")
        if fee is not None:
            hands.enter_to(fee.payment.reference)
            hands.type(self._next())
        if not attending.name.value():
            # Of a bank nobody is known who could open the door.
            hands.enter_to(attending.name)
            hands.type(_OPENS_THE_DOOR)
            hands.enter_to(attending.phone)
            hands.type(_AT_THE_DOOR)
        stage.shoot("slot-chosen", case_id)
        hands.press("F8")
        presses, typed = hands.presses, hands.typed
        stage.shoot("slip-shown", case_id)
        stage.album.paper(stage.take_print(), "slip", stage.about(case_id))
        stage.album.count_keys(presses, typed)
        hands.press("Esc")
        stage.shoot("outcome-booked", case_id)

    def _form(self) -> CaseForm:
        page = self._stage.page
        if not isinstance(page, CaseForm):
            raise RuntimeError(f"the form did not open but {page.place}")
        return page

    def _registered(self, form: CaseForm) -> str:
        if not isinstance(self._stage.page.place, places.Outcome):
            told = (
                {key: cell.error() for key, cell in form.body.cells().items()} if form.body else {}
            )
            faults = {key: words for key, words in told.items() if words}
            raise RuntimeError(f"the form was not taken: {faults}")
        return self._stage.case_shown()

    def _outcome(self, case_id: str) -> OutcomePage:
        page = self._stage.page
        if not isinstance(page, OutcomePage) or page.place.case_id != case_id:
            page = self._stage.go(places.Outcome(case_id))
        if not isinstance(page, OutcomePage):
            raise RuntimeError("the outcome does not show")
        return page

    def _next(self) -> str:
        self._reference += 37
        return str(self._reference)
