// The page: ways in at one side, the verdict at the other; nothing is asked of any network.
import { fromBase64 } from "./bytes.js";
import { Camera } from "./camera.js";
import { count, today } from "./days.js";
import { endedBy, open, readShortCode, shortCode } from "./files.js";
import { carried, codeIn, isEarly, isTraining, sameWords, sealed } from "./pdf.js";
import { prepare, readFile } from "./reader.js";
import { saysSame, shown as shownBy } from "./shows.js";
import { isFresh, judge, judgeRead } from "./verdict.js";
import { LANGUAGES, dayWords, digits, fraction, grouped, plainDay } from "./words.js";

const CLOSER_AFTER = 8000;
const SCANNER_PAUSE = 120;
const SHORTEST_SCAN = 60;
const LARGEST = 30000000;
const NUMBER = /^[0-9]{4}\/[^/]{1,10}\/[0-9]+$/;
const LONGEST_WORD = 20;
const FALSE = { verdict: "false" };
const UNSEEN = { verdict: "none", notice: "noPictures" };
/** By verdict: its shape, its tone, its sign. */
const LOOKS = {
  none: ["circle", "neutral", "qrcode"],
  valid: ["circle", "ok", "shield-check"],
  expired: ["square", "pay", "clock-exclamation"],
  sample: ["square", "pay", "school"],
  void: ["octagon", "refuse", "file-off"],
  replaced: ["octagon", "refuse", "replace"],
  recalled: ["octagon", "refuse", "arrow-back-up"],
  false: ["triangle", "refuse", "alert-triangle"],
  "unknown-key": ["square", "neutral", "key"],
  unproven: ["square", "pay", "file-search"],
  unsealed: ["square", "pay", "file-search"],
  "old-list": ["square", "pay", "clock-exclamation"],
  unlisted: ["square", "neutral", "keyboard"],
};

const at = (id) => document.getElementById(id);
const given = JSON.parse(at("given").textContent);
const camera = new Camera(at("video"), () => {
  closeCamera();
  tell("noPictures");
});
let language = "fa";
let keys = null;
let list = null;
let shown = { verdict: "none" };
let notice = "";
let turn = 0;
let closer = 0;
let freezing = 0;
let lastWay = "";
let isBlind = false;

const words = () => LANGUAGES[language];
const day = (told) => dayWords(told, language);
const digit = (text) => digits(text, language);

/** Shows what is said of what was given; of two that overtake each other the later counts. */
async function check(judging) {
  const mine = (turn += 1);
  const told = await judging();
  if (mine === turn) show({ ...told, again: judging });
}

/** What this page can't do in this browser, or from where it was opened; empty where it can all. */
function lacking() {
  if (isBlind) return "noPictures";
  return Camera.possible ? "" : "cameraAbsent";
}

/** Whether codes in pictures can be read: not in a browser that lets no WebAssembly in. */
async function canSee() {
  try {
    await prepare();
  } catch (_fault) {
    isBlind = true;
  }
  return !isBlind;
}

/** Nothing was checked: what was said of the letter before is not to be taken for it. */
function clear(why) {
  turn += 1;
  shown = { verdict: "none" };
  notice = why;
  render();
}

async function judged(text) {
  return judge(text, keys, list, today());
}

async function checkFile(file) {
  lastWay = "file";
  const head = await bytesOf(file, 5);
  if (head[0] === 0xd2) return renew(await bytesOf(file));
  clear("reading");
  const isPdf = String.fromCharCode(...head) === "%PDF-";
  return check(() => (isPdf ? judgedPdf(file) : judgedPicture(file)));
}

async function bytesOf(file, most = LARGEST) {
  return new Uint8Array(await file.slice(0, most).arrayBuffer());
}

