"""A citizen who can't see, hear or read: what is asked of the form, and of nobody else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from desktop.domain.commands import Command, Register
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.people import Applicant, Party
from desktop.domain.request import Aid, Need
from desktop.domain.setting import Setting
from desktop.forms.aid import aid_texts, read_aid
from desktop.forms.answers import check, check_request
from desktop.forms.example_records import OTHER_ID, OWNER_ID
from desktop.wire.canon import canon
from desktop.wire.codec import decode_command, encode_command
from tests import office
from tests.forms.test_answers import TODAY, filled
from tests.shipped import SHIPPED

AID = {"need": "blind", "trusted_name": "مريم زارع", "trusted_id": "۹۹۹۰۰۰۹۹۹۶", "told": "yes"}
SETTING = Setting(office.SERVICE, office.CITY, office.NOW, releasers=1)
PARTY = Party(Applicant.ATTORNEY, OWNER_ID, represented_id=OTHER_ID)


def _told(**changes: str) -> dict[str | None, str]:
    aid, faults = read_aid({**AID, **changes}, PARTY)
    assert aid is None
    return {fault.field: fault.words for fault in faults}


def test_what_is_whole_is_kept_clean_and_checked_again() -> None:
    kept, faults = read_aid(AID, PARTY)
    assert not faults
    assert kept == Aid(Need.BLIND, "9990009996", "مریم زارع")
    assert read_aid(aid_texts(kept), PARTY) == (kept, [])


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("need", "", "وضعیت متقاضی را برگزینید."),
        ("need", "tired", "وضعیت متقاضی را برگزینید."),
        ("trusted_name", "", "نام معتمد را وارد کنید."),
        ("trusted_id", "", "کد ملی معتمد را وارد کنید."),
        ("trusted_id", OWNER_ID, "معتمد باید کسی جز متقاضی باشد."),
        ("trusted_id", OTHER_ID, "معتمد باید کسی جز متقاضی باشد."),
        ("told", "", "تا اظهارنامه برای متقاضی خوانده یا نوشتهٔ آن نشان داده نشود، ثبت نمی‌شود."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(key: str, text: str, words: str) -> None:
    assert _told(**{key: text}) == {f"aid.{key}": words}


def test_an_id_that_is_none_is_refused() -> None:
    assert list(_told(trusted_id="9990009991")) == ["aid.trusted_id"]


def test_all_faults_come_at_once() -> None:
    empty = dict.fromkeys(AID, "")
    assert set(_told(**empty)) == {f"aid.{key}" for key in AID}


def test_nothing_is_asked_of_others() -> None:
    assert read_aid({}, PARTY) == (None, [])
    assert check(SHIPPED["no-violation"], filled(), TODAY).aid is None


def test_a_bank_has_eyes_enough() -> None:
    _, faults = read_aid(AID, Party(Applicant.BANK, last_name="بانک مسکن"))
    assert [fault.field for fault in faults] == ["aid.need"]


def test_a_form_and_the_centre_ask_the_same() -> None:
    form = check(SHIPPED["no-violation"], filled(aid=AID), TODAY)
    assert form.aid is not None
    own = replace(form.aid, trusted_id=form.party.person_id)
    request = replace(office.request(), party=form.party, aid=own)
    told = check_request(SHIPPED["no-violation"], request, TODAY)
    assert "aid.trusted_id" in [fault.field for fault in told]


def _command(aid: Aid | None) -> Command:
    payload = Register(replace(office.request(), aid=aid))
    return Command("c1", "case-1", "d1", 1, office.CLERK.staff_id, 0, office.NOW, payload)


def test_it_travels_and_requests_of_before_read_as_they_were() -> None:
    aid = Aid(Need.UNLETTERED, "9990009996", "مریم زارع")
    command = _command(aid)
    assert decode_command(encode_command(command)) == command
    old = json.loads(encode_command(_command(None)))
    del old["payload"]["request"]["aid"]
    read = decode_command(canon(old)).payload
    assert isinstance(read, Register)
    assert read.request.aid is None


def test_who_sits_at_the_counter_is_no_trusted_person() -> None:
    aid = Aid(Need.BLIND, "9990009996", office.CLERK.name)
    with pytest.raises(Refusal, match="جز متصدی") as refused:
        handle(None, _command(aid), office.CLERK, SETTING)
    assert refused.value.field == "aid.trusted_name"


@pytest.mark.parametrize(
    ("need", "finger"), [("blind", True), ("unlettered", True), ("deaf", False)]
)
def test_who_reads_what_they_sign_signs(need: str, finger: bool) -> None:
    assert Need(need).fingerprint is finger
    assert ("نوشته" in Need(need).told) is (need == "deaf")
