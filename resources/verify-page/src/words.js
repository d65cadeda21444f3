// All words of the page, Persian and English, and values as either writes them.

const FA = {
  title: "بررسی اصالت نامه‌های دفترهای پیشخوان",
  short: "بررسی اصالت",
  noNetwork: "بی‌نیاز از اینترنت؛ چیزی از این دستگاه بیرون نمی‌رود",
  other: "نامهٔ دیگر",
  camera: "دوربین",
  cameraHint: "رمزینهٔ پایین نامه را نشان دهید",
  file: "عکس یا فایل نامه",
  fileHint: "اینجا رها کنید یا برگزینید",
  scanner: "رمزینه‌خوان",
  scannerHint: "هر زمان بخوانید، همین‌جا می‌آید",
  shortCode: "کد کوتاه",
  shortCodeHint: "۱۰ رقم، زیر رمزینه",
  // In a field that goes from left to right: each part in its own order.
  shortCodeExample: "\u2067مانند \u2066۰۳۱۳ ۴۳۹۴ ۹۶\u2069\u2069",
  check: "بررسی",
  listTitle: "فهرست ابطال و جایگزینی",
  listDay: (day) => `تا ${day}`,
  listFresh: "فهرست امروز است.",
  listAge: (days) => `${days} روز پیش؛ ابطال‌های پس از آن در این صفحه نیست. فهرست نو را از شهرداری بگیرید.`,
  listNone: "فهرست ابطال در این صفحه نیست؛ آن را از شهرداری بگیرید و اینجا رها کنید.",
  print: "چاپ نتیجه",
  next: "بررسی نامهٔ بعدی",
  torch: "چراغ",
  otherCamera: "دوربین دیگر",
  stop: "بستن",
  frame: "رمزینهٔ پایین نامه را در کادر بگیرید",
  closer: "نزدیک‌تر، صاف‌تر، روشن‌تر؛ یا کد کوتاه را بنویسید",
  cameraRefused: "دوربین اجازه ندارد؛ از نامه عکس بگیرید و برگزینید.",
  cameraAbsent: "این صفحه به دوربین نمی‌رسد؛ عکس یا فایل نامه را بدهید، با رمزینه‌خوان بخوانید یا کد کوتاه را بنویسید.",
  noCode: "در این عکس رمزینه‌ای خوانده نشد؛ نزدیک‌تر و صاف‌تر عکس بگیرید.",
  several: "در این عکس چند رمزینه است؛ از یک نامه عکس بگیرید.",
  noPictures: "این مرورگر رمزینه را از دوربین و عکس نمی‌خواند؛ مرورگر را تازه کنید، یا با رمزینه‌خوان بخوانید یا فایل اصلی نامه را بدهید.",
  wrongShort: "این ده رقم کد کوتاه نامه نیست؛ آن را دوباره بخوانید.",
  reading: "فایل خوانده می‌شود…",
  renewedKeys: "فهرست کلیدها تازه شد.",
  renewedList: "فهرست ابطال تازه شد.",
  olderKeys: "این فهرست کلیدها قدیمی‌تر از فهرست این صفحه است؛ فهرست پیشین به جای خود است.",
  olderList: "این فهرست ابطال قدیمی‌تر از فهرست این صفحه است؛ فهرست پیشین به جای خود است.",
  notRenewed: "این فهرست با کلیدی که این صفحه می‌شناسد امضا نشده است؛ صفحهٔ تازه را از شهرداری بگیرید. فهرست پیشین به جای خود است.",
  compare: "این‌ها را با کاغذ مقایسه کنید",
  voidPaper: "این کاغذ، که پذیرفتنی نیست",
  claims: "آنچه رمزینه ادعا می‌کند",
  says: "نامه چه می‌گوید",
  ending: { void: "ابطال", replaced: "ابطال و جایگزین", recalled: "فراخوان" },
  gist: "متن نامه",
  whatToDo: "چه کنید",
  steps: [
    "نامه را صاف بگیرید و یک بار دیگر بخوانید.",
    "شماره و تاریخ نامه را تلفنی از شهرداری بپرسید.",
    "تا روشن شدن، بر پایهٔ این نامه کاری نکنید.",
  ],
  eye: "رمزینه درست است؛ کاغذ را شما با چشم بسنجید. اگر حتی یک رقم یکسان نیست، نامه را نپذیرید.",
  refuse: "این کاغذ را نپذیرید.",
  whyStamped: "کاغذ پیش از ابطال درست چاپ و تحویل شده بود؛ امضای رمزینه درست است، اما نامه دیگر اعتبار ندارد.",
  resaved: "فایل را برنامهٔ دیگری دوباره ذخیره کرده است؛ آنچه در آن می‌بینید را با این نوشته‌ها مقایسه کنید.",
  early: "این فایل از برنامهٔ پیشین است و مهر آن امضا نشده است. آنچه در آن می‌بینید را با این نوشته‌ها مقایسه کنید.",
  byCode: "این فایل چیزی از نامه همراه ندارد؛ رمزینهٔ صفحهٔ آن خوانده شد. آنچه در آن می‌بینید را با این نوشته‌ها مقایسه کنید.",
  checkedOn: (day, until, made) =>
    `بررسی شد در ${day}، ${until ? `با فهرست ابطال تا ${until}` : "بدون فهرست ابطال"}` +
    `${made ? ` و کلیدهای ${made}` : ""}.`,
  verdicts: {
    none: "نامه‌ای بررسی نشده است",
    valid: "معتبر",
    expired: "منقضی",
    sample: "نمونه",
    void: "باطل‌شده",
    replaced: "جایگزین‌شده",
    recalled: "فراخوانده‌شده",
    false: "اصالت تأیید نشد",
    "unknown-key": "کلید ناشناخته",
    unproven: "صادرشده؛ تأیید آن قابل بررسی نیست",
    unsealed: "امضا درست است؛ خود فایل سنجیده نشد",
    "old-list": "فهرست ابطال تازه لازم است",
    unlisted: "در فهرست ابطال نیست",
  },
  sentences: {
    none: () => "رمزینهٔ پایین نامه را بخوانید، یا عکس و فایل آن را بدهید.",
    valid: ({ city, office, until }) =>
      `این نامه را ${city} صادر و ${office ? `دفتر ${office}` : "همان"} تأیید کرده است؛ تا ${until} باطل یا جایگزین نشده است.`,
    validOld: ({ until }) => `امضا معتبر؛ ابطال تا ${until} دیده شد.`,
    expired: ({ day }) => `اعتبار این نامه در ${day} به پایان رسیده است.`,
    sample: ({ why }) =>
      why === "training" ? "نامهٔ آموزشی است؛ فاقد اعتبار." : "نمونه است؛ نامهٔ واقعی نیست.",
    void: ({ day }) => `این نامه از ${day} باطل است.`,
    replaced: ({ day, by }) => `این نامه از ${day} باطل است و نامهٔ شمارهٔ ${by} جایگزین آن است.`,
    recalled: ({ day }) => `شهرداری این نامه را از ${day} فراخوانده است.`,
    unproven: () => "امضای مرکز درست است؛ این که چه کسی آن را تأیید کرده در رمزینهٔ آن نیست.",
    unsealed: ({ until }) =>
      `نوشته‌های زیر امضا شده و تا ${until} باطل یا جایگزین نشده است، ولی این فایل همان نیست که صادر شد و شاید چیز دیگری نشان دهد. فایل اصلی یا کاغذ را بررسی کنید.`,
    "old-list": ({ why, until, isSigned }) =>
      (isSigned ? "امضا درست است، ولی " : "") +
      (why === "no-list"
        ? "فهرست ابطال در این صفحه نیست؛ نخست آن را بگیرید."
        : `ابطال‌های پس از ${until} در این صفحه نیست؛ نخست فهرست تازه بگیرید.`),
    unlisted: ({ until }) =>
      `تا ${until} باطل نشده است. با کد کوتاه تنها ابطال دیده می‌شود؛ برای امضا رمزینه را بخوانید.`,
    shortVoid: ({ number }) => `کد کوتاه از نامهٔ شمارهٔ ${number} است.`,
  },
  why: {
    unreadable: "این نوشته رمزینهٔ نامه‌های این شهرداری نیست یا آسیب دیده است.",
    unsigned: "امضای این رمزینه از این شهرداری نیست. نوشته‌های آن را نپذیرید.",
    unreleased: "تأیید این نامه را کسی که نامش در آن است امضا نکرده است.",
    early: "این نامه پیش از صدور تأیید شده است.",
    "not-then": "کلید این نامه در آن روز در کار نبود.",
    "not-trusted": "کلید این نامه دیگر مورد اعتماد نیست؛ شماره و تاریخ نامه را از شهرداری بپرسید.",
    "unknown-key": "این کلید را نمی‌شناسیم؛ فهرست کلیدها را تازه کنید.",
    "unknown-releaser": "کلید تأییدکننده را نمی‌شناسیم؛ فهرست کلیدها را تازه کنید.",
    words: "نوشته‌های این پرونده همان نیست که امضا شده است.",
    face: "آنچه در این پرونده دیده می‌شود همان نیست که امضا شده است.",
    foreign: "این پرونده نامهٔ این سامانه نیست، یا دست خورده است.",
  },
  labels: {
    number: "شماره",
    issued: "تاریخ",
    owner: "مالک",
    plate: "پلاک ثبتی",
    amount: "مبلغ (ریال)",
    outcome: "نتیجه",
    validUntil: "اعتبار تا",
    service: "خدمت",
    purpose: "برای",
    ownerTail: "شناسهٔ مالک، ۴ رقم آخر",
    renewalCode: "کد نوسازی",
    area: "مساحت عرصه",
    office: "دفتر",
    stamped: "تأیید و مهر",
    shortCode: "کد کوتاه",
    endedOn: "روز ابطال",
    by: "نامهٔ جایگزین",
    claimed: "شمارهٔ ادعایی",
    list: "فهرست ابطال",
  },
  outcomes: {
    answer: "پاسخ درخواست",
    refuse: "پاسخ منفی",
    debt: "اعلام بدهی",
    minutes: "صورت‌جلسهٔ تبدیل",
    consultation: "نامهٔ استعلام",
  },
  noEnd: "بدون پایان",
  metres: (area) => `${area} مترمربع`,
  share: (owner, dang) => `${owner}، ${dang} دانگ`,
  plateWords: ([section, main, sub]) =>
    `${sub ? `${sub} فرعی از ` : ""}${main} اصلی، بخش ${section}`,
  stampedBy: (name, day, copy) => `${name}، ${day}، نسخهٔ ${copy}`,
  months: [
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن",
    "اسفند",
  ],
};

