"""A batch of letters: one password, each stamped by its own act, then printed one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import batch, letters, stamping
from desktop.actions.batch import STAMPED, BatchLetter, LetterFate
from desktop.actions.stamping import Chosen
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places, printing
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.letter.sending import send_copy
from desktop.ui.pages.stamping.batch_progress import BatchProgress
from desktop.ui.pages.stamping.batch_rows import COLUMNS, Loaded, cells_of, load
from desktop.ui.pages.stamping.batch_steps import BatchSteps
from desktop.ui.pages.stamping.batch_words import (
    NO_PAPER,
    NO_STAMP,
    SECOND,
    Counts,
    Stage,
    Told,
    refused_words,
    stands_words,
    unseen_words,
)
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, RowsModel
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed

_WRONG = "گذرواژه درست نیست؛ هیچ نامه‌ای مهر نشد."


class BatchPage(LeadsRows, Acting):
    """The letters of its place, frozen; what becomes of each is read from the records."""

    place: places.StampBatch

    listens = frozenset({Kind.CASES})
    rail = "home"
    side_width = 352

    def __init__(self, shell: Shell, place: places.StampBatch) -> None:
        super().__init__(shell, place)
        self.letters: dict[str, BatchLetter] = {}
        self._refusals: dict[str, str] = {}
        self._services: dict[str, Service] = {}
        self._narrow = self._stamping = self._held = self._only_stamp = False
        self._asked_over: bool | None = None
        self._wants_paper = place.stamped and not place.again
        self._begun = place.stamped
        self.returns_to = replace(place, again=True)
        self._fault, self._waiting = "", 0
        self._told: Told | None = None
        self._shown: dict[str, list[Cell]] = {}
        self.panel = BatchSteps()
        self.side: QWidget = self.panel
        self.panel.ask_stamp.finished.connect(self._to_main)
        self.panel.ask_print.answered.connect(lambda came: self.act(self._settle_doubt(came)))
        self._banner, self._over = Column(gap=0), Column(gap=8)
        self.progress = BatchProgress()
        self.model = RowsModel(COLUMNS)
        self.table = Table("نامه‌های این نوبت", COLUMNS)
        self.table.setModel(self.model)
        self.table.opened.connect(lambda _: self.open_letter())
        self._over_card = QWidget()
        self._over_card.setLayout(self._over)
        column = Column(gap=8, margins=(12, 20, 12, 20))
        column.addLayout(self._banner)
        column.addWidget(self._over_card)
        column.addWidget(self.progress)
        column.addWidget(TableFrame(self.table), 1)
        self.setLayout(column)
        self._over_card.hide()
        self.set_heading(Heading(self._title()))

    # Loading and showing.

    def enter(self) -> None:
        """Load, and put the focus where work begins."""
        self.setFocus()
        seat, chosen = self.shell.seat, self.place.letters
        self.shell.work.run(self, lambda: load(seat, chosen), self._loaded)
        looking = partial(printing.printers, demo=seat.desk.demo)
        self.shell.work.run(self, looking, self._offer, papers=True)

    def leave(self) -> None:
        """Nothing goes to the printer while nobody looks, and no password stays behind."""
        self.panel.ask_stamp.forget()
        self.hold()

    def take_focus(self) -> None:
        """The password while it is asked, else the table."""
        if self.stage is Stage.ASKING and self.panel.ask_stamp.isVisible():
            self.panel.ask_stamp.password.setFocus()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Facts of some of its letters came: those are looked at again."""
        concerned = [
            chosen
            for chosen in self.place.letters
            if changed.all or chosen.case_id in changed.cases
        ]
        if concerned:
            self._look_at(concerned)

    def _look_at(self, concerned: Sequence[Chosen]) -> None:
        seat = self.shell.seat
        self.shell.work.run(self, lambda: batch.look(seat, concerned), self._looked)

    def _loaded(self, loaded: Loaded) -> None:
        self._services = loaded.services
        self._take(loaded.letters)
        # Come back to, it shows what was done before.
        self._begun = self._begun or any(each.fate in STAMPED for each in self.in_order)
        self._show_rows()
        self._arrange()
        self.take_focus()
        self._print_on()

    def _offer(self, printers: tuple[printing.Printer, ...]) -> None:
        self.panel.ask_print.set_printers(printers)
        if self.letters:
            self._tell()
        self._print_on()

    def _looked(self, seen: Sequence[BatchLetter]) -> None:
        self._take(seen)
        self._show_rows()
        self._arrange()
        self._print_on()

    def _take(self, seen: Sequence[BatchLetter]) -> None:
        for each in seen:
            self.letters[each.chosen.letter_id] = self._with_own_word(each)

    def _with_own_word(self, seen: BatchLetter) -> BatchLetter:
        """As the records tell it, with what this page knows besides."""
        words = self._refusals.get(seen.chosen.letter_id, "")
        if seen.fate is LetterFate.TO_STAMP and words:
            return replace(seen, fate=LetterFate.REFUSED, words=words)
        return seen

    @property
    def stage(self) -> Stage:
        """Where the batch is."""
        fates = {letter.fate for letter in self.letters.values()}
        if self._stamping:
            return Stage.STAMPING
        if self._only_stamp:
            return Stage.DONE
        if LetterFate.TO_STAMP in fates or not fates:
            return Stage.ASKING
        if fates & {LetterFate.FAILED, LetterFate.DOUBTED} and not self._running:
            return Stage.STOPPED
        if fates & {
            LetterFate.READY,
            LetterFate.SPOOLING,
            LetterFate.FAILED,
            LetterFate.SENDING,
            LetterFate.DOUBTED,
        }:
            return Stage.PRINTING if self._wants_paper else Stage.STOPPED
        return Stage.DONE

    @property
    def _running(self) -> bool:
        return self._wants_paper and self.acting

    @property
    def in_order(self) -> list[BatchLetter]:
        """The letters as they were listed."""
        known = (self.letters.get(chosen.letter_id) for chosen in self.place.letters)
        return [each for each in known if each is not None]

    def _counts(self) -> Counts:
        fates = [letter.fate for letter in self.letters.values()]
        withheld = sum(letter.withheld for letter in self.letters.values())
        stamped = sum(fate in STAMPED for fate in fates)
        printed = fates.count(LetterFate.PRINTED)
        return Counts(
            all=len(fates),
            stamped=stamped + withheld,
            printed=printed,
            left=stamped - printed,
            refused=fates.count(LetterFate.REFUSED) - withheld,
            withheld=withheld,
        )

    def _next(self) -> BatchLetter | None:
        """The letter that goes to the printer next: one it did not take before comes first."""
        ready = (LetterFate.READY, LetterFate.FAILED)
        return next((each for each in self.in_order if each.fate in ready), None)

    def _sent(self) -> BatchLetter | None:
        """The first on its way to the printer, or to the centre where the line is whole."""
        ways = (
            (LetterFate.SPOOLING,) if self._is_down() else (LetterFate.SPOOLING, LetterFate.SENDING)
        )
        return next((each for each in self.in_order if each.fate in ways), None)

    def _place_of(self, letter: BatchLetter) -> int:
        return self.place.letters.index(letter.chosen) + 1

    def _doubted(self) -> BatchLetter | None:
        return next((each for each in self.in_order if each.fate is LetterFate.DOUBTED), None)

    # Stamping.

    def stamp(self, *, print_too: bool) -> None:
        """Stamp all under the password that was typed, then print them one after another."""
        self.act(self._stamp(print_too=print_too))

    async def _stamp(self, *, print_too: bool) -> None:
        asked = self.panel.ask_stamp
        if not self.letters:
            return
        self._bring_asked()
        if not asked.check():
            return
        seat = self.shell.seat
        try:
            # Kept under no name: these steps last until the last letter is on paper.
            confirmed = await self.acting_on(
                partial(batch.open_batch, seat, asked.password.value())
            )
        except Refusal as no:
            if no.field == "password":
                asked.refuse(_WRONG)
            else:
                self.shell.tell(no.words, "refuse")
            return
        asked.forget()
        self._stamping, self._begun, self._held = True, True, False
        # Where the keys are while nothing is asked.
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        try:
            for letter in self.in_order:
                if letter.fate is LetterFate.TO_STAMP:
                    await self._stamp_one(confirmed, letter.chosen)
        finally:
            # The key is for this batch alone.
            del confirmed
            self._stamping = False
        seen = await self.acting_on(partial(batch.look, seat, self.place.letters))
        self._wants_paper = print_too and not self._held
        self._only_stamp = not print_too
        self._looked(seen)

    async def _stamp_one(self, confirmed: batch.Confirmed, chosen: Chosen) -> None:
        try:
            await self.acting_on(partial(batch.stamp_one, confirmed, chosen))
        except Refusal as no:
            self._refusals[chosen.letter_id] = no.words
        seat = self.shell.seat
        self._take(await self.acting_on(partial(batch.look, seat, [chosen])))
        self._show_rows()
        self._tell()

    # Printing.

    def hold(self) -> None:
        """«نگه داشتن چاپ»: after the sheet that is on its way."""
        self._held = True
        if self._wants_paper:
            self._wants_paper = False
            self._arrange()

    def go_on(self) -> None:
        """«ادامهٔ چاپ»: from the first letter that is on no paper."""
        doubted = self._doubted()
        if doubted is not None:
            self._bring_asked()
            self.panel.ask_print.came.setFocus()
            self._say("نخست بگویید که برگ پیشین بیرون آمد یا نه")
            return
        self._fault, self._wants_paper, self._only_stamp = "", True, False
        self._held = False
        self._arrange()
        self._print_on()

    def _print_on(self) -> None:
        """Print what can be, if that is wanted, printers are known and nothing is under way."""
        ready = not self.acting and not self._stamping and self.panel.ask_print.printer.options()
        if self._wants_paper and ready and self._may_go_on():
            self.act(self._print_all())

    def _may_go_on(self) -> bool:
        """A fault and a doubt wait for a person."""
        return not self._fault and self._doubted() is None

    async def _print_all(self) -> None:
        seat = self.shell.seat
        while self._wants_paper and self._may_go_on() and (letter := self._next()) is not None:
            printer = self.panel.ask_print.printer.value()
            if not printer:
                self._fault = printing.NO_PRINTER
                break
            chosen = letter.chosen
            self._take([replace(letter, fate=LetterFate.SPOOLING)])
            self._show_rows()
            sending = partial(send_copy, seat, chosen.case_id, letter.held, printer, "")
            try:
                await self.acting_on(sending, papers=True)
            except Refusal as no:
                self._fault = no.words
            (looked,) = await self.acting_on(partial(batch.look, seat, [chosen]))
            self._take([looked])
            if looked.fate is LetterFate.REFUSED:
                # Recalled or voided meanwhile: its row tells it, and no printer is at fault.
                self._fault = ""
            self._show_rows()
            self._tell()
        if self._fault:
            self._wants_paper = False
        self._arrange()

    async def _settle_doubt(self, came: bool) -> None:
        """Whether the doubted sheet came out; then on from there."""
        letter, seat = self._doubted(), self.shell.seat
        if letter is None or letter.doubt is None:
            return
        await self.acting_on(partial(letters.settle_doubt, seat, letter.doubt, out=came))
        self._take(await self.acting_on(partial(batch.look, seat, [letter.chosen])))
        self._show_rows()
        self._fault, self._wants_paper = "", True
        self.take_focus()
        await self._print_all()

    def open_letter(self) -> None:
        """Enter: the chosen letter on its own page."""
        row = self.table.row()
        if 0 <= row < len(self.place.letters):
            chosen = self.place.letters[row]
            self.shell.go(places.Letter(chosen.case_id, chosen.letter_id))

    def led_rows(self) -> Table:
        """The list."""
        return self.table

    def press(self, key: str) -> bool:
        """Esc and F8 lead back to the list: the ticks are there."""
        if key == "F8" and self.stage is Stage.ASKING:
            self.shell.instead(places.ManagerHome())
            return True
        if key != "Esc":
            return False
        if self.stage is Stage.STAMPING:
            self._say("تا پایان مهر همین نامه‌ها بمانید")
            return True
        self.shell.instead(places.ManagerHome())
        return True

    # What is told.

    def _title(self) -> str:
        count = len(self.place.letters)
        act_ = "چاپ" if self.place.stamped else "تأیید و مهر"
        return to_persian_digits(f"{act_} {count} نامه")

    def _show_rows(self) -> None:
        rows = [
            (each.chosen.letter_id, cells_of(each, self._place_of(each), self._services))
            for each in self.in_order
        ]
        if self.model.rowCount() != len(rows):
            self.model.set_rows(rows)
            self._shown = dict(rows)
            self.table.choose(0)
            return
        for place, (letter_id, cells) in enumerate(rows):
            if self._shown.get(letter_id) != cells:
                self._shown[letter_id] = cells
                self.model.change(place, cells)

    def _tell(self) -> None:
        """Heading, banner, bar and steps as the letters stand."""
        stage, counts = self.stage, self._counts()
        self.set_heading(Heading(self._title(), SECOND[stage]))
        fates = [letter.fate for letter in self.in_order]
        self.progress.setVisible(self._begun)
        self.progress.show_batch(fates, counts, self._how(stage, counts))
        self._tell_banner(self._banner_words(stage, counts))
        self._tell_steps(stage, counts)
        stopped = self._doubted() or (self._next() if self._fault else None)
        if stopped is not None:
            # The letter at which it stopped is kept in view.
            self.table.choose(self._place_of(stopped) - 1)

    def _how(self, stage: Stage, counts: Counts) -> str:
        parts = []
        if counts.left:
            parts.append(f"{counts.left} در نوبت")
        if counts.refused:
            parts.append(f"{counts.refused} {NO_STAMP}")
        if counts.withheld:
            parts.append(f"{counts.withheld} {NO_PAPER}")
        return to_persian_digits("، ".join(parts)) if stage is not Stage.ASKING else ""

    def _banner_words(self, stage: Stage, counts: Counts) -> Told | None:
        refused = refused_words(self.in_order)
        if stage in (Stage.ASKING, Stage.STAMPING):
            return None
        if self._fault:
            return Told(f"{self._fault} {stands_words(counts)}", "refuse", "printer")
        if self._doubted() is not None:
            return Told(f"چاپ نیمه‌کاره ماند. {stands_words(counts)}", "pay", "printer")
        sending = sum(each.fate is LetterFate.SENDING for each in self.in_order)
        if sending and self._is_down():
            words = f"خط قطع است؛ {sending} نامه مهر شد و پس از تأیید مرکز چاپ می‌شود."
            return Told(to_persian_digits(f"{words} {refused}".strip()), "neutral", "wifi-off")
        if refused:
            return Told(refused, "refuse")
        if stage is Stage.DONE and counts.left:
            words = f"{counts.stamped} نامه مهر شد؛ {counts.left} نامه در «چاپ‌نشده» است."
            return Told(to_persian_digits(words), "ok")
        if stage is Stage.DONE:
            return Told(to_persian_digits(f"{counts.printed} نامه چاپ شد."), "ok")
        return None

    def _is_down(self) -> bool:
        return self.shell.seat.desk.sync_status().state == "down"

    def _tell_banner(self, told: Told | None) -> None:
        if told == self._told:
            return
        self._told = told
        clear(self._banner)
        if told is not None:
            self._banner.addWidget(Banner(told.words, told.tone, icon=told.icon))

    def _tell_steps(self, stage: Stage, counts: Counts) -> None:
        panel, name = self.panel, self.shell.seat.staff.name
        unseen = [each for each in self.in_order if each.chosen.unseen]
        listed = f"{len(self.place.letters)} نامه"
        if self._begun and unseen and not self.place.stamped:
            listed += f"؛ {len(unseen)} نامه بدون مشاهده مهر و در سابقه ثبت شد"
        panel.list_card.set_detail(to_persian_digits(f"{listed}."))
        asking = stage is Stage.ASKING
        panel.ask_stamp.setVisible(asking)
        to_stamp = [each for each in self.in_order if each.fate is LetterFate.TO_STAMP]
        if asking:
            once = f"گذرواژه یک بار برای هر {len(to_stamp)} نامه. " if len(to_stamp) > 1 else ""
            panel.stamp_card.set_detail(
                to_persian_digits(f"با نام شما، {name}. {once}متن نامه‌ها دیگر تغییر نمی‌کند.")
            )
            left = [each for each in to_stamp if each.chosen.unseen]
            panel.ask_stamp.ask_of(unseen_words(left) if left else "")
        elif stage is Stage.STAMPING:
            panel.stamp_card.set_detail(to_persian_digits(f"{counts.stamped} از {counts.all}"))
        else:
            panel.stamp_card.set_detail(to_persian_digits(f"{counts.stamped} نامه مهر شده است."))
        panel.stamp_card.set_state("current" if stage in _AT_STAMP else "done")
        doubted = self._doubted()
        at = self._place_of(doubted) if doubted is not None else 0
        panel.ask_print.show_stop(
            stopped=bool(self._fault), doubted=at, last=at == len(self.place.letters)
        )
        panel.ask_print.setVisible(stage not in (*_AT_STAMP, Stage.DONE))
        panel.print_card.set_detail(self._print_detail(stage, counts))
        if stage is Stage.DONE:
            panel.print_card.set_state("later" if counts.left else "done")
        else:
            panel.print_card.set_state("later" if stage in _AT_STAMP else "current")
        at_hand = stage is Stage.DONE and not counts.left
        panel.hand_card.set_state("current" if at_hand else "later")
        self._place_asked()

    def _print_detail(self, stage: Stage, counts: Counts) -> str:
        if stage is Stage.DONE:
            return to_persian_digits(f"{counts.printed} نامه چاپ شد.")
        stopped = self._next() if self._fault else None
        if stopped is not None:
            place = to_persian_digits(self._place_of(stopped))
            return f"در نامهٔ {place} ایستاده است. اکنون چه کنید:"
        return f"{self.panel.ask_print.where()}، یک نسخه از هر نامه، کاغذ آ۴"

    # The bar.

    def _arrange(self) -> None:
        if self.bar is None:
            return
        self._tell()
        stage = self.stage
        main, seconds, sentence = self._main(stage)
        words = "بازگشت" if stage in (Stage.ASKING, Stage.DONE) else "بعداً چاپ می‌کنم"
        back = Button(words, "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(lambda: self.press("Esc"))
        look = Button("دیدن این نامه", "quiet", icon="eye", keys="Enter", tall=True)
        look.clicked.connect(self.open_letter)
        # Narrow: Enter is there, its words have no room.
        quiets = [back] if stage is Stage.DONE or self._narrow else [back, look]
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)
        if stage in (Stage.DONE, Stage.STOPPED):
            self._count_rest()

    def _main(self, stage: Stage) -> tuple[Button, list[Button], str]:
        keys = "Ctrl+Enter"
        if stage is Stage.ASKING:
            count = sum(each.fate is LetterFate.TO_STAMP for each in self.in_order)
            number = count or len(self.place.letters)
            words = to_persian_digits(f"تأیید، مهر و چاپ {number} نامه")
            main = Button(words, "main", icon="rubber-stamp", keys=keys)
            main.clicked.connect(lambda: self.stamp(print_too=True))
            only = Button("فقط مهر، بدون چاپ", icon="rubber-stamp", tall=True)
            only.clicked.connect(lambda: self.stamp(print_too=False))
            return main, [only], ""
        if stage in (Stage.STAMPING, Stage.PRINTING) and not self._waits_for_line():
            main = Button("نگه داشتن چاپ", "main", icon="printer", keys=keys)
            main.clicked.connect(self.hold)
            return main, [], "در حال مهر" if stage is Stage.STAMPING else ""
        following = self._next() or self._doubted() or self._sent()
        if stage is Stage.STOPPED and following is not None:
            place = to_persian_digits(self._place_of(following))
            main = Button(f"ادامهٔ چاپ از ردیف {place}", "main", icon="printer", keys=keys)
            main.clicked.connect(self.go_on)
            sentence = "" if self._narrow else "نامه‌های مانده در «چاپ‌نشده» می‌مانند"
            return main, [], sentence
        rest = to_persian_digits(f"{self._waiting} نامهٔ باقی‌مانده")
        main = Button(rest if self._waiting else "بازگشت به خانه", "main", icon="home", keys=keys)
        main.clicked.connect(lambda: self.shell.instead(places.ManagerHome()))
        left = self._counts().left
        if self._next() is None or not left:
            return main, [], ""
        later = Button(to_persian_digits(f"چاپ {left} نامه"), icon="printer", tall=True)
        later.clicked.connect(self.go_on)
        return main, [later], ""

    def _waits_for_line(self) -> bool:
        """Nothing can be printed until the centre has been heard."""
        fates = {letter.fate for letter in self.letters.values()}
        ready = fates & {
            LetterFate.READY,
            LetterFate.SPOOLING,
            LetterFate.FAILED,
            LetterFate.TO_STAMP,
        }
        return LetterFate.SENDING in fates and not ready and self._is_down()

    def _count_rest(self) -> None:
        seat = self.shell.seat

        def counted(waiting: int) -> None:
            if waiting != self._waiting:
                self._waiting = waiting
                self._arrange()

        self.shell.work.run(self, lambda: stamping.waiting(seat), counted)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _say(self, words: str) -> None:
        if self.bar is not None:
            self.bar.say(words)

    # Narrow.

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: what a step asks stands over the table, the steps behind F7."""
        self._narrow = narrow
        self._place_asked()
        if self.letters:
            self._arrange()

    def _place_asked(self) -> None:
        panel = self.panel
        if self._asked_over is not self._narrow:
            self._asked_over = self._narrow
            if self._narrow:
                self._over.addWidget(panel.ask_stamp)
                self._over.addWidget(panel.ask_print)
            else:
                panel.take_back()
        asks = self.stage in (Stage.ASKING, Stage.STOPPED)
        self._over_card.setVisible(self._narrow and asks)

    def _bring_asked(self) -> None:
        if self._narrow:
            self.shell.show_summary(shown=False)


_AT_STAMP = (Stage.ASKING, Stage.STAMPING)
