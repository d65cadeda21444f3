"""What is said of a letter by its code, the city's keys and its list: one table for every checker.

`resources/letter/SPEC.md` §7 says the same to whoever writes another checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import Essence, Made
from desktop.wire.essence import is_line, loads, read
from desktop.wire.letter_code import LetterCode, decode, from_text, released_in, signed_by
from desktop.wire.letter_files import (
    KEYS,
    CheckKey,
    Ended,
    EndedLetter,
    KeyFile,
    LetterList,
    open_file,
    read_keys,
    read_list,
)
from desktop.wire.letters import is_issued, issued
from desktop.wire.link import verifies

FRESH_DAYS = 7
"""So many days after its own a list still says that a letter holds."""
NO_CODE = "این نوشته رمزینهٔ یک نامه نیست."
_LONGEST_CODE = 2_000
_NOT_OURS = "این فهرست با کلید این شهرداری امضا نشده است."


class Verdict(StrEnum):
    """What is said of a letter."""

    VALID = "valid"
    FALSE = "false"
    SAMPLE = "sample"
    VOID = "void"
    REPLACED = "replaced"
    RECALLED = "recalled"
    UNKNOWN_KEY = "unknown-key"
    EXPIRED = "expired"
    UNPROVEN = "unproven"
    OLD_LIST = "old-list"

    @property
    def word(self) -> str:
        """The verdict in large letters."""
        return _WORDS[self]

    @property
    def exit_code(self) -> int:
        """What `verify` ends with (README)."""
        return _EXIT_CODES[self]


_WORDS = {
    Verdict.VALID: "معتبر",
    Verdict.FALSE: "اصالت تأیید نشد",
    Verdict.SAMPLE: "نمونه",
    Verdict.VOID: "باطل‌شده",
    Verdict.REPLACED: "جایگزین‌شده",
    Verdict.RECALLED: "فراخوانده‌شده",
    Verdict.UNKNOWN_KEY: "کلید ناشناخته",
    Verdict.EXPIRED: "منقضی",
    Verdict.UNPROVEN: "صادرشده؛ تأیید آن قابل بررسی نیست",
    Verdict.OLD_LIST: "فهرست ابطال تازه لازم است",
}
_EXIT_CODES = {
    Verdict.VALID: 0,
    Verdict.FALSE: 1,
    Verdict.SAMPLE: 2,
    Verdict.VOID: 3,
    Verdict.REPLACED: 3,
    Verdict.RECALLED: 3,
    Verdict.UNKNOWN_KEY: 4,
    Verdict.EXPIRED: 5,
    Verdict.UNPROVEN: 6,
    Verdict.OLD_LIST: 7,
}
ENDED = {
    Ended.VOID: Verdict.VOID,
    Ended.REPLACED: Verdict.REPLACED,
    Ended.RECALLED: Verdict.RECALLED,
}
_SAMPLES = {
    Made.SAMPLE: "نمونه است؛ نامهٔ واقعی نیست.",
    Made.TRAINING: "نامهٔ آموزشی است؛ فاقد اعتبار.",
}
_UNKNOWN = "کلید این نامه شناخته نیست؛ فهرست کلیدها را تازه کنید."
_NOT_SIGNED = "امضای این نامه درست نیست."
_NOT_THEN = "کلید این نامه در روز صدور آن در کار نبود."
_NOT_TRUSTED = "کلید این نامه دیگر مورد اعتماد نیست؛ شماره و تاریخ نامه را از شهرداری بپرسید."
_NOT_RELEASED = "تأیید این نامه را کسی که نامش در آن است امضا نکرده است."
_UNKNOWN_RELEASER = "کلید تأییدکنندهٔ این نامه شناخته نیست؛ فهرست کلیدها را تازه کنید."
_RELEASER_NOT_THEN = "تأییدکنندهٔ این نامه در آن روز اختیار تأیید نداشت."
_BEFORE_ISSUE = "این نامه پیش از صدور تأیید شده است."
_BEFORE_PROOF = "امضای مرکز درست است؛ این که چه کسی آن را تأیید کرده در رمزینهٔ آن نیست."
_NO_LIST = "فهرست ابطال نیست؛ نخست آن را بگیرید."
_OLD = "فهرست ابطال به‌روز نیست؛ نخست فهرست تازه بگیرید."


_Known = tuple[KeyFile, CheckKey]


def _signer(known: Iterable[_Known], signs: Callable[[KeyFile, CheckKey], bool]) -> _Known | None:
    """The one of them that signed; its id only finds it (SPEC.md §2)."""
    return next((each for each in known if signs(*each)), None)


@dataclass(frozen=True)
class Trust:
    """What a checker rests on: keys of cities, and the newest list of each by its centre's id, with
    the id of the key that signed it, where it came as a file."""

    cities: tuple[KeyFile, ...] = ()
    lists: Mapping[str, LetterList] = field(default_factory=dict)
    signers: Mapping[str, str] = field(default_factory=dict)

    def keys_of(self, key_id: str) -> list[_Known]:
        """The cities and the keys of their centres with that id: it may be that of several."""
        return [(city, key) for city in self.cities for key in city.keys if key.key_id == key_id]

    def renewed(self, file: bytes) -> Trust:
        """With a newer file of keys or list of a city that is trusted already; an older one changes
        nothing. Raises Refusal for one that none of its keys signed."""
        key_id, payload, signature = open_file(file)
        message = signed_by(key_id, payload)
        found = _signer(
            self.keys_of(key_id), lambda _, key: verifies(key.public, signature, message)
        )
        if found is None or found[1].revoked:
            raise Refusal(_NOT_OURS)
        city, key = found
        if KEYS not in loads(payload):
            told = read_list(payload)
            if not key.holds_on(told.day):
                raise Refusal(_NOT_OURS)
            held = self.lists.get(city.centre)
            newer = held is None or (held.day, held.serial) <= (told.day, told.serial)
            return self._with_list(city.centre, told, key_id) if newer else self
        file_ = read_keys(payload)
        if file_.centre != city.centre or file_.made is not city.made:
            raise Refusal(_NOT_OURS)
        if file_.day < city.day:
            return self
        renewed = replace(self, cities=tuple(file_ if c is city else c for c in self.cities))
        signer = self.signers.get(city.centre)
        # Whoever stole a key wrote its list too: one that is taken back says nothing any more.
        gone = {each.key_id for each in file_.keys if each.revoked}
        return renewed._without_list(city.centre) if signer in gone else renewed

    def _with_list(self, centre: str, told: LetterList, key_id: str) -> Trust:
        lists, signers = {**self.lists, centre: told}, {**self.signers, centre: key_id}
        return replace(self, lists=lists, signers=signers)

    def _without_list(self, centre: str) -> Trust:
        lists = {of: each for of, each in self.lists.items() if of != centre}
        return replace(self, lists=lists)


@dataclass(frozen=True)
class Judged:
    """The verdict, why in a sentence, and what the code says; of a false one nothing is said.

    `city` tells whose key signed it, `releaser` who made the copy, `ended` what the list says;
    `list_day` is the day of the list that was looked at, empty where there was none.
    """

    verdict: Verdict
    why: str = ""
    essence: Essence | None = None
    code: LetterCode | None = None
    city: KeyFile | None = None
    releaser: CheckKey | None = None
    ended: EndedLetter | None = None
    list_day: str = ""


def read_text(text: str) -> LetterCode:
    """The code in what a QR says. Raises Refusal."""
    if len(text) > _LONGEST_CODE:
        raise Refusal(NO_CODE)
    try:
        # What was typed or sent may end in a new line; within, a space is one of the letters.
        return decode(from_text(text.strip("\r\n\t")))
    except ValueError:
        raise Refusal(NO_CODE) from None


def judge(code: LetterCode, trust: Trust, today: str) -> Judged:
    """What is said of a letter on the day (`yyyymmdd`, Jalali)."""
    try:
        if is_line(code.essence):
            # What an earlier program wrote never stands in such a code.
            raise Refusal(NO_CODE)
        essence = read(code.essence, code.key_id)
    except Refusal as no:
        return Judged(Verdict.FALSE, no.words)
    known = trust.keys_of(code.key_id)
    found = _signer(
        known,
        lambda _, key: verifies(key.public, code.signature, issued(key.public, code.essence)),
    )
    if known and found is None:
        return Judged(Verdict.FALSE, _NOT_SIGNED)
    if essence.made is not Made.EARNEST:
        # Whoever made it, and whatever its key: it says itself that it is worth nothing.
        return Judged(Verdict.SAMPLE, _SAMPLES[essence.made], essence if found else None)
    if found is None:
        return Judged(Verdict.UNKNOWN_KEY, _UNKNOWN)
    return _issued(code, essence, *found, trust, today)


def judge_line(essence: bytes, signature: str, trust: Trust, today: str) -> Judged:
    """As `judge`, of what an earlier program issued: its release is in no code."""
    try:
        told = read(essence)
    except Refusal as no:
        return Judged(Verdict.FALSE, no.words)
    known = trust.keys_of(told.key_id)
    if not known:
        return Judged(Verdict.UNKNOWN_KEY, _UNKNOWN)
    found = _signer(known, lambda city, key: is_issued(key.public, city.centre, signature, essence))
    if found is None:
        return Judged(Verdict.FALSE, _NOT_SIGNED)
    city, key = found
    against = _worn(key, told.issued, _NOT_THEN)
    if against is not None:
        return against
    if city.made is not Made.EARNEST:
        return Judged(Verdict.SAMPLE, _SAMPLES[city.made], told, city=city)
    held = _held(Judged(Verdict.VALID, "", told, city=city), trust, today)
    if held.verdict in (Verdict.VALID, Verdict.OLD_LIST):
        return replace(held, verdict=Verdict.UNPROVEN, why=_BEFORE_PROOF)
    return held


def _issued(
    code: LetterCode,
    essence: Essence,
    city: KeyFile,
    key: CheckKey,
    trust: Trust,
    today: str,
) -> Judged:
    """What a key of the centre's issued in earnest: was it then in force, and who released it?"""
    against = _worn(key, essence.issued, _NOT_THEN)
    if against is not None:
        return against
    if city.made is not Made.EARNEST:
        return Judged(Verdict.SAMPLE, _SAMPLES[city.made], essence, code, city)
    if code.on < essence.issued:
        return Judged(Verdict.FALSE, _BEFORE_ISSUE)
    own = [each for each in (*city.keys, *city.releasers) if each.key_id == code.releaser]
    if not own:
        return Judged(Verdict.UNKNOWN_KEY, _UNKNOWN_RELEASER)
    said = released_in(code)
    signed = [key for key in own if verifies(key.public, code.countersignature, said)]
    if not signed:
        return Judged(Verdict.FALSE, _NOT_RELEASED)
    # Who may release on several stretches of days stands there once for each.
    worn = {key: _worn(key, code.on, _RELEASER_NOT_THEN) for key in signed}
    by = next((key for key, against in worn.items() if against is None), None)
    if by is None:
        against_all = [each for each in worn.values() if each is not None]
        return max(against_all, key=lambda each: each.verdict is Verdict.UNKNOWN_KEY)
    return _held(Judged(Verdict.VALID, "", essence, code, city, by), trust, today)