async function judgedPdf(file) {
  const bytes = await bytesOf(file);
  const { value, empty } = carried(bytes);
  if (!value) return empty ? judgedPages(bytes) : { ...FALSE, why: "foreign" };
  const said = codeIn(value);
  const verdict = await judgeRead(said, keys, list, today());
  // Whoever signed it: a file says what its code says, or it is none.
  if (verdict.verdict !== "false" && !sameWords(value, said)) return { ...FALSE, why: "words" };
  if (verdict.verdict === "false") return verdict;
  const { letter, releaser } = verdict;
  const { text } = value;
  if (releaser && (await sealed(bytes, value, letter, releaser))) return { ...verdict, text };
  if (await canSee()) {
    const seen = await shownBy(bytes);
    if (!seen || !saysSame(seen, value, said)) return { ...FALSE, why: "face" };
  } else if (letter && !isEarly(value)) {
    return UNSEEN;
  }
  if (isEarly(value) && verdict.verdict === "unknown-key" && isTraining(value)) {
    return { verdict: "sample", why: "training" };
  }
  if (!letter) return verdict;
  if (isEarly(value)) return { ...verdict, beside: "early", text };
  // What else such a file may show nobody sees here: it is not said of it what is said of a letter.
  const held = releaser && verdict.verdict === "valid" ? "unsealed" : verdict.verdict;
  return { ...verdict, verdict: held, beside: releaser ? "resaved" : "", text };
}

/** A PDF that carries nothing, as what was printed to a file: by the code on its pages. */
async function judgedPages(bytes) {
  if (!(await canSee())) return UNSEEN;
  const seen = await shownBy(bytes);
  if (!seen || seen.codes.length !== 1) return { ...FALSE, why: "foreign" };
  return { ...(await judged(seen.codes[0])), beside: "byCode" };
}

async function judgedPicture(file) {
  if (!(await canSee())) return UNSEEN;
  // What is no picture has no code in it.
  const texts = await readFile(file).catch(() => []);
  if (texts.length === 1) return judged(texts[0]);
  return { verdict: "none", notice: texts.length ? "several" : "noCode" };
}

function checkShort(typed) {
  lastWay = "short";
  const code = readShortCode(typed);
  at("short").setAttribute("aria-invalid", String(!code));
  return code ? check(async () => judgedShort(code)) : clear("wrongShort");
}

function judgedShort(code) {
  if (!list) return { verdict: "old-list", why: "no-list" };
  const ended = endedBy(list, code);
  const listDay = list.day;
  if (ended) return { verdict: ended.why, ended, listDay, byShort: true };
  if (!isFresh(list, today())) return { verdict: "old-list", why: "old-list", listDay };
  return { verdict: "unlisted", listDay };
}

/** A newer file of keys or list of the same city; what is shown is judged anew by it. */
async function renew(bytes) {
  const told = await open(bytes, () => keys.own);
  const { centre, made } = keys;
  const strange = told && told.keys && (told.keys.centre !== centre || told.keys.made !== made);
  if (!told || strange) return tell("notRenewed");
  if (told.keys) {
    if (told.keys.day < keys.day) return tell("olderKeys");
    keys = told.keys;
    // Whoever stole a key wrote its list too: one that is taken back says nothing any more.
    if (list && keys.own.some((key) => key.id === list.signer && key.revoked)) list = null;
  } else {
    if (!newer(told.list)) return tell("olderList");
    list = told.list;
  }
  if (shown.again) await check(shown.again);
  notice = told.keys ? "renewedKeys" : "renewedList";
  return render();
}

function newer(other) {
  return !list || other.day > list.day || (other.day === list.day && other.serial >= list.serial);
}

function show(verdict) {
  notice = verdict.notice || "";
  shown = verdict;
  render();
  at("verdict").focus();
}

function tell(why) {
  notice = why;
  at("notice").textContent = why && words()[why];
  at("notice").hidden = !why;
}

// What is seen.

