"""What gates on land, streets and money say."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wordings.base import (
    ARTICLE_77,
    ARTICLE_101,
    ARTICLE_103,
    DIG,
    FABRIC,
    INCOME,
    PLAN,
    Wording,
)

_W = Wording


def _charges(gate: str, title: str, article: str) -> dict[tuple[str, str], Wording]:
    """The wordings of a gate that asks for what a tariff comes to."""
    return {
        (gate, "paid"): _W(f"{title} پرداخت شده است", "{charges}: {sum}", INCOME, article),
        (gate, "unpaid"): _W(
            f"{title} پرداخت نشده است",
            "{charges}: {sum}",
            INCOME,
            article,
            "{charges}{in_all} به مبلغ {sum} پرداخت نشده است.",
        ),
        (gate, "after"): _W(
            f"{title} پس از کار",
            "برآورد {charges}: {sum}؛ پس از پایان کار محاسبه و مطالبه می‌شود",
            INCOME,
            article,
            "برآورد {charges} {sum} است؛ مبلغ پس از پایان کار محاسبه و مطالبه می‌شود.",
        ),
        (gate, "changed"): _W(
            f"{title} تغییر کرده است",
            "آنچه پرداخت شده با آنچه اکنون حساب می‌شود برابر نیست",
            INCOME,
            article,
            f"{title} پس از پرداخت تغییر کرده است.",
        ),
        (gate, "unknown"): _W(
            f"{title} حساب نشد",
            "همهٔ آنچه برای حساب لازم است در فرم نیست",
            INCOME,
            article,
            f"{title} را کارشناس حساب می‌کند.",
        ),
    }


WORDINGS: Mapping[tuple[str, str], Wording] = {
    ("garden", "none"): _W("باغ یا زمین زراعی نیست", "کاربری: {use}", PLAN),
    ("garden", "garden"): _W(
        "باغ یا زمین زراعی است",
        "کاربری: {use}",
        PLAN,
        letter="کاربری ملک در طرح تفصیلی {use} است و ساخت در آن منوط به بررسی جداگانه است.",
    ),
    ("garden", "unknown"): _W(
        "کاربری در سوابق نیست",
        "کاربری این ملک در سوابق ثبت نشده است",
        PLAN,
        letter="کاربری ملک در سوابق ثبت نیست.",
    ),
    ("garden", "unlisted"): _W(
        "کاربری شناخته نشد",
        "«{use}» در فهرست کاربری‌های شهرداری نیست",
        PLAN,
        letter="کاربری ملک در سوابق «{use}» نوشته شده است که شناخته نشد.",
    ),
    ("plan-conflict", "unread"): _W(
        "طرح و تعریض روشن نیست",
        "تعریض یا طرح این ملک در سوابق خوانده نشد",
        PLAN,
        "ضوابط طرح",
        "تعریض یا طرح ملک در سوابق خوانده نشد و باید از شهرداری پرسیده شود.",
    ),
    ("plan-conflict", "none"): _W("در طرح و تعریض نیست", "تعریض و طرحی ثبت نشده است", PLAN),
    ("plan-conflict", "widening"): _W(
        "تعریض دارد",
        "{area} مترمربع در تعریض{plan_too}",
        PLAN,
        "ضوابط طرح",
        "مقدار {area} مترمربع از عرصه در تعریض معبر قرار دارد{plan_too}.",
    ),
    ("plan-conflict", "plan"): _W(
        "در طرح عمومی است",
        "ملک در طرح عمومی قرار دارد",
        PLAN,
        "ضوابط طرح",
        "ملک در محدودهٔ طرح عمومی قرار دارد.",
    ),
    ("historic-fabric", "outside"): _W("بیرون از بافت تاریخی", "در بافت تاریخی نیست", FABRIC),
    ("historic-fabric", "inside"): _W(
        "در بافت تاریخی است",
        "استعلام میراث فرهنگی لازم است",
        FABRIC,
        "ضوابط بافت",
        "ملک در بافت تاریخی است و نیازمند پاسخ میراث فرهنگی است.",
    ),
    ("historic-fabric", "unread"): _W(
        "بافت تاریخی روشن نیست",
        "بودن ملک در بافت تاریخی در سوابق خوانا نیست",
        FABRIC,
        "ضوابط بافت",
        "بودن ملک در بافت تاریخی در سوابق روشن نیست.",
    ),
    ("expert", "always"): _W(
        "نظر کارشناس لازم است",
        "این خدمت را کارشناس بررسی می‌کند",
        "ضوابط خدمت",
        letter="پاسخ این خدمت با کارشناس شهرسازی است.",
    ),
    ("minimum-parcel", "enough"): _W(
        "حد نصاب تفکیک برقرار است",
        "کوچک‌ترین قطعه {area}؛ حد نصاب {least} مترمربع",
        PLAN,
        ARTICLE_101,
    ),
    ("minimum-parcel", "small"): _W(
        "کمتر از حد نصاب تفکیک",
        "کوچک‌ترین قطعه {area}؛ حد نصاب {least} مترمربع",
        PLAN,
        ARTICLE_101,
        "کوچک‌ترین قطعه {area} مترمربع و کمتر از حد نصاب {least} مترمربع است.",
    ),
    ("minimum-parcel", "unknown"): _W(
        "حد نصاب تفکیک روشن نیست",
        "کوچک‌ترین قطعه {area} مترمربع؛ ملک در سوابق نیست و پهنهٔ آن معلوم نیست",
        PLAN,
        ARTICLE_101,
        "پهنهٔ ملک در سوابق نیست و حد نصاب تفکیک آن معلوم نیست؛ کوچک‌ترین قطعه {area} مترمربع است.",
    ),
    ("blackout", "free"): _W(
        "روزهای درخواست آزاد است", "منع حفاری ندارد", "تقویم حفاری", ARTICLE_103
    ),
    ("blackout", "inside"): _W(
        "در روزهای منع حفاری است",
        "{title}، {first} تا {last}؛ نخستین روز آزاد {free}",
        "تقویم حفاری",
        ARTICLE_103,
        "حفاری از {first} تا {last} ممنوع است ({title})؛ نخستین روز آزاد {free} است.",
    ),
    ("blackout", "closed"): _W(
        "در روزهای منع حفاری است",
        "{title}، {first} تا {last}؛ روزهای منع پس از آن هنوز اعلام نشده است",
        "تقویم حفاری",
        ARTICLE_103,
        "حفاری از {first} تا {last} ممنوع است ({title}).",
    ),
    ("blackout", "untold"): _W(
        "روزهای منع آن سال اعلام نشده",
        "از {first} تا {last}؛ روزهای منع حفاری آن سال هنوز اعلام نشده است",
        "تقویم حفاری",
        ARTICLE_103,
        "روزهای منع حفاری برای {first} تا {last} هنوز اعلام نشده است.",
    ),
    ("blackout", "unknown"): _W(
        "روزهای حفاری روشن نیست",
        "آغاز و پایان حفاری در درخواست نیست",
        DIG,
        ARTICLE_103,
        "آغاز و پایان حفاری در درخواست نیامده است.",
    ),
    ("street", "minor"): _W("حفاری کوچک است", "از حد بررسی کارشناس کمتر است", DIG, ARTICLE_103),
    ("street", "major"): _W(
        "حفاری نیازمند بررسی است",
        "{causes}",
        DIG,
        ARTICLE_103,
        "حفاری بررسی کارشناس می‌خواهد: {causes}.",
    ),
    ("debt", "none"): _W("بدهی سررسیدشده ندارد", "{disputed_too}", INCOME, ARTICLE_77),
    ("debt", "due"): _W(
        "بدهی دارد",
        "{total}، {count} قلم، {years}",
        INCOME,
        "{law}",
        "ملک بابت {years}، {total_words} بدهی دارد.",
    ),
    ("debt", "unclear"): _W(
        "بدهی روشن نیست",
        "{unclear} قلم با وضعیت «{status}»{total_too}",
        INCOME,
        "{law}",
        "وضعیت بدهی ملک در سوابق «{status}» نوشته شده است و باید در شهرداری روشن شود.",
    ),
    ("debt", "paid-otherwise"): _W(
        "بدهی پرداخت‌شده با مبلغ دیگر مانده است",
        "{unclear} قلم در پیشخوان پرداخت شده و در سوابق تازه با مبلغ دیگر آمده است{total_too}",
        INCOME,
        "{law}",
        "بدهی ملک که در دفتر پیشخوان پرداخت شده است در سوابق تازه با مبلغ دیگری آمده است و باید "
        "در شهرداری روشن شود.",
    ),
    **_charges("restoration", "ترمیم و ودیعه", ARTICLE_103),
    **_charges("charge", "عوارض و هزینه‌ها", "—"),
}
