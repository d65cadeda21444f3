"""A machine joins an office, over the same door on both databases; killed anywhere, begun again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions import access
from desktop.centre import enrolling, people
from desktop.centre.context import at_once
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import DeviceRow, EnrolCodeRow, PersonKeyRow
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.keys import new_key, new_letter_key
from desktop.premises.clocks import SteppingClock
from desktop.premises.doctor import examine
from desktop.premises.embedded import open_centre
from desktop.premises.enrolment import Enrolment, desk_folder
from desktop.premises.kind import read_office_file
from desktop.premises.real import (
    NO_KEY,
    PASSPHRASE,
    is_joined,
    needs_passphrase,
)
from desktop.wire import calls
from desktop.wire.enrolling import (
    ALPHABET,
    LENGTH,
    EnrolAsk,
    EnrolPersonAsk,
    introduced,
    read_code,
)
from desktop.wire.fingerprint import words_of
from desktop.wire.link import UNREADABLE, Reply, SignedRequest, public_hex, sign
from tests.houses import CHEAP, REZA
from tests.premises.conftest import OFFICE, PASSWORD, SHOWN, Killed, Line, Machine, Town
from tests.test_keys import Ring, no_ring


@pytest.mark.slow
def test_a_machine_joins_and_its_manager_signs_in(machine: Machine, town: Town) -> None:
    joining = machine.joining()
    reached = joining.reach("https://markaz.example")
    assert (reached.city, reached.trusted, reached.clock_off_s) == ("شهرداری یزد", False, 0)
    assert len(reached.words) == 6
    code = town.code()
    joined = joining.join(f" {code[:4].lower()}-{code[4:]} ")
    assert (joined.office, joined.code, joined.kind) == (OFFICE.name, "21", "office")
    assert (joined.desk, joined.manager) == (1, "حسن یزدی")
    assert not joining.passphrase_needed()
    joining.take_password(PASSWORD)
    assert not is_joined(machine.home, read_office_file(machine.home))
    joining.begin()
    file = read_office_file(machine.home)
    assert (file.kind, file.centre, file.certificate) == ("office", "https://markaz.example", SHOWN)
    assert is_joined(machine.home, file)
    opened = machine.open()
    report = opened.running.sync()
    # That he came, and from when to when he works there; and that the machine did.
    assert (report.well, report.facts) == (True, 3)
    seat = access.sign_in(opened.running.desk, "حسن یزدی", PASSWORD)
    assert seat.staff.role is Role.MANAGER
    with pytest.raises(Refusal, match="درست نیست"):
        access.sign_in(opened.running.desk, "حسن یزدی", "دیگری")
    opened.close()
    # Nothing that opens it lies about: the store is encrypted, the key is in the keyring.
    for path in machine.home.rglob("*"):
        if path.is_file():
            assert "یزدی".encode() not in path.read_bytes()
    assert not list(machine.home.rglob("*.key"))


@pytest.mark.long
def test_a_municipal_desk_is_one_too(machine: Machine, town: Town) -> None:
    town.vouched = True
    joining = machine.joining()
    assert joining.reach("markaz.example").trusted
    joined = joining.join(town.code(MUNICIPALITY, "سارا ناظر"))
    assert joined.kind == "municipal"
    joining.take_password(PASSWORD)
    joining.begin()
    file = read_office_file(machine.home)
    assert (file.kind, file.certificate) == ("municipal", "")
    opened = machine.open()
    # By its own name also before anything of the municipality has come here.
    assert access.place_of(opened.running.desk) == "شهرداری یزد، میز ۱"
    opened.running.sync()
    assert access.sign_in(opened.running.desk, "سارا ناظر", PASSWORD).staff.role is Role.SUPERVISOR
    opened.close()


@pytest.mark.slow
def test_without_a_keyring_a_passphrase_guards_the_desk(machine: Machine, town: Town) -> None:
    machine.ring = no_ring()
    joining = machine.joining()
    joining.reach("markaz.example")
    joining.join(town.code())
    assert joining.passphrase_needed()
    with pytest.raises(Refusal) as refused:
        joining.take_password(PASSWORD)
    assert refused.value.field == "passphrase"
    joining.take_password(PASSWORD, "عبارت رمز دفتر")
    joining.begin()
    assert needs_passphrase(machine.home, machine.keys)
    for wrong in ("", "دیگری"):
        with pytest.raises(Refusal, match="عبارت رمز") as asked:
            machine.open(wrong)
        assert asked.value.field == PASSPHRASE
    opened = machine.open("عبارت رمز دفتر")
    assert opened.running.sync().well
    opened.close()


@pytest.mark.long
def test_the_doctor_looks_into_the_encrypted_store_where_its_key_is_at_hand(
    machine: Machine, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.get_keyring", lambda: machine.ring)
    machine.join(town.code()).begin()
    machine.join(town.code()).begin()

    def told() -> dict[str, tuple[str, bool]]:
        found = {what: (how, sound) for what, how, sound in examine(machine.home)}
        return {what: each for what, each in found.items() if what.endswith(".db")}

    assert told()["desk/desk.db"][0].endswith("sound")
    assert told()["desk.before/desk.db"][1]
    data = bytearray((machine.home / "desk" / "desk.db").read_bytes())
    data[9000:9100] = bytes(100)
    (machine.home / "desk" / "desk.db").write_bytes(data)
    assert "آسیب" in told()["desk/desk.db"][0]
    machine.ring = Ring()
    assert told()["desk/desk.db"] == (NO_KEY, False)


@pytest.mark.slow
def test_a_machine_that_lost_its_key_says_so(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    machine.ring = Ring()
    with pytest.raises(Refusal, match="کلید این رایانه پیدا نشد"):
        machine.open()


STEPS = ("/v1/enrol", "/v1/enrol-person")


@pytest.mark.long
@pytest.mark.parametrize("lost", STEPS)
def test_an_answer_that_is_lost_is_asked_for_again(lost: str, machine: Machine, town: Town) -> None:
    code = town.code()
    joining = machine.joining()
    joining.reach("markaz.example")
    town.lose = {lost}
    for attempt in range(2):
        try:
            joining.join(code)
            joining.take_password(PASSWORD)
        except LineDown:
            assert attempt == 0
    joining.begin()
    opened = machine.open()
    assert opened.running.sync().well
    access.sign_in(opened.running.desk, "حسن یزدی", PASSWORD)
    opened.close()
    with town.centre.reading() as session:
        assert [row.desk for row in session.query(DeviceRow)] == [1], "no desk is left over"
        assert session.query(PersonKeyRow).count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("until", ["reach", "join", "password"])
def test_killed_at_any_step_it_is_begun_again_with_the_same_code(
    until: str, machine: Machine, town: Town
) -> None:
    code = town.code()
    killed = machine.joining()
    killed.reach("markaz.example")
    if until != "reach":
        killed.join(code)
    if until == "password":
        killed.take_password("گذرواژهٔ دیگر")
    machine.join(code).begin()
    opened = machine.open()
    assert opened.running.sync().well
    assert access.sign_in(opened.running.desk, "حسن یزدی", PASSWORD)
    opened.close()
    assert {path.name for path in machine.home.iterdir()} == {"desk", "office.toml"}
    # The desk has greeted: now the code is spent.
    with pytest.raises(Refusal, match="به کار رفته") as refused:
        machine.join(code)
    assert refused.value.field == "code"


@pytest.mark.long
def test_killed_while_it_is_put_in_place_it_is_begun_again(
    machine: Machine, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = town.code()

    def die(*_: object) -> None:
        raise Killed

    for where in ("write_private", "settle"):
        with monkeypatch.context() as broken:
            broken.setattr(f"desktop.premises.enrolment.{where}", die)
            with pytest.raises(Killed):
                machine.join(code).begin()
        assert not is_joined(machine.home, read_office_file(machine.home))
    machine.join(code).begin()
    opened = machine.open()
    assert opened.running.sync().well
    assert access.sign_in(opened.running.desk, "حسن یزدی", PASSWORD)
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize(("office", "rare"), [("21", True), (MUNICIPALITY, False)])
def test_rounds_are_rarer_only_where_the_centre_tells_of_all(
    office: str, rare: bool, machine: Machine, town: Town
) -> None:
    machine.join(town.code(office)).begin()
    opened = machine.open()
    waiting = opened.running.waiting
    assert waiting
    waiting.holds = True
    assert (opened.running.pause(0, Random(1)) > 60) is rare
    opened.close()


@pytest.mark.long
def test_a_desk_that_stood_there_is_moved_aside_whole(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    opened.running.sync()
    opened.close()
    first = (desk_folder(machine.home) / "desk.db").read_bytes()
    machine.join(town.code(manager="مریم کریمی")).begin()
    assert (machine.home / "desk.before" / "desk.db").read_bytes() == first
    opened = machine.open()
    assert opened.running.sync().well
    assert opened.running.desk.identity().desk == 2
    opened.close()


@pytest.mark.slow
def test_a_wrong_code_counts_and_after_five_the_right_one_is_dead(
    machine: Machine, town: Town
) -> None:
    code = town.code()
    wrong = code[:-1] + next(letter for letter in ALPHABET if letter != code[-1])
    joining = machine.joining()
    joining.reach("markaz.example")
    left = ["۴ بار دیگر", "۳ بار دیگر", "۲ بار دیگر", "۱ بار دیگر", "پس از ۵ بار نادرست باطل"]
    assert len(left) == enrolling.TRIES
    for tries, words in enumerate(left, 1):
        with pytest.raises(Refusal, match=words) as refused:
            joining.join(wrong)
        assert refused.value.field == "code"
        with town.centre.reading() as session:
            assert session.query(EnrolCodeRow).one().tries == tries
    # Of a code that is over nobody hears whether it was guessed.
    for guess in (code, wrong):
        with pytest.raises(Refusal, match="باطل شده است"):
            joining.join(guess)


@pytest.mark.slow
def test_each_way_in_which_a_code_is_good_for_nothing_is_said_apart(
    machine: Machine, town: Town
) -> None:
    code = town.code()
    machine.join(code).begin()
    opened = machine.open()
    assert opened.running.sync().well
    desk, at = opened.running.desk, town.clock.now()
    with town.centre.writing() as session:
        own = enrolling.new_person_code(session, "21", at, "مریم کریمی", Role.CLERK, REZA).text
    waits = town.code()
    elsewhere = town.code(MUNICIPALITY, "سارا ناظر")
    joining = replace(machine, home=machine.home.parent / "other", ring=Ring()).joining()
    joining.reach("markaz.example")
    for typed, words in ((code, "پیش‌تر در رایانهٔ دیگری"), (own, "یک کاربر را می‌آورد")):
        with pytest.raises(Refusal, match=words):
            joining.join(typed)
    for typed, words in ((waits, "رایانه‌ای را می‌آورد"), (elsewhere, "دفتر دیگری")):
        with pytest.raises(Refusal, match=words):
            access.join(desk, typed, PASSWORD, CHEAP)
    opened.close()


@pytest.mark.long
def test_a_code_expires(machine: Machine, town: Town) -> None:
    code = town.code()
    town.clock.moment += enrolling.VALID + timedelta(seconds=1)
    joining = machine.joining()
    joining.reach("markaz.example")
    with pytest.raises(Refusal, match="مهلت این کد گذشته"):
        joining.join(code)
    # Cleared away with the next that is made: of one that is not there nothing is known.
    town.code()
    with pytest.raises(Refusal, match="کدی با این آغاز ندارد"):
        joining.join(code)


@pytest.mark.long
def test_codes_that_have_expired_are_cleared_away(town: Town) -> None:
    old = [town.code() for _ in range(3)]
    town.clock.moment += enrolling.VALID + timedelta(seconds=1)
    fresh = town.code()
    with town.centre.reading() as session:
        assert [row.naming for row in session.query(EnrolCodeRow)] == [fresh[:3]]
    assert fresh not in old


@pytest.mark.long
def test_a_person_s_key_for_letters_is_one(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    desk, own = opened.running.desk, new_key()
    assert opened.running.sync().well
    identity = desk.identity()
    with town.centre.writing() as session:
        at = town.clock.now()
        code = enrolling.new_person_code(session, "21", at, "مریم کریمی", Role.CLERK, REZA).text
    public, letters = public_hex(own), public_hex(new_letter_key())

    def ask(key: str, release: str, signer: Ed25519PrivateKey) -> EnrolPersonAsk:
        said = introduced(identity.centre, identity.device_id, key, release)
        # As another's program may send it: not held to the form here.
        return EnrolPersonAsk.model_construct(
            code=code, key=key, release_key=release, signature=sign(signer, said)
        )

    # A key for acts in the place of one for letters, none of a length that is kept, no point.
    for key, release in (
        (public, public),
        (f"{public}00", letters),
        (letters, letters),
        (public, f"02{'ff' * 32}"),
        (public, f"04{letters[2:]}"),
    ):
        with pytest.raises(Refusal):
            desk.ask(calls.ENROL_PERSON, ask(key, release, own))
        assert town.answered[-1] == UNREADABLE
    with pytest.raises(Refusal, match="امضای کلید تازه"):
        desk.ask(calls.ENROL_PERSON, ask(public, letters, new_key()))
    assert desk.ask(calls.ENROL_PERSON, ask(public, letters, own)).name == "مریم کریمی"
    opened.close()


@pytest.mark.parametrize("typed", ["", "ABC", "AAAAAAAAA", "OIL0158S", "کد هشت"])
def test_what_can_be_no_code_is_not_sent(typed: str, machine: Machine, town: Town) -> None:
    joining = machine.joining()
    joining.reach("markaz.example")
    with pytest.raises(Refusal) as refused:
        joining.join(typed)
    assert refused.value.field == "code"
    assert town.calls == ["/v1/reach"]


@pytest.mark.slow
def test_nothing_is_kept_of_a_code_but_its_seal(town: Town) -> None:
    codes = {town.code() for _ in range(6)}
    assert len(codes) == 6
    assert all(len(code) == LENGTH and read_code(code) == code for code in codes)
    with town.centre.reading() as session:
        for row in session.query(EnrolCodeRow):
            whole = next(code for code in codes if code.startswith(row.naming))
            assert whole[3:] not in f"{row.sealed}{row.salt}"


@pytest.mark.long
def test_a_clock_that_is_far_off_is_told_and_hinders_nobody(machine: Machine, town: Town) -> None:
    joining = Enrolment(
        machine.home, SteppingClock(town.clock.now() - timedelta(hours=3)),
        lines=town.line, keys=machine.keys, cost=CHEAP,
    )  # fmt: skip
    assert joining.reach("markaz.example").clock_off_s == -3 * 3600
    joining.join(town.code())
    joining.take_password(PASSWORD)
    joining.begin()


@pytest.mark.long
@pytest.mark.parametrize("why", [Why.REFUSED, Why.TIMEOUT, Why.NAME])
def test_a_line_that_is_down_is_told_at_every_step(why: Why, machine: Machine, town: Town) -> None:
    joining = machine.joining()
    steps: list[Callable[[], object]] = [
        lambda: joining.reach("markaz.example"),
        lambda: joining.join(code),
        lambda: joining.take_password(PASSWORD),
    ]
    code = town.code()
    for step in steps:
        town.down = why
        with pytest.raises(LineDown) as down:
            step()
        assert down.value.why is why
        town.down = None
        step()
    joining.begin()


@pytest.mark.long
def test_steps_out_of_turn_are_refused(machine: Machine, town: Town) -> None:
    joining = machine.joining()
    for step in (
        lambda: joining.join("ACDEFGHJ"),
        lambda: joining.take_password(PASSWORD),
        joining.begin,
    ):
        with pytest.raises(Refusal, match="گام پیش"):
            step()
    joining.reach("markaz.example")
    joining.join(town.code())
    with pytest.raises(Refusal, match="گام پیش"):
        joining.begin()


@pytest.mark.slow
def test_who_took_the_centre_s_place_after_it_was_reached_is_not_believed(
    machine: Machine, town: Town, tmp_path: Path
) -> None:
    joining = machine.joining()
    joining.reach("markaz.example")
    own = town.centre
    town.centre = open_centre(tmp_path / "other.db", CentreKeys.new(demo=True), town.clock, at_once)
    with town.centre.writing() as session:
        people.open_office(session, OFFICE)
    code = town.code()
    with pytest.raises(LineDown) as down:
        joining.join(code)
    assert down.value.why is Why.STRANGE
    town.centre.close()
    town.centre = own


def test_an_address_where_no_centre_is(machine: Machine) -> None:
    class Page(Line):
        """A page of somebody else's."""

        def call(self, request: SignedRequest) -> Reply:
            return Reply(200, b"<html>", "", "")

    town = machine.town
    joining = Enrolment(
        machine.home, town.clock,
        lines=lambda address, pin="", *, stranger=False: Page(town, pin, stranger=stranger),
        keys=machine.keys, cost=CHEAP,
    )  # fmt: skip
    with pytest.raises(Refusal, match="مرکزی پاسخ نداد") as refused:
        joining.reach("markaz.example")
    assert refused.value.field == "address"