function render() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "fa" ? "rtl" : "ltr";
  document.title = words().title;
  for (const element of document.querySelectorAll("[data-w]")) {
    element.textContent = words()[element.dataset.w];
  }
  for (const element of document.querySelectorAll("[data-n]")) {
    element.textContent = digit(element.dataset.n);
  }
  at("short").placeholder = words().shortCodeExample;
  at("short").setAttribute("aria-label", words().shortCode);
  for (const key of document.querySelectorAll("[data-language]")) {
    key.setAttribute("aria-pressed", String(key.dataset.language === language));
  }
  at("city").textContent = keys.city;
  at("camera-row").hidden = Boolean(lacking());
  at("today").textContent = day(today());
  tell(notice);
  renderList();
  renderVerdict();
}

function renderList() {
  const passed = list ? count(today()) - count(list.day) : 0;
  at("list-day").textContent = list ? words().listDay(day(list.day)) : "";
  at("list-age").textContent = !list
    ? words().listNone
    : passed > 0
      ? words().listAge(digit(passed))
      : words().listFresh;
}

function renderVerdict() {
  const [shape, tone, icon] = LOOKS[shown.verdict];
  const box = at("verdict");
  box.dataset.verdict = shown.verdict;
  box.dataset.tone = tone;
  at("shape").dataset.shape = shape;
  at("sign").setAttribute("href", `#i-${icon}`);
  const word = headline();
  at("word").textContent = word;
  at("word").dataset.long = String(word.length > LONGEST_WORD);
  at("sentence").textContent = sentence();
  fill("compare", compared());
  fill("says", said());
  const title = isEnded() ? "voidPaper" : isDoubted() ? "claims" : "compare";
  at("compare-title").textContent = words()[title];
  at("says-title").textContent = isEnded() ? words().ending[shown.ended.why] : words().says;
  renderText();
  renderSteps();
  at("acts").hidden = shown.verdict === "none";
  at("checked").textContent = words().checkedOn(day(today()), list && day(list.day), keys && day(keys.day));
}

const isEnded = () => Boolean(shown.ended);
const isDoubted = () => shown.verdict === "false" || shown.verdict === "unknown-key";

/** Of a list that is not today's the verdict itself says how far it reaches. */
function headline() {
  const old = shown.verdict === "valid" && shown.listDay !== today();
  return old ? words().sentences.validOld({ until: day(shown.listDay) }) : words().verdicts[shown.verdict];
}

function sentence() {
  const { verdict, why, letter, ended, listDay } = shown;
  if (isDoubted()) return words().why[why];
  const told = {
    why,
    isSigned: Boolean(letter),
    city: keys.city,
    office: letter ? digit(letter.office) : "",
    until: listDay ? day(listDay) : "",
    day: ended ? day(ended.day) : letter && letter.validUntil ? day(letter.validUntil) : "",
    by: ended ? digit(ended.by) : "",
  };
  const line = words().sentences[verdict](told);
  const short = shown.byShort ? words().sentences.shortVoid({ number: digit(ended.number) }) : "";
  return [line, short].filter(Boolean).join(" ");
}

/** (label, value) of what is held against the paper by eye. */
function compared() {
  const { letter, ended, claimed, listDay } = shown;
  if (isDoubted()) {
    return [
      ["claimed", NUMBER.test(claimed) ? digit(claimed) : ""],
      ["list", listDay && day(listDay)],
    ];
  }
  if (!letter) return ended ? [["number", digit(ended.number)]] : [];
  const { owner, share, plate, amount, validUntil } = letter;
  const dang = share && fraction(share, 4, language);
  return [
    ["number", digit(letter.number)],
    ["issued", plainDay(letter.issued, language)],
    ["owner", owner && dang ? words().share(owner, dang) : owner],
    ["plate", plate && digit(words().plateWords(plate))],
    ["amount", amount !== null && amount !== undefined && grouped(amount, language)],
    ["validUntil", validUntil ? plainDay(validUntil, language) : words().noEnd],
  ];
}

