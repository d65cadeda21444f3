"""The key that signs letters: made by two, announced a week before, ended, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.actions import board, checking, letters
from desktop.centre import check_files, letter_keys
from desktop.centre.ended_letters import list_of
from desktop.centre.shares import Busy
from desktop.centre.signing import SigningKey
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.calendar import compact
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.keys import new_letter_key
from desktop.premises.centre_keys import (
    Keeper,
    keepers_of,
    lay_ready,
    make_keys,
    open_key,
    read_keys,
    seal_key,
    sealed_keys,
)
from desktop.sql.engine import Place
from desktop.store.work_items import ItemKind
from desktop.ui.standing.work_items import item_words
from desktop.wire.letter_files import KeyFile
from desktop.wire.verdicts import FRESH_DAYS, Trust, Verdict
from tests.town import Town

ALI, SARA = Keeper("علی رضایی", "گذرعبارت دراز علی"), Keeper("سارا کریمی", "گذرعبارت دراز سارا")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def town(request: pytest.FixtureRequest, make_town: Callable[[Place | None], Town]) -> Town:
    """A town on each database in turn."""
    other = request.param == "postgresql"
    return make_town(request.getfixturevalue("postgres_place") if other else None)


@pytest.fixture
def ready(town: Town) -> SigningKey:
    """A second key that the centre has, and that signs nothing yet."""
    key = SigningKey(new_letter_key())
    found = {key.key_id: key}
    object.__setattr__(town.house.centre.keys, "later", found.get)
    return key


def today(town: Town) -> date:
    return town.clock.moment.date()


def stamped(town: Town, number: int) -> CaseLetter:
    case_id = town.register(town.record(Scenario.CLEAN, number))
    release(town.crew, case_now(town.crew.clerk, case_id))
    town.house.office.sync()
    return case_now(town.crew.clerk, case_id).letters[0]


def told(town: Town) -> KeyFile:
    with town.house.centre.reading() as session:
        return check_files.keys_of(session, town.house.centre)


def judged(town: Town, held: CaseLetter, keys: KeyFile | None = None) -> Verdict:
    """The verdict in earnest, by the keys of today or of before."""
    day = today(town)
    with town.house.centre.reading() as session:
        ended = list_of(session, day)
    file = keys or told(town)
    pdf = letters.kept(town.crew.clerk.desk, held)
    checked = checking.check_pdf(pdf, Trust((file,), {file.centre: ended}), compact(day))
    assert checked.judged is not None
    return checked.judged.verdict


def use(town: Town, key: SigningKey, since: date) -> None:
    with town.house.centre.writing() as session:
        letter_keys.use(session, town.house.centre, key, since, town.clock.moment)
    town.house.office.sync()


def test_a_new_key_is_known_for_a_week_before_it_signs_and_old_letters_stay(
    town: Town, ready: SigningKey
) -> None:
    first = stamped(town, 0)
    since = today(town) + timedelta(days=FRESH_DAYS)
    with pytest.raises(Refusal, match="دست‌کم ۷ روز"):
        use(town, ready, since - timedelta(days=1))
    use(town, ready, since)
    with pytest.raises(Refusal, match="پیش‌تر اعلام"):
        use(town, ready, since)
    known = told(town)
    assert [key.key_id for key in known.keys] == [first.letter.key_id, ready.key_id]
    assert (known.keys[0].until, known.keys[1].since) == (
        compact(since - timedelta(days=1)), compact(since),
    )  # fmt: skip
    # Until then the old one signs.
    assert stamped(town, 1).letter.key_id == first.letter.key_id
    town.clock.moment += timedelta(days=FRESH_DAYS)
    town.house.office.sync()
    new = stamped(town, 2)
    assert new.letter.key_id == ready.key_id
    # By the keys of a week ago, and by those of today.
    for file in (known, told(town)):
        assert judged(town, first, file) is Verdict.SAMPLE
        assert judged(town, new, file) is Verdict.SAMPLE
    # A file of keys that the new one signed is taken by who knows it from the file before.
    with town.house.centre.reading() as session:
        fresh = check_files.keys_file(session, town.house.centre)
    assert Trust((known,)).renewed(fresh).cities[0].day == compact(today(town))


def test_a_key_that_is_not_here_signs_nothing_and_says_so(town: Town) -> None:
    absent = SigningKey(new_letter_key())
    use(town, absent, today(town) + timedelta(days=FRESH_DAYS))
    town.clock.moment += timedelta(days=FRESH_DAYS)
    with (
        town.house.centre.reading() as session,
        pytest.raises(Busy, match="is not here"),
    ):
        letter_keys.signing_key(session, town.house.centre, today(town))


class Pulled(SigningKey):
    """A key whose token is pulled out while `out`."""

    out = False

    def sign(self, message: bytes) -> str:
        if Pulled.out:
            raise Refusal("توکن امضا در دسترس نیست.")
        return super().sign(message)


def test_what_a_key_that_was_pulled_out_should_sign_waits_and_nothing_is_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Pulled(new_letter_key())
    object.__setattr__(town.house.centre.keys, "later", {key.key_id: key}.get)
    use(town, key, today(town) + timedelta(days=FRESH_DAYS))
    town.clock.moment += timedelta(days=FRESH_DAYS)
    town.house.office.sync()
    assert stamped(town, 0).letter.key_id == key.key_id
    monkeypatch.setattr(Pulled, "out", True)
    case_id = town.register(town.record(Scenario.CLEAN, 1))
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).letters == ()
    # It is no bug, and nothing that a person could do.
    (item,) = board.items(town.crew.clerk.desk)
    assert (item.kind, item.detail["report"]) == (ItemKind.HELD, "")
    assert "در نوبت است" in item_words(item)
    tick(town.house.centre)
    monkeypatch.setattr(Pulled, "out", False)
    tick(town.house.centre)
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).letters
    assert board.items(town.crew.clerk.desk) == []


def test_what_waited_and_is_refused_after_all_is_one_thing_to_look_at(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Pulled(new_letter_key())
    object.__setattr__(town.house.centre.keys, "later", {key.key_id: key}.get)
    use(town, key, today(town) + timedelta(days=FRESH_DAYS))
    town.clock.moment += timedelta(days=FRESH_DAYS)
    monkeypatch.setattr(Pulled, "out", True)
    case_id = town.register(town.record(Scenario.CLEAN))
    town.house.office.sync()
    assert [each.kind for each in board.items(town.crew.clerk.desk)] == [ItemKind.HELD]

    def gone_on(*_: object) -> None:
        raise Refusal("وضعیت پرونده تغییر کرده است.")

    monkeypatch.setattr("desktop.centre.tick.do", gone_on)
    tick(town.house.centre)
    town.house.office.sync()
    (item,) = board.items(town.crew.clerk.desk)
    assert (item.kind, item.case_id) == (ItemKind.REFUSED, case_id)


def test_a_key_that_has_not_begun_is_taken_back_and_the_one_before_goes_on(
    town: Town, ready: SigningKey
) -> None:
    centre, at = town.house.centre, town.clock.moment
    first = centre.keys.letters
    since = today(town) + timedelta(days=FRESH_DAYS)
    use(town, ready, since)
    with centre.writing() as session, pytest.raises(Refusal, match="جای خود را"):
        letter_keys.replace_at_once(session, centre, ready.key_id, ready, today(town), at)
    with centre.writing() as session:
        letter_keys.replace_at_once(session, centre, ready.key_id, first, today(town), at)
    with centre.reading() as session:
        for day in (today(town), since, since + timedelta(days=400)):
            assert letter_keys.signing_key(session, centre, day).key_id == first.key_id
    # What was taken back takes nothing's place.
    with centre.writing() as session, pytest.raises(Refusal, match="پیش‌تر پس گرفته"):
        letter_keys.replace_at_once(session, centre, first.key_id, ready, today(town), at)


def test_a_key_that_had_ended_signs_again_and_what_it_signed_before_stays(
    town: Town, ready: SigningKey
) -> None:
    centre, first = town.house.centre, town.house.centre.keys.letters
    old = stamped(town, 0)
    use(town, ready, today(town) + timedelta(days=FRESH_DAYS))
    town.clock.moment += timedelta(days=FRESH_DAYS + 1)
    with centre.writing() as session:
        letter_keys.replace_at_once(
            session, centre, ready.key_id, first, today(town), town.clock.moment
        )
    town.house.office.sync()
    new = stamped(town, 1)
    assert new.letter.key_id == first.key_id
    assert judged(town, old) is judged(town, new) is Verdict.SAMPLE


def test_a_stolen_key_is_taken_back_and_another_signs_at_once(
    town: Town, ready: SigningKey
) -> None:
    before = stamped(town, 0)
    centre, stolen = town.house.centre, before.letter.key_id
    for key_id, day, words in (
        ("00000000", today(town), "شناخته نیست"),
        (stolen, today(town) + timedelta(days=1), "پیش از امروز"),
        (stolen, today(town) - timedelta(days=4_000), "از .* امضا می‌کند"),
    ):
        with centre.writing() as session, pytest.raises(Refusal, match=words):
            letter_keys.replace_at_once(session, centre, key_id, ready, day, town.clock.moment)
    with centre.writing() as session:
        letter_keys.replace_at_once(session, centre, stolen, ready, today(town), town.clock.moment)
    town.house.office.sync()
    gone = next(key for key in told(town).keys if key.key_id == stolen)
    assert gone.revoked == compact(today(town))
    new = stamped(town, 2)
    assert new.letter.key_id == ready.key_id
    with centre.writing() as session, pytest.raises(Refusal, match="پیش‌تر پس گرفته"):
        letter_keys.replace_at_once(session, centre, stolen, ready, today(town), town.clock.moment)


# The files of a centre.


def test_two_people_make_a_key_and_only_the_two_put_it_to_use(tmp_path: Path) -> None:
    make_keys(tmp_path)
    made = seal_key(tmp_path, ALI, SARA)
    assert keepers_of(tmp_path, made.key_id) == (ALI.name, SARA.name)
    assert sealed_keys(tmp_path) == [made.key_id]
    keys = read_keys(tmp_path)
    # Sealed it is nothing that the centre could sign with.
    assert keys.find(made.key_id) is None
    wrong = Keeper(SARA.name, "گذرعبارت دیگر سارا")
    for first, second in ((ALI, wrong), (wrong, ALI)):
        with pytest.raises(Refusal, match="باز نمی‌کند"):
            open_key(tmp_path, made.key_id, first, second)
    # Whoever types first.
    opened = open_key(tmp_path, made.key_id, SARA, ALI)
    assert opened.public == made.public
    lay_ready(tmp_path, opened)
    found = keys.find(made.key_id)
    assert found is not None
    assert found.public == made.public
    assert keys.letters.key_id != made.key_id


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (Keeper(ALI.name, "گذرعبارت دیگری از علی"), "دو کس"),
        (Keeper("علي رضايي", "گذرعبارت دیگری از علی"), "دو کس"),
        (Keeper(SARA.name, "کوتاه"), "دست‌کم ۱۲ نویسه"),
    ],
)
def test_one_person_or_a_short_phrase_makes_none(
    second: Keeper, words: str, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    with pytest.raises(Refusal, match=words):
        seal_key(tmp_path, ALI, second)
    assert sealed_keys(tmp_path) == []
    with pytest.raises(Refusal, match="مهروموم"):
        open_key(tmp_path, "00000000", ALI, SARA)