// A Persian name stands last: what is Latin about it would change places with it.
const EN = {
  title: "Are letters of the counter offices genuine?",
  short: "Check a letter",
  noNetwork: "Needs no internet; nothing leaves this device",
  other: "Another letter",
  camera: "Camera",
  cameraHint: "Show the code at the foot of the letter",
  file: "Picture or PDF",
  fileHint: "Drop it here, or choose",
  scanner: "Scanner",
  scannerHint: "Scan at any time, it comes here",
  shortCode: "Short code",
  shortCodeHint: "10 digits, under the code",
  shortCodeExample: "such as 0313 4394 96",
  check: "Check",
  listTitle: "List of void and replaced letters",
  listDay: (day) => `Up to ${day}`,
  listFresh: "The list is of today.",
  listAge: (days) => `${days} days ago; what was voided since is not in this page. Ask the municipality for a newer list.`,
  listNone: "This page has no list; ask the municipality for it and drop it here.",
  print: "Print",
  next: "Next letter",
  torch: "Light",
  otherCamera: "Other camera",
  stop: "Close",
  frame: "Hold the code at the letter's foot into the frame",
  closer: "Closer, flatter, brighter; or type the short code",
  cameraRefused: "The camera is not allowed; take a picture of the letter and choose it.",
  cameraAbsent: "This page can't reach a camera; give a picture or the file of the letter, use a scanner, or type the short code.",
  noCode: "No code was read in this picture; take it closer and flatter.",
  several: "There are several codes in this picture; take one of a single letter.",
  noPictures: "This browser reads no codes from camera and pictures; use a newer one, or a scanner, or the letter's original file.",
  wrongShort: "These ten digits are no short code; read them again.",
  reading: "The file is being read…",
  renewedKeys: "The list of keys is renewed.",
  renewedList: "The list of void letters is renewed.",
  olderKeys: "This list of keys is older than the page's own; the one before stays.",
  olderList: "This list of void letters is older than the page's own; the one before stays.",
  notRenewed: "No key that this page knows signed this list: ask the municipality for a new page. The one before stays.",
  compare: "Compare these with the paper",
  voidPaper: "This paper, not to be taken",
  claims: "What the code claims",
  says: "What the letter says",
  ending: { void: "Void", replaced: "Void, and replaced by", recalled: "Recalled" },
  gist: "Text of the letter",
  whatToDo: "What to do",
  steps: [
    "Hold the letter flat and read it once more.",
    "Ask the municipality by telephone, with the letter's number and day.",
    "Do nothing on the strength of this letter until it is clear.",
  ],
  eye: "The code is right; compare the paper by eye. If a single digit differs, do not take it.",
  refuse: "Do not take this paper.",
  whyStamped: "It was rightly printed and handed over before; its signature is right, but it no longer holds.",
  resaved: "Another program saved this file anew; compare what you see in it with these words.",
  early: "This file is of an earlier program, whose stamp is not signed. Compare what you see in it with these words.",
  byCode: "This file carries nothing of the letter; the code on its page was read. Compare what you see in it with these words.",
  checkedOn: (day, until, made) =>
    `Checked on ${day}, ${until ? `by the list of void letters up to ${until}` : "with no list"}` +
    `${made ? ` and the keys of ${made}` : ""}.`,
  verdicts: {
    none: "No letter was checked",
    valid: "Valid",
    expired: "Expired",
    sample: "Sample",
    void: "Void",
    replaced: "Replaced",
    recalled: "Recalled",
    false: "Not confirmed",
    "unknown-key": "Unknown key",
    unproven: "Issued; its release can't be checked",
    unsealed: "Signature right; the file was not checked",
    "old-list": "A newer list is needed",
    unlisted: "Not on the list",
  },
  sentences: {
    none: () => "Read the code at the foot of the letter, or give a picture or the file of it.",
    valid: ({ city, office, until }) =>
      `Issued by ${city}${office ? `, released by office ${office}` : ""}; not void or replaced up to ${until}.`,
    validOld: ({ until }) => `Signature valid; void letters known up to ${until}.`,
    expired: ({ day }) => `This letter held until ${day}.`,
    sample: ({ why }) =>
      why === "training" ? "A letter for training; it is worth nothing." : "A sample; not a real letter.",
    void: ({ day }) => `Void since ${day}.`,
    replaced: ({ day, by }) => `Void since ${day}; letter ${by} stands in its place.`,
    recalled: ({ day }) => `Recalled by the municipality since ${day}.`,
    unproven: () => "The centre's signature is right; who released it is not in its code.",
    unsealed: ({ until }) =>
      `The words below are signed, and not void or replaced up to ${until}; but this is not the file that was issued, and may show something else. Check the original file, or the paper.`,
    "old-list": ({ why, until, isSigned }) =>
      (isSigned ? "The signature is right. " : "") +
      (why === "no-list"
        ? "This page has no list of void letters; get it first."
        : `What was voided after ${until} is not in this page; get a newer list first.`),
    unlisted: ({ until }) =>
      `Not void up to ${until}. A short code shows nothing else; read the code for the signature.`,
    shortVoid: ({ number }) => `The short code is of letter ${number}.`,
  },
  why: {
    unreadable: "This is no code of this municipality's letters, or it is damaged.",
    unsigned: "The signature of this code is not of this municipality. Do not take what it says.",
    unreleased: "Whoever it names did not sign the release of this letter.",
    early: "This letter was released before it was issued.",
    "not-then": "The key of this letter was not in use on that day.",
    "not-trusted": "The key of this letter is not trusted any more; ask the municipality.",
    "unknown-key": "We do not know this key; renew the keys.",
    "unknown-releaser": "We do not know the key of who released it; renew the keys.",
    words: "The words of this file are not those that were signed.",
    face: "What this file shows is not what was signed.",
    foreign: "This file is no letter of this system, or it was tampered with.",
  },
  labels: {
    number: "Number",
    issued: "Date",
    owner: "Owner",
    plate: "Registered plate",
    amount: "Sum (Rial)",
    outcome: "Result",
    validUntil: "Valid until",
    service: "Service",
    purpose: "For",
    ownerTail: "Owner's id, last 4 digits",
    renewalCode: "Renewal code",
    area: "Area of the land",
    office: "Office",
    stamped: "Released",
    shortCode: "Short code",
    endedOn: "Void since",
    by: "Replaced by",
    claimed: "Claimed number",
    list: "List of void letters",
  },
  outcomes: {
    answer: "Answer to a request",
    refuse: "Refusal",
    debt: "Debt",
    minutes: "Minutes of a conversion",
    consultation: "Question to another body",
  },
  noEnd: "no end",
  metres: (area) => `${area} m²`,
  share: (owner, dang) => `${dang} of 6 dang, ${owner}`,
  plateWords: ([section, main, sub]) => `${sub ? `${sub} of ` : ""}${main}, section ${section}`,
  stampedBy: (name, day, copy) => `copy ${copy}, ${day}, ${name}`,
  months: [
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar",
    "Dey", "Bahman", "Esfand",
  ],
};

