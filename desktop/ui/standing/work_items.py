"""What a person must look at, in a sentence made of what the centre told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop.actions.board import ItemKind, WorkItem
from desktop.domain.cash import TAKEN_BY
from desktop.domain.identifiers import phone_words
from desktop.domain.message import Occasion
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.request import Payment, Shared, Slot
from desktop.domain.service import Service
from desktop.domain.tariff import Purse
from desktop.ui.standing.acts import act_words
from desktop.ui.standing.recalled import RECALLED, told_cause, told_recall
from desktop.ui.standing.telling import field_label, payment_words, slot_words, value_words


def item_words(item: WorkItem) -> str:
    """The sentence of an item; of an earlier program's the one that was kept."""
    words = item.centre_words
    if not words or item.kind is ItemKind.REFUSED:
        words = f"{words} {SENTENCES[item.kind](item.detail)}".strip()
    return to_persian_digits(words)


def item_alone(item: WorkItem) -> str:
    """The sentence where no head stands over it."""
    if item.kind is ItemKind.RECALL:
        return f"{item_head(item)}. {item_words(item)}"
    return item_words(item)


def item_head(item: WorkItem) -> str:
    """What happened, in a few words."""
    if item.kind is ItemKind.RECALL:
        return RECALLED[told_cause(item.detail)]
    return HEADS[item.kind]


HEADS: Mapping[ItemKind, str] = {
    ItemKind.REFUSED: "مرکز نپذیرفت",
    ItemKind.HELD: "متوقف نزد مرکز",
    ItemKind.DOUBLE: "دو پروندهٔ باز برای یک کار",
    ItemKind.UNPROVEN: "مهر تأییدنشده",
    ItemKind.MESSAGE: "پیام به متقاضی نرسید",
    ItemKind.ELSEWHERE: "دفتر پیشین، بی‌اطلاع از سپردن پرونده، کاری انجام داده بود",
    ItemKind.MOVED: "شهرداری نوبت بازدید را جابه‌جا کرد",
    ItemKind.CALLED_OFF: "نوبت بازدید لغو شد",
    ItemKind.VOID_UNTOLD: "ابطال نامه هنوز اعلام نشده است",
    ItemKind.COPY_ANSWERED: "ناظر به درخواست نسخهٔ دیگر پاسخ داد",
    ItemKind.PAPER_DIFFERS: "کاغذ نامه با رمزینهٔ خود یکسان نبود",
    ItemKind.COPY_GIVEN: "نسخهٔ نامه در دفتر دیگری داده شد",
}
"""By kind, what happened; why a letter is to end is told by its cause."""


def compared_words(item: WorkItem, service: Service | None) -> str:
    """Mine and theirs in one line."""
    label = field_label(item.key, service)
    mine, theirs = (value_words(item.key, each, service) for each in (item.mine, item.theirs))
    return f"{label}؛ نزد شما: «{mine}»، نزد مرکز: «{theirs}»"


def _payment(told: Mapping[str, str]) -> Payment:
    day = date.fromisoformat(told["paid_on"])
    return Payment(int(told["amount"]), told["method"], told["reference"], day)


def _refused(told: Mapping[str, str]) -> str:
    """The centre says itself, in words, why it refused; not what became of the money, nor of what
    was changed besides."""
    if "left" in told:
        return (
            "همکارتان یکی از دو مقدار را برگزید؛ "
            f"{told['left']} تغییر دیگر شما ثبت نشده است. پرونده را دوباره اصلاح کنید."
        )
    if "applicant" in told:
        whose = f"{told['applicant']}، کد رهگیری {isolate(told['tracking'])}"
        return f"این درخواست ({whose}) ثبت نشد؛ به متقاضی اطلاع دهید و رسید آن را باطل کنید."
    if "amount" not in told:
        return ""
    paid = payment_words(_payment(told))
    whose = f"، از {told['from']}" if told["from"] else ""
    rest = "رسید آن را نگه دارید و با متقاضی تعیین تکلیف کنید."
    if told["method"] in TAKEN_BY[Purse.OFFICE]:
        rest = "اگر گرفته شده است، به متقاضی برگردانید."
    return f"{paid}{whose}: در صندوق به حساب نیامد؛ {rest}"


def _held(told: Mapping[str, str]) -> str:
    if not told["report"]:
        # No bug: it waits for another one, or for what the centre lacks at this moment.
        return "این کار به مرکز رسیده و در نوبت است؛ مرکز آن را انجام می‌دهد و لازم نیست کاری بکنید."
    return (
        "این کار به مرکز رسید اما انجام نشد و نگه داشته شده است؛ "
        f"این کد را به پشتیبانی بدهید: {isolate(told['report'])}"
    )


def _copy_answered(told: Mapping[str, str]) -> str:
    if told["allowed"]:
        comment = f" «{told['comment']}»" if told["comment"] else ""
        return f"یک نسخهٔ دیگر از نامه چاپ می‌شود.{comment}"
    return f"نسخهٔ دیگر پذیرفته نشد: «{told['comment']}»"


