"""Each act that a person does on a case, as lists call it: words and icon, in this one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import commands as c


@dataclass(frozen=True)
class ActLook:
    """What it is called, and its icon."""

    words: str
    icon: str


ACTS: Mapping[str, ActLook] = {
    c.Register.kind: ActLook("ثبت درخواست", "file-plus"),
    c.PayFee.kind: ActLook("دریافت هزینه", "coins"),
    c.PayDue.kind: ActLook("ثبت پرداخت", "cash-banknote"),
    c.BookVisit.kind: ActLook("گرفتن نوبت", "calendar-event"),
    c.MoveVisit.kind: ActLook("جابه‌جایی نوبت", "calendar-event"),
    c.MissVisit.kind: ActLook("ثبت عدم انجام بازدید", "clock-exclamation"),
    c.ReportVisit.kind: ActLook("گزارش بازدید", "walk"),
    c.ClearGates.kind: ActLook("نظر کارشناس", "eye-check"),
    c.Recommend.kind: ActLook("پیشنهاد کارشناس", "eye-check"),
    c.Countersign.kind: ActLook("امضای دوم", "user-check"),
    c.Challenge.kind: ActLook("مخالفت با نظر کارشناس", "arrow-back-up"),
    c.AssignCase.kind: ActLook("واگذاری پرونده", "send"),
    c.RefuseCase.kind: ActLook("پاسخ منفی کارشناس", "ban"),
    c.ReturnCase.kind: ActLook("برگشت پرونده", "arrow-back-up"),
    c.SendToCommission.kind: ActLook("ارجاع به کمیسیون", "gavel"),
    c.EnterCommissionResult.kind: ActLook("رأی کمیسیون", "gavel"),
    c.PutOnAgenda.kind: ActLook("دستور جلسهٔ کمیسیون", "calendar-event"),
    c.ServeRuling.kind: ActLook("ابلاغ رأی", "send"),
    c.ObjectToRuling.kind: ActLook("اعتراض به رأی", "gavel"),
    c.EndRulingTerm.kind: ActLook("قطعیت رأی", "gavel"),
    c.ClearFine.kind: ActLook("بررسی مالی جریمه", "receipt"),
    c.Consult.kind: ActLook("استعلام از مرجع", "send"),
    c.RemindConsultee.kind: ActLook("یادآوری به مرجع", "send"),
    c.EnterReply.kind: ActLook("ثبت پاسخ مرجع", "mail"),
    c.DropConsultation.kind: ActLook("پس گرفتن استعلام", "arrow-back-up"),
    c.Amend.kind: ActLook("اصلاح درخواست", "pencil"),
    c.ReleaseLetter.kind: ActLook("تأیید و مهر نامه", "rubber-stamp"),
    c.PrintLetter.kind: ActLook("چاپ نامه", "printer"),
    c.SpoilSheet.kind: ActLook("ثبت برگ خراب", "file-off"),
    c.AskCopy.kind: ActLook("درخواست نسخهٔ دیگر", "copy"),
    c.AnswerCopy.kind: ActLook("پاسخ نسخهٔ دیگر", "copy"),
    c.HandOver.kind: ActLook("تحویل نامه", "user-check"),
    c.VoidLetter.kind: ActLook("ابطال نامه", "file-off"),
    c.RecallLetter.kind: ActLook("فراخوان نامه", "arrow-back-up"),
    c.UpholdLetter.kind: ActLook("برجا ماندن نامه", "check"),
    c.VoidRecalled.kind: ActLook("ابطال نامهٔ فراخوانده", "file-off"),
    c.TellVoid.kind: ActLook("اعلام ابطال", "send"),
    c.Withdraw.kind: ActLook("انصراف متقاضی", "x"),
    c.SecondLook.kind: ActLook("بازبینی", "eye-check"),
    c.ClaimPayment.kind: ActLook("پرداختی که در سوابق نیست", "receipt"),
    c.AnswerClaim.kind: ActLook("بررسی مالی پرداخت", "receipt"),
    c.MatchPayment.kind: ActLook("تطبیق پرداخت", "cash-banknote"),
    c.RefundFee.kind: ActLook("بازپرداخت", "cash-banknote"),
    c.VoidPayment.kind: ActLook("ابطال ثبت پرداخت", "cash-banknote"),
    c.ResendMessage.kind: ActLook("اصلاح شماره و ارسال دوبارهٔ پیام", "send"),
    c.KeepTheirs.kind: ActLook("نگه داشتن آنچه در پرونده است", "check"),
    c.AnswerObjection.kind: ActLook("پاسخ اعتراض", "scale"),
    c.OrderVisit.kind: ActLook("درخواست بازدید", "walk"),
    c.SignObjection.kind: ActLook("امضای پاسخ اعتراض", "user-check"),
    c.CloseDay.kind: ActLook("بستن روز", "clipboard-check"),
    c.TakeSheets.kind: ActLook("تحویل گرفتن برگ مهردار", "file-plus"),
    c.DropSheets.kind: ActLook("کنار گذاشتن برگ مهردار", "file-off"),
    c.TellCopy.kind: ActLook("خبر چاپ نسخه برای دفتر دیگر", "printer"),
    c.TellPaper.kind: ActLook("خبر از کاغذ ناهمسان", "alert-triangle"),
}
"""By the command's kind."""


def act_words(kind: str) -> str:
    """What an act is called; empty for one of the centre's own."""
    look = ACTS.get(kind)
    return look.words if look is not None else ""
