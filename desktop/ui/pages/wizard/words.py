"""What the wizard says when a step fails: what happened and what to do, each cause its own."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.actions.joining import Reached
from desktop.domain.line import Why
from desktop.domain.persian import to_persian_digits

CLOCK_LIMIT_S = 300
"""So far off this machine's clock may be; beyond, the centre would take none of its calls."""
LEAST = 8
"""The fewest signs of a password."""

# Before the first hello the machine knows no number itself.
_CALL = "با ناظر شهرداری تماس بگیرید؛ شمارهٔ او روی برگ راه‌اندازی است."
_NO_ANSWER = "مرکز پاسخ نمی‌دهد؛ نشانی و خط را ببینید."
DOWN: Mapping[Why, str] = {
    Why.REFUSED: _NO_ANSWER,
    Why.TIMEOUT: "پاسخ مرکز به‌موقع نرسید؛ خط را بررسی کنید و دوباره بزنید.",
    Why.CUT: "خط در میانهٔ کار قطع شد؛ دوباره بزنید.",
    Why.NAME: "این نشانی پیدا نمی‌شود؛ آن را با برگ بسنجید و اینترنت را بررسی کنید.",
    Why.TLS: "ارتباط امن برقرار نشد؛ نشانی و ساعت رایانه را بررسی کنید.",
    Why.CERTIFICATE: f"گواهی مرکز همین حالا تغییر کرد. ادامه ندهید. {_CALL}",
    Why.PROXY: "پراکسی شبکه راه نمی‌دهد؛ تنظیم شبکهٔ رایانه را بررسی کنید.",
    Why.PROXY_KIND: (
        "پراکسی شبکه SOCKS است و برنامه پراکسی HTTP می‌خواهد؛ تنظیم شبکهٔ رایانه را بررسی کنید."
    ),
    Why.BUSY: "مرکز مشغول است؛ کمی بعد دوباره بزنید.",
    Why.RECOVERING: "مرکز از نسخهٔ پشتیبان بازگردانده می‌شود؛ کمی بعد دوباره بزنید.",
    Why.NO_FIGURES: "ساعت مرکز درست نیست؛ به ناظر شهرداری اطلاع دهید و کمی بعد دوباره بزنید.",
}
"""Why a call did not get through, beside the field of its step."""
NOT_THE_SAME = f"ادامه ندهید. شاید نشانی اشتباه است یا در ارتباط با مرکز دست برده شده است. {_CALL}"
NO_ADDRESS = "نشانی مرکز را از برگ راه‌اندازی بنویسید."
NO_TICK = "نخست شش واژه را با برگ راه‌اندازی بسنجید و تیک بزنید."
NO_PASSWORD = "گذرواژه را بنویسید."
NOT_TWICE = "با نوشتهٔ نخست یکی نیست؛ دوباره بنویسید."
NO_PASSPHRASE = "عبارت رمز این رایانه را بنویسید."
BAD_PRINT = (
    "کاغذ آ۴، جوهر و روشن بودن چاپگر را بررسی کنید، یا چاپگر دیگری برگزینید؛ سپس دوباره چاپ کنید. "
    "چاپگر را بعداً هم می‌توان درست کرد."
)
NO_PRINTER = "چاپگری پیدا نشد. آن را روشن و وصل کنید و دوباره جست‌وجو کنید؛ یا «بعداً» را بزنید."


def words_told(reached: Reached) -> str:
    """What the words of the certificate are for; a line that goes nowhere has no certificate."""
    if not reached.words:
        return "مرکز در همین رایانه است؛ گواهی و واژه‌ای برای سنجیدن نیست."
    known = " و سیستم آن را معتبر می‌شناسد" if reached.trusted else ""
    return f"گواهی مرکز این شش واژه را دارد{known}. آن‌ها را با برگ راه‌اندازی بسنجید."


def down_words(why: Why) -> str:
    """Why a call did not get through."""
    return DOWN.get(why, _NO_ANSWER)


def clock_words(off_s: int) -> str:
    """How far this machine's clock is off; empty where it may be so."""
    if abs(off_s) <= CLOCK_LIMIT_S:
        return ""
    minutes = round(abs(off_s) / 60)
    far = f"{minutes} دقیقه" if minutes < 120 else f"{round(minutes / 60)} ساعت"
    side = "جلوتر" if off_s > 0 else "عقب‌تر"
    return to_persian_digits(
        f"ساعت این رایانه {far} {side} از مرکز است؛ آن را تنظیم کنید و دوباره وصل شوید."
    )


def short_password(password: str) -> str:
    """What is wrong with a password; empty for nothing."""
    if not password:
        return NO_PASSWORD
    if len(password) < LEAST:
        return to_persian_digits(
            f"گذرواژه دست‌کم {LEAST} نویسه باشد؛ اکنون {len(password)} نویسه است."
        )
    if len(set(password)) < LEAST // 2:
        return "این گذرواژه را همه حدس می‌زنند؛ نویسه‌های گوناگون بنویسید."
    return ""


def missing_words(count: int) -> str:
    """How many signs of the code are missing."""
    return to_persian_digits(f"{count} نویسهٔ کد مانده است") if count else ""