function said() {
  const { letter, ended, releaser } = shown;
  if (ended) {
    return [
      ["endedOn", plainDay(ended.day, language)],
      ["by", digit(ended.by)],
    ];
  }
  if (!letter) return [];
  const { area } = letter;
  const metres = area && fraction(area, 2, language, { keep: true });
  const stamped = [releaser && releaser.name, letter.on && plainDay(letter.on, language)];
  return [
    ["service", keys.services[letter.service] || letter.service],
    ["outcome", words().outcomes[letter.outcome] || letter.outcome],
    ["purpose", letter.purpose],
    ["renewalCode", digit(letter.renewalCode)],
    ["area", metres && words().metres(metres)],
    ["ownerTail", digit(letter.ownerTail)],
    ["office", digit(letter.office)],
    ["stamped", stamped[0] && words().stampedBy(...stamped, digit(letter.copy))],
    ["shortCode", digit(shortCode(letter.number).replace(/(\d{4})(\d{4})/, "$1 $2 "))],
  ];
}

function fill(id, rows) {
  const told = rows.filter(([, value]) => value);
  at(id).replaceChildren(
    ...told.map(([label, value]) => {
      const row = document.createElement("div");
      row.append(cell("dt", words().labels[label]), cell("dd", value));
      return row;
    }),
  );
  at(`${id}-card`).hidden = !told.length;
}

function cell(kind, text) {
  const element = document.createElement(kind);
  const isolated = document.createElement("bdi");
  isolated.textContent = text;
  element.append(isolated);
  return element;
}

function renderText() {
  const { text } = shown;
  const lines = text ? [...text.paragraphs, ...text.closing] : [];
  at("text").replaceChildren(...lines.map((line) => cell("p", line.replaceAll("**", ""))));
  at("text-card").hidden = !lines.length;
  const banner = shown.beside ? words()[shown.beside] : isEnded() ? words().whyStamped : "";
  at("beside").textContent = banner;
  at("beside").hidden = !banner;
  const byEye = shown.verdict === "valid" || shown.verdict === "unsealed";
  const advice = isEnded() ? words().refuse : byEye ? words().eye : "";
  at("advice").textContent = advice;
  at("advice").dataset.tone = isEnded() ? "refuse" : "pay";
  at("advice").hidden = !advice;
}

function renderSteps() {
  const steps = isDoubted() ? words().steps : [];
  at("steps").replaceChildren(...steps.map((step) => cell("li", step)));
  at("steps-card").hidden = !steps.length;
}

// Ways in.

async function useCamera() {
  if (lacking()) return tell(lacking());
  lastWay = "camera";
  clearTimeout(freezing);
  clear("frame");
  const mine = turn;
  // It opens for nothing where nothing that it shows can be read.
  if (!(await canSee())) return clear(lacking());
  if (mine !== turn) return undefined;
  at("view").hidden = false;
  clearTimeout(closer);
  closer = setTimeout(() => tell("closer"), CLOSER_AFTER);
  return film(camera.start(found));
}

/** The keys of the camera that is opening, once it has. */
async function film(opening) {
  try {
    await opening;
  } catch (_fault) {
    closeCamera();
    return tell("cameraRefused");
  }
  at("torch").hidden = !camera.hasTorch;
  at("torch").setAttribute("aria-pressed", "false");
  at("other-camera").hidden = camera.devices.length < 2;
  return undefined;
}

/** Says that it is on once it is. */
async function light() {
  const on = at("torch").getAttribute("aria-pressed") !== "true";
  await camera.light(on);
  at("torch").setAttribute("aria-pressed", String(on));
}

function found(text) {
  clearTimeout(closer);
  // The picture stays where it was read; the camera itself is given back.
  freezing = setTimeout(closeCamera, 400);
  check(() => judged(text));
}

function closeCamera() {
  clearTimeout(closer);
  camera.stop();
  at("view").hidden = true;
}