def _copy_given(told: Mapping[str, str]) -> str:
    return f"{told['place']} نسخهٔ {told['copy']} را داد: «{told['reason']}»"


def _void_untold(told: Mapping[str, str]) -> str:
    return (
        f"نامهٔ {isolate(told['number'])} پس از تحویل ابطال شد. به {told['to']} اعلام کنید و اصل "
        "آن را پس بگیرید."
    )


def _double(told: Mapping[str, str]) -> str:
    what = "همین نامهٔ استعلام" if told["shared"] == Shared.LETTER else "همین ملک"
    return (
        f"برای {what} در {told['office']} نیز پرونده‌ای باز است، "
        f"کد رهگیری {isolate(told['tracking'])}. "
        "پیش از ادامه از متقاضی بپرسید که کدام بماند."
    )


def _unproven(told: Mapping[str, str]) -> str:
    return (
        f"مهر نامهٔ {isolate(told['number'])} به نام {told['name']} رسید، "
        "ولی با کلید شناخته‌شدهٔ این شخص امضا نشده است. این نامه را چاپ و تحویل نکنید؛ "
        "با ناظر شهرداری تماس بگیرید. پس از روشن شدن، مسئول دفتر آن را ابطال کند."
    )


def _unreached(told: Mapping[str, str]) -> str:
    what = Occasion(told["occasion"]).word
    return (
        f"پیام «{what}» به شمارهٔ {phone_words(told['mobile'])} نرسید: «{told['cause']}». "
        "شمارهٔ درست را از متقاضی بپرسید؛ با اصلاح آن پیام دوباره فرستاده می‌شود."
    )


def _elsewhere(told: Mapping[str, str]) -> str:
    done = act_words(told["act"]) or "کاری دیگر"
    words = f"{told['office']} پیش از آگاهی از سپردن پرونده این کار را کرده بود: «{done}»"
    if "amount" not in told:
        return f"{words}. این کار در پرونده ثبت نشده است؛ با متقاضی تعیین تکلیف کنید."
    paid = payment_words(_payment(told))
    if told["method"] in TAKEN_BY[Purse.OFFICE]:
        rest = "آن دفتر باید همین مبلغ را به متقاضی برگرداند."
    else:
        rest = "رسید را ببینید و پرداخت را با همین شماره ثبت کنید."
    return f"{words}، {paid}. این پول در پرونده ثبت نشده است؛ {rest}"


def _moved(told: Mapping[str, str]) -> str:
    slot = Slot(date.fromisoformat(told["day"]), int(told["half"]), 0)
    with_whom = f"، با {told['inspector']}" if told["inspector"] else ""
    return (
        f"نوبت تازه: {slot_words(slot)}{with_whom}. علت: {told['reason']}. "
        "به متقاضی اطلاع دهید و برگ نوبت تازه را به او بدهید."
    )


def _called_off(told: Mapping[str, str]) -> str:
    cause = f"علت: {told['reason']}. " if told["reason"] else ""
    return f"{cause}به متقاضی اطلاع دهید و برای پرونده نوبت تازه بگیرید."


def _paper_differs(told: Mapping[str, str]) -> str:
    named = join_and([f"«{name}»" for name in told["names"].split("\n")])
    kept = " تصویر کاغذ در همان رایانه نگه داشته شد." if told["scanned"] else ""
    # An earlier program did not say; then it was thought to be the office's own.
    own = told.get("case", "yes")
    do = (
        "اصل نامه را با پرونده مطابقت دهید؛ به شهرداری هم اطلاع داده شده است."
        if own
        else "این نامه از دفتر دیگری است؛ به شهرداری اطلاع داده شده است و آن دفتر را آگاه می‌کند."
    )
    return (
        f"{told['name']} کاغذی از نامهٔ {isolate(told['number'])} دید که {named} آن همان نیست که "
        f"امضا شده است.{kept} {do}"
    )


SENTENCES: Mapping[ItemKind, Callable[[Mapping[str, str]], str]] = {
    ItemKind.REFUSED: _refused,
    ItemKind.HELD: _held,
    ItemKind.RECALL: told_recall,
    ItemKind.DOUBLE: _double,
    ItemKind.UNPROVEN: _unproven,
    ItemKind.MESSAGE: _unreached,
    ItemKind.ELSEWHERE: _elsewhere,
    ItemKind.MOVED: _moved,
    ItemKind.CALLED_OFF: _called_off,
    ItemKind.VOID_UNTOLD: _void_untold,
    ItemKind.COPY_ANSWERED: _copy_answered,
    ItemKind.PAPER_DIFFERS: _paper_differs,
    ItemKind.COPY_GIVEN: _copy_given,
}
"""By kind, the sentence of what was told."""