@pytest.mark.slow
def test_a_second_device_with_the_same_id_can_not_take_a_place(town: Town) -> None:
    code, other = town.code(), town.code(manager="مریم کریمی")
    at = town.clock.now()
    with town.centre.writing() as session:
        first = enrolling.enrol(
            session, town.centre, "d" * 36, EnrolAsk(code=code, key="1" * 64), at
        )
        assert not isinstance(first, Refusal)
        for ask in (EnrolAsk(code=code, key="2" * 64), EnrolAsk(code=other, key="1" * 64)):
            assert isinstance(enrolling.enrol(session, town.centre, "d" * 36, ask, at), Refusal)


@pytest.mark.slow
def test_a_revoked_device_is_shut_out_at_once(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    assert opened.running.sync().well
    with town.centre.writing() as session:
        enrolling.revoke(session, opened.running.desk.identity().device_id, town.clock.now())
        with pytest.raises(Refusal, match="نیست"):
            enrolling.revoke(session, "nobody", town.clock.now())
    assert opened.running.sync().why is Why.REVOKED
    opened.close()


@pytest.mark.parametrize(
    ("office", "manager", "role"),
    [
        ("99", "کس", None),
        ("21", " ", None),
        ("21", "کس", Role.EXPERT),
        (MUNICIPALITY, "ک", Role.CLERK),
    ],
)
def test_a_code_is_only_for_who_can_sit_there(
    office: str, manager: str, role: Role | None, town: Town
) -> None:
    with pytest.raises(Refusal):
        town.code(office, manager, role)


@pytest.mark.slow
def test_a_clerk_comes_to_a_desk_by_a_code_of_their_own(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    desk = opened.running.desk
    assert opened.running.sync().well
    with town.centre.writing() as session:
        at = town.clock.now()
        code = enrolling.new_person_code(session, "21", at, "مریم کریمی", Role.CLERK, REZA).text
    for wrong, field_ in (("", "code"), ("AAAAAAAA", "code")):
        with pytest.raises(Refusal) as refused:
            access.join(desk, wrong, PASSWORD, CHEAP)
        assert refused.value.field == field_
    with pytest.raises(Refusal) as refused:
        access.join(desk, code, "", CHEAP)
    assert refused.value.field == "password"
    town.lose = {"/v1/enrol-person"}
    with pytest.raises(LineDown):
        access.join(desk, code, PASSWORD, CHEAP)
    assert access.join(desk, code, PASSWORD, CHEAP) == "مریم کریمی"
    assert opened.running.sync().well
    seat = access.sign_in(desk, "مریم کریمی", PASSWORD)
    assert seat.staff.role is Role.CLERK
    assert [person.name for person in access.staff(desk)] == ["حسن یزدی", "مریم کریمی"]
    opened.close()
    other = replace(machine, home=machine.home.parent / "other", ring=Ring())
    other.join(town.code(manager="کس دیگر")).begin()
    opened = other.open()
    opened.running.sync()
    with pytest.raises(Refusal, match="به کار رفته"):
        access.join(opened.running.desk, code, PASSWORD, CHEAP)
    opened.close()


@pytest.mark.slow
def test_a_new_certificate_is_accepted_at_a_desk_that_is_at_work(
    machine: Machine, town: Town
) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    renewed = opened.running.desk.certificate
    assert renewed is not None
    town.shown = "cd" * 32
    assert opened.running.sync().why is Why.CERTIFICATE
    assert renewed.words() == words_of(bytes.fromhex(town.shown))
    # Nothing is believed by having been looked at.
    assert opened.running.sync().why is Why.CERTIFICATE
    renewed.accept()
    assert opened.running.sync().well
    opened.close()
    assert read_office_file(machine.home).certificate == town.shown
    again = machine.open()
    assert again.running.sync().well
    again.close()


@pytest.mark.slow
def test_one_person_at_two_desks_signs_with_the_keys_of_each(
    machine: Machine, town: Town, tmp_path: Path
) -> None:
    other = replace(machine, home=tmp_path / "other", ring=Ring())
    for each, password in ((machine, PASSWORD), (other, "گذرواژهٔ میز دوم")):
        each.join(town.code(), password).begin()
    staff = []
    for each, password in ((machine, PASSWORD), (other, "گذرواژهٔ میز دوم")):
        opened = each.open()
        assert opened.running.sync().well
        staff.append(access.sign_in(opened.running.desk, "حسن یزدی", password).staff)
        opened.close()
    assert staff[0].staff_id == staff[1].staff_id
    assert (staff[0].desk, staff[1].desk) == (1, 2)
    with town.centre.reading() as session:
        assert session.query(PersonKeyRow).count() == 2


@pytest.mark.long
def test_what_a_desk_tells_of_itself_is_kept(machine: Machine, town: Town) -> None:
    machine.join(town.code()).begin()
    opened = machine.open()
    assert opened.running.sync().well
    with town.centre.reading() as session:
        (row,) = session.query(DeviceRow)
        assert re.fullmatch(r"\d+\.\d+\.\d+", row.told_version)
        assert row.told_disk_mb > 0
        assert (row.told_oldest, row.told_backup, row.told_held) == (None, None, 0)
    opened.close()