/** The next letter, the way the last one came: who has a scanner is asked for no camera. */
function next() {
  at("short").value = "";
  closeCamera();
  const way = lastWay || (lacking() ? "file" : "camera");
  if (way === "camera") return useCamera();
  clear(lacking());
  if (way === "file") return at("picker").click();
  return way === "short" ? at("short").focus() : at("verdict").focus();
}

/** A scanner types as nobody does: long, fast, and by places of keys, whatever the layout. */
class Scanner {
  constructor() {
    this.text = "";
    this.last = 0;
  }

  press(event) {
    if (event.timeStamp - this.last > SCANNER_PAUSE) this.text = "";
    this.last = event.timeStamp;
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      const read = this.text;
      this.text = "";
      return read.length >= SHORTEST_SCAN ? read : "";
    }
    this.text += letterOf(event);
    return "";
  }
}

const SHIFTED = { Digit4: "$", Digit5: "%", Digit8: "*", Equal: "+", Semicolon: ":" };
const PLAIN = { Space: " ", Minus: "-", Period: ".", Slash: "/" };

function letterOf({ code, shiftKey }) {
  if (/^Key[A-Z]$/.test(code)) return code[3];
  if (shiftKey && SHIFTED[code]) return SHIFTED[code];
  if (/^(Digit|Numpad)[0-9]$/.test(code)) return code[code.length - 1];
  return PLAIN[code] || "";
}

function listen() {
  const scanner = new Scanner();
  // Alone a digit is a scanner's, and a screen reader's.
  const ways = {
    Digit1: useCamera,
    Digit2: () => at("picker").click(),
    Digit3: () => at("short").focus(),
  };
  document.addEventListener("keydown", (event) => {
    const read = scanner.press(event);
    if (read) {
      event.preventDefault();
      lastWay = "scanner";
      check(() => judged(read));
    } else if (event.key === "F8" && !at("acts").hidden) {
      event.preventDefault();
      window.print();
    } else if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      next();
    } else if (event.altKey && ways[event.code]) {
      event.preventDefault();
      ways[event.code]();
    }
  });
  at("by-camera").addEventListener("click", useCamera);
  at("by-file").addEventListener("click", () => at("picker").click());
  at("picker").addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) checkFile(file);
  });
  at("by-short").addEventListener("submit", (event) => {
    event.preventDefault();
    checkShort(at("short").value);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) checkFile(file);
  });
  document.addEventListener("paste", (event) => {
    const [file] = event.clipboardData.files;
    const text = event.clipboardData.getData("text");
    if (file) checkFile(file);
    else if (text.length >= SHORTEST_SCAN) {
      lastWay = "scanner";
      check(() => judged(text));
    }
  });
  at("print").addEventListener("click", () => window.print());
  at("next").addEventListener("click", next);
  at("torch").addEventListener("click", light);
  at("other-camera").addEventListener("click", () => film(camera.next(found)));
  at("stop").addEventListener("click", closeCamera);
  for (const key of document.querySelectorAll("[data-language]")) {
    key.addEventListener("click", () => {
      language = key.dataset.language;
      render();
    });
  }
}

async function begin() {
  // Whoever hands the page over vouches for the keys in it: one of them signed their file.
  const own = await open(fromBase64(given.keys), (told) => (told.keys ? told.keys.own : []));
  keys = own.keys;
  const told = given.list && (await open(fromBase64(given.list), () => keys.own));
  list = told ? told.list : null;
  listen();
  clear(lacking());
  at("unable").hidden = true;
  document.body.dataset.ready = "yes";
  // The first picture waits for no reader: it is unpacked while the letter is looked for.
  const mine = turn;
  setTimeout(async () => {
    if (!(await canSee()) && mine === turn) clear(lacking());
  });
}

globalThis.checkLetter = (text, on, listed = true) => judge(text, keys, listed ? list : null, on);
globalThis.checkLetterFile = checkFile;
begin();