def _worn(key: CheckKey, day: str, not_then: str) -> Judged | None:
    """Why nothing that the key signed on the day counts; None where it does.

    Whoever stole a key writes what day he likes: of one that was taken back nothing is taken any
    more without a question.
    """
    if key.revoked and day >= key.revoked:
        return Judged(Verdict.FALSE, _NOT_TRUSTED)
    if not key.holds_on(day):
        return Judged(Verdict.FALSE, not_then)
    return Judged(Verdict.UNKNOWN_KEY, _NOT_TRUSTED) if key.revoked else None


def _held(judged: Judged, trust: Trust, today: str) -> Judged:
    """A true letter by its city's list and the calendar."""
    essence, city = judged.essence, judged.city
    assert essence is not None
    assert city is not None
    told = trust.lists.get(city.centre)
    if told is None:
        verdict = Verdict.EXPIRED if _is_over(essence, today) else Verdict.OLD_LIST
        return replace(judged, verdict=verdict, why="" if verdict is Verdict.EXPIRED else _NO_LIST)
    judged = replace(judged, list_day=told.day)
    ended = told.ended.get(essence.number)
    if ended is not None:
        return replace(judged, verdict=ENDED[ended.why], ended=ended)
    # A clock that is behind the list is wrong: the day is at least the list's.
    day = max(today, told.day)
    if _is_over(essence, day):
        return replace(judged, verdict=Verdict.EXPIRED)
    if not is_fresh(told, today):
        return replace(judged, verdict=Verdict.OLD_LIST, why=_OLD)
    return judged


def is_fresh(told: LetterList, today: str) -> bool:
    """Whether the list still says that what is not on it holds, on the day (`yyyymmdd`, Jalali)."""
    day = max(today, told.day)
    return (parse_jalali(day) - parse_jalali(told.day)).days <= FRESH_DAYS


def _is_over(essence: Essence, day: str) -> bool:
    return bool(essence.valid_until) and essence.valid_until < day