export const LANGUAGES = { fa: FA, en: EN };

/** Digits as the language writes them. */
export function digits(text, language) {
  if (language !== "fa") return String(text);
  return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x6f0 + +digit));
}

/** A day as on paper: `1405/09/03`. */
export function plainDay(day, language) {
  return digits(`${day.slice(0, 4)}/${day.slice(4, 6)}/${day.slice(6)}`, language);
}

/** A day in words: `3 Azar 1405`. */
export function dayWords(day, language) {
  const month = LANGUAGES[language].months[+day.slice(4, 6) - 1];
  return digits(`${+day.slice(6)} ${month} ${day.slice(0, 4)}`, language);
}

/** A number with its thousands apart. */
export function grouped(number, language) {
  const mark = language === "fa" ? "٬" : ",";
  return digits(String(number).replace(/\B(?=(\d{3})+$)/g, mark), language);
}

/** So many of a unit of ten to the `places`, without zeros behind. */
export function fraction(whole, places, language, { keep = false } = {}) {
  const text = String(whole).padStart(places + 1, "0");
  const behind = text.slice(-places);
  const shown = keep ? behind : behind.replace(/0+$/, "");
  const mark = language === "fa" ? "٫" : ".";
  const before = grouped(text.slice(0, -places), language);
  return shown ? `${before}${mark}${digits(shown, language)}` : before;
}
