"""Which key means what, and where: the one table that the page of keys shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.ui import places
from desktop.ui.places import Place


@dataclass(frozen=True)
class KeyUse:
    """What a key does; only on the pages `at`, where there are any.

    A key with no page of its own means this everywhere but where another row names the page.
    """

    keys: str
    words: str
    at: tuple[type[Place], ...] = ()


_SERVICE_FILE = (places.ServiceDraft, places.ServiceVersion, places.Publication)
_SLOTS = (places.Outcome, places.Case, places.MunicipalCase)
_DELEGATING = (places.Delegation, places.Withdrawal)

KEY_TABLE: Mapping[str, tuple[KeyUse, ...]] = {
    "جابه‌جایی": (
        KeyUse("F2", "درخواست جدید؛ سپس شمارهٔ خدمت"),
        KeyUse("F3", "جست‌وجو"),
        KeyUse("F4", "کارتابل"),
        KeyUse("F6", "بخش دیگر صفحه: راهنما، متن یا فرم"),
        KeyUse("F10", "صندوق روز"),
        KeyUse("Ctrl+K", "جعبهٔ فرمان: کار، خدمت، پرونده، شخص، راهنما"),
        KeyUse("Ctrl+↓", "در جعبهٔ فرمان، گروه بعد"),
        KeyUse("Ctrl+←", "فهرست به ترتیب ستون بعد؛ با پیکان راست ستون پیش"),
        KeyUse("Ctrl+Tab", "بخش بعدی پرونده؛ با Shift بخش پیش"),
        KeyUse(
            "Alt+←",
            "خدمت‌های بعدی جدول، هفته یا روز بعد؛ با پیکان راست پیشین",
            (places.Trained, places.VisitPlan, places.VisitDay),
        ),
        KeyUse("Esc", "بازگشت به صفحهٔ پیش"),
    ),
    "کار": (
        KeyUse("Ctrl+Enter", "دکمهٔ اصلی صفحه"),
        KeyUse("F5", "تازه‌سازی و تلاش دوباره برای ارسال"),
        KeyUse("F7", "خلاصهٔ کنار صفحه، در پنجرهٔ باریک"),
        KeyUse("F7", "در صف ارسال، کار بعدی که تصمیم شما را می‌خواهد", (places.Outbox,)),
        KeyUse("F7", "در واگذاری خدمت، آنچه هنوز مانده است", _DELEGATING),
        KeyUse("F7", "در برنامهٔ بازدید، هفته یا فهرست تماس", (places.VisitPlan,)),
        KeyUse("F7", "در بستن روز، مورد بعدی تا بستن", (places.DayClose,)),
        KeyUse("F8", "چاپ"),
        KeyUse("F8", "در صفحهٔ مهر، نامهٔ دیده‌نشدهٔ بعدی", (places.ManagerHome, places.StampBatch)),
        KeyUse("F6", "در بررسی اصالت، فایل یا عکس نامه", (places.Check,)),
        KeyUse("F6", "در برگه‌های سربرگ، شمارهٔ برگ داخل چاپگر", (places.StampedSheets,)),
        KeyUse("Shift+F8", "خروجی اکسل"),
        KeyUse("Shift+F8", "در کارنامهٔ ماهانه، فایل متنی", (places.Bulletin,)),
        KeyUse("F9", "پیش‌نمایش نامه"),
        KeyUse("F9", "پیش‌نمایش دفتر روز", (places.DayClose,)),
        KeyUse("F9", "در بررسی اصالت، دوربین", (places.Check,)),
        KeyUse("F9", "در بازبینی، نامه در اندازهٔ خواندن", (places.SecondLook,)),
        KeyUse("1", "در بازبینی، نامه؛ با ۲ سوابق، با ۳ دلیل‌ها", (places.SecondLook,)),
        KeyUse("1", "نزدیک‌ترین نوبت بازدید؛ با ۲ و ۳ نوبت‌های پس از آن", _SLOTS),
        KeyUse("F12", "دریافت کارمزد، ثبت پرداخت"),
        KeyUse("Alt+1", "محله؛ با ۲ تا ۴ خیابان، کد پستی، کد نوسازی", (places.Nearest,)),
        KeyUse("Alt+↑", "بازدید زودتر، در همان نیم‌روز؛ با پیکان پایین دیرتر", (places.VisitDay,)),
        KeyUse(
            "Alt+1",
            "درخواست؛ با ۲ تا ۶ سوابق، مدارک، بازدید، پیشین، رویدادها",
            (places.ReviewFile,),
        ),
        KeyUse("Alt+↓", "پروندهٔ بعدی کارتابل؛ با پیکان بالا پیشین", (places.ReviewFile,)),
        KeyUse("فاصله", "برگ بعدی مدرک", (places.ReviewFile,)),
        KeyUse("فاصله", "در بررسی اصالت، این نوشته با کاغذ یکسان است", (places.Check,)),
        KeyUse("F7", "مورد بعدی که دربارهٔ آن نظر نداده‌اید", (places.ReviewFile,)),
        KeyUse("PageDown", "دفترهای بعدی", (places.Nearest,)),
        KeyUse("PageUp", "دفترهای پیش", (places.Nearest,)),
    ),
    "فرم": (
        KeyUse("Enter", "قلم بعدی"),
        KeyUse("Shift+Enter", "قلم قبلی"),
        KeyUse("F7", "کمبود بعدی تا ثبت", (places.Form,)),
        KeyUse("F7", "در درس، پاسخ نادرست بعدی", (places.Lesson,)),
        KeyUse("F6", "در گزارش بازدید، افزودن عکس", (places.MunicipalCase,)),
        KeyUse("F7", "در گزارش بازدید، مورد بعدی تا ثبت", (places.MunicipalCase,)),
        KeyUse("F7", "مورد بعدی تا تبدیل دفتر", (places.Conversion,)),
        KeyUse("F9", "دیدن صورت‌جلسهٔ تبدیل", (places.Conversion,)),
        KeyUse("F11", "نمونهٔ بعدی، در دفتر نمونه", (places.Form,)),
        KeyUse("Alt+↓", "باز کردن فهرست یا تقویم"),
        KeyUse("+", "روز بعد در تاریخ؛ با «−» روز پیش"),
        KeyUse("=", "امروز در تاریخ"),
        KeyUse("Shift+فاصله", "نیم‌فاصله"),
        KeyUse("Ctrl+Z", "بازگردانی آخرین تغییر فرم"),
        KeyUse("Ctrl+Y", "انجام دوباره"),
    ),
    "راهنما": (
        KeyUse("F1", "راهنمای صفحه یا قلمی که در آن هستید"),
        KeyUse("Ctrl+F1", "جست‌وجو در راهنما"),
        KeyUse("Alt+→", "راهنمای پیش"),
    ),
    "پروندهٔ خدمت و سوابق": (
        KeyUse("F1", "راهنمای کلیدی که مکان‌نما روی آن است؛ راهنمای صفحه با Ctrl+F1", _SERVICE_FILE),
        KeyUse("F2", "تحویل گرفتن بستهٔ برگ", (places.StampedSheets,)),
        KeyUse("F2", "گزینش خروجی سوابق", (places.Records,)),
        KeyUse("F2", "غیبت مأمور بازدید", (places.VisitPlan,)),
        KeyUse("F2", "درج در دستور جلسه", (places.Commissions,)),
        KeyUse("F2", "اطلاعیهٔ تازه", (places.Announcing,)),
        KeyUse("F7", "ایراد یا هشدار بعدی", _SERVICE_FILE),
        KeyUse("F9", "آزمودن نمونه‌ها", _SERVICE_FILE),
        KeyUse("Ctrl+1", "فرم؛ با ۲ تا ۵ بخش‌های دیگر", _SERVICE_FILE),
        KeyUse("Ctrl+F", "یافتن در متن", _SERVICE_FILE),
    ),
    "نما و قفل": (
        KeyUse("Ctrl+L", "قفل"),
        KeyUse("Ctrl+=", "بزرگ‌تر"),
        KeyUse("Ctrl+-", "کوچک‌تر"),
        KeyUse("Ctrl+0", "اندازهٔ معمول"),
        KeyUse("Ctrl+1", "در نامه‌ای که نشان داده شده، اندازهٔ کاغذ"),
        KeyUse("Ctrl+/", "همین فهرست"),
    ),
}
"""By the heading under which the page of keys lists them."""


def use_at(keys: str, place: type[Place]) -> KeyUse | None:
    """What that key does on that page; None where the table knows of nothing."""
    own = [use for uses in KEY_TABLE.values() for use in uses if use.keys == keys]
    here = (use for use in own if place in use.at)
    return next(here, next((use for use in own if not use.at), None))
