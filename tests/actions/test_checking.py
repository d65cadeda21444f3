"""Letters checked at a desk: by what the centre gave out, with the line and without."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from sqlalchemy import update

from desktop.actions import checked, checking, letters
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.short_code import short_code, spaced
from desktop.reports.letter.attachment import Sealed, read
from desktop.store import check_files
from desktop.store.tables import CheckFilesRow
from desktop.wire.letter_code import encode, to_text
from desktop.wire.verdicts import Trust, Verdict
from tests.reports.samples import letter, made
from tests.reports.scanning import HEAVY, printed, scanned
from tests.town import Town
from tests.wire.letter_vectors import ESSENCE, LIST, TODAY, code
from tests.wire.test_letter_code import TRUST, touched

pytestmark = pytest.mark.slow


@pytest.fixture
def stamped(small_town: Town) -> Case:
    town = small_town
    case_id = town.register(town.record(Scenario.CLEAN))
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    letters.release(town.crew.manager, case_id, held.letter, PASSWORD)
    return case_now(town.crew.clerk, case_id)


def answer(case: Case) -> CaseLetter:
    assert case.answer is not None
    return case.answer


def test_a_desk_without_files_says_that_it_knows_no_key(small_town: Town, stamped: Case) -> None:
    desk = small_town.crew.clerk.desk
    assert checking.trust_of(desk) == Trust()
    checking.renew(desk)
    trust = checking.trust_of(desk)
    (city,) = trust.cities
    assert city.centre == small_town.house.centre.identity.centre
    assert city.centre in trust.lists
    # Asked again nothing travels, and the day's files stay.
    checking.renew(desk)
    assert checking.trust_of(desk) == trust


def test_a_letter_of_this_office_leads_to_its_case(small_town: Town, stamped: Case) -> None:
    desk = small_town.crew.clerk.desk
    checking.renew(desk)
    pdf = letters.kept(desk, answer(stamped))
    found = checking.check_file(desk, pdf)
    # A demo's paper is a sample to everybody, its own desks too.
    assert found.checked.judged.verdict is Verdict.SAMPLE
    assert found.case_id == stamped.case_id
    kept = read(pdf)
    assert isinstance(kept, Sealed)
    assert checking.check_code(desk, kept.code).case_id == stamped.case_id
    other = checking.check_file(desk, made(letter())[1])
    assert (other.checked.judged.verdict, other.case_id) == (Verdict.UNKNOWN_KEY, "")


def test_a_scan_and_what_was_printed_to_a_file_are_read_by_their_code(
    small_town: Town, stamped: Case, tmp_path: Path
) -> None:
    desk = small_town.crew.clerk.desk
    checking.renew(desk)
    pdf = letters.kept(desk, answer(stamped))
    picture = io.BytesIO()
    scanned(printed(pdf, tmp_path, 200), HEAVY, 1).save(picture, "JPEG")
    assert checking.check_file(desk, picture.getvalue()).case_id == stamped.case_id
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    old.write_bytes(pdf)
    # As another program prints it: what is seen, and nothing that it carried.
    subprocess.run(("pdftocairo", "-pdf", old, new), check=True)
    again = checking.check_file(desk, new.read_bytes())
    assert again.case_id == stamped.case_id
    assert "رمزینهٔ صفحهٔ آن خوانده شد" in checking.file_sentence(again.checked)
    for none in (b"", b"GIF89a", "نامه".encode()):
        with pytest.raises(Refusal):
            checking.check_file(desk, none)
    blank = io.BytesIO()
    Image.new("L", (400, 300), 255).save(blank, "PNG")
    with pytest.raises(Refusal, match="رمزینه‌ای خوانده نشد"):
        checking.check_file(desk, blank.getvalue())


def test_a_short_code_finds_what_was_voided(small_town: Town, stamped: Case) -> None:
    town, desk = small_town, small_town.crew.clerk.desk
    number = answer(stamped).letter.number
    typed = spaced(short_code(number))
    with pytest.raises(Refusal, match="هنوز به این رایانه نرسیده"):
        checking.check_short(desk, typed)
    checking.renew(desk)
    assert checking.check_short(desk, typed) is None
    letter_id = answer(stamped).letter.letter_id
    following.void(town.crew.manager, stamped.case_id, letter_id, "نشانی اشتباه است")
    checking.renew(desk)
    found = checking.check_short(desk, typed)
    assert found is not None
    assert found.number == number
    with pytest.raises(Refusal, match="کد کوتاه نامه نیست"):
        checking.check_short(desk, "1234567890")


def test_a_short_code_that_an_old_list_does_not_have_asks_for_a_newer_one(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, day = small_town.crew.clerk.desk, LIST.day
    monkeypatch.setattr(checking, "trust_of", lambda _: TRUST)
    held, void = (spaced(short_code(number)) for number in (ESSENCE.number, "1405/21/12"))
    for today in (day, "14050917"):
        monkeypatch.setattr(checking, "_today", lambda _, today=today: today)
        assert checking.check_short(desk, held) is None
    monkeypatch.setattr(checking, "_today", lambda _: "14050918")
    with pytest.raises(Refusal, match="نخست فهرست تازه بگیرید"):
        checking.check_short(desk, held)
    # What is void stays so.
    found = checking.check_short(desk, void)
    assert found is not None
    assert found.kind == Verdict.VOID.value


@pytest.mark.long
def test_no_code_that_was_touched_is_valid_at_a_desk(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a desk does with a code: judged, kept, and told in words."""
    seat = small_town.crew.clerk
    monkeypatch.setattr(checking, "trust_of", lambda _: TRUST)
    monkeypatch.setattr(checking, "_today", lambda _: TODAY)

    def told(text: str) -> Verdict:
        found = checking.check_code(seat.desk, text)
        judged = checked.keep(seat, found).found.checked.judged
        rows = checking.lines(judged, checking.titles(seat.desk))
        assert checking.headline(judged, found.on)
        assert not rows or judged.verdict is not Verdict.FALSE
        return judged.verdict

    whole = encode(code())
    assert told(to_text(whole)) is Verdict.VALID
    texts = [to_text(each) for each in touched(whole, Random(19), 800)]
    # What a reader took for another sign, left out or saw twice.
    texts += [each.decode("latin-1") for each in touched(to_text(whole).encode(), Random(20), 200)]
    assert Verdict.VALID not in {told(text) for text in texts}
    assert len(checked.of_today(seat)) == 1_001


def test_files_that_the_centre_did_not_sign_count_for_nothing(small_town: Town) -> None:
    desk = small_town.crew.clerk.desk
    checking.renew(desk)
    with desk.store.reading() as session:
        held = check_files.held(session)
    assert held is not None
    for keys, ended in (
        (held.keys[:-1] + bytes([held.keys[-1] ^ 1]), held.ended),
        (held.keys, b"none"),
        (b"", b""),
    ):
        wrong = update(CheckFilesRow).values(keys=keys, ended=ended)
        with desk.store.writing() as session:
            session.execute(wrong)
        assert checking.trust_of(desk) == Trust()
