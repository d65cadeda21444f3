// The code of a letter: its two signatures and its claims (SPEC.md §2, §3 and §8).
import { fromBase32, fromBase45, fromBase64, toHex } from "./bytes.js";
import { Tagged, read, write } from "./cbor.js";
import { spelt } from "./days.js";

const LONGEST = 290;
const LONGEST_TEXT = 2000;
const LONGEST_NAME = 40;
const CUT = "…";
const PRIVATE = -65537;
const SERVICES = [
  "no-violation", "building-permit", "completion", "inquiry", "transfer", "excavation",
  "subdivision", "land-use-change", "clearance", "minor-repairs", "permit-renewal",
  "permit-amendment", "reissue", "demolition", "walling", "scaffold", "street-occupation",
  "water", "electricity", "gas", "objection",
];
const OUTCOMES = ["answer", "refuse", "debt", "minutes", "consultation"];
const MADE = ["earnest", "sample", "training"];

/** What the text of a QR says; null for what is no code of a letter, whoever signed it. */
export function readCode(text) {
  if (text.length > LONGEST_TEXT) return null;
  const early = readLine(text);
  if (early) return early;
  const bytes = fromBase45(text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, ""));
  if (!bytes || bytes.length > LONGEST) return null;
  try {
    return code(read(bytes));
  } catch (_fault) {
    return null;
  }
}

function code(told) {
  const [protectedPart, beside, claims, signature] = parts(told, 4);
  if (!(beside instanceof Map) || beside.size !== 1) throw new RangeError("another header");
  const [release, nothing, countersignature] = list(beside.get(11), 3);
  if (!(nothing instanceof Map) || nothing.size) throw new RangeError("another header");
  const [day, copy] = list(header(release, 3).get(PRIVATE), 2);
  if (number(copy) < 1) throw new RangeError("no copy");
  return {
    protectedPart,
    release,
    claims,
    signature: bytes(signature, 64),
    countersignature: bytes(countersignature, 64),
    keyId: keyIdIn(protectedPart, 2),
    releaser: keyIdIn(release, 3),
    on: demand(spelt(number(day))),
    copy,
    ...facts(claims),
  };
}

/** The parts of a COSE_Sign1. */
export function parts(told, count) {
  if (!(told instanceof Tagged) || told.tag !== 18) throw new RangeError("another tag");
  return list(told.value, count);
}

/** The id of the key in a header of so many entries. */
export function keyIdIn(encoded, size) {
  return toHex(bytes(header(encoded, size).get(4), 4));
}

function header(encoded, size) {
  const told = read(bytes(encoded));
  if (!(told instanceof Map) || told.size !== size || told.get(1) !== -7) {
    throw new RangeError("another header");
  }
  return told;
}

/** What the centre signed of claims or of a file. */
export function issued(protectedPart, payload) {
  return write(["Signature1", protectedPart, new Uint8Array(), payload]);
}

/** What the releaser signed. */
export function released(told) {
  const { protectedPart, release, claims, signature } = told;
  const nothing = new Uint8Array();
  return write(["CounterSignatureV2", protectedPart, release, nothing, claims, [signature]]);
}

function facts(claims) {
  const outer = read(bytes(claims));
  if (!(outer instanceof Map) || outer.size !== 1) throw new RangeError("other claims");
  const held = outer.get(PRIVATE);
  if (!(held instanceof Map)) throw new RangeError("no claims");
  for (const key of held.keys()) {
    if (!Number.isInteger(key) || key < 0 || key > 15) throw new RangeError("an unknown claim");
  }
  const taken = (key, take) => (held.has(key) ? take(held.get(key)) : null);
  const day = (told) => demand(spelt(number(told)));
  const on = day(held.get(1));
  return {
    ...numbered(held, on),
    issued: on,
    service: taken(2, (told) => named(told, SERVICES)) || "",
    outcome: named(held.get(3), OUTCOMES),
    renewalCode: taken(4, renewalCode) || "",
    plate: taken(5, (told) => list(told, 3).map(number)),
    validUntil: taken(6, day) || "",
    ownerTail: taken(7, tail) || "",
    owner: taken(8, name) || "",
    share: taken(9, number),
    area: taken(10, number),
    amount: taken(11, number),
    purpose: taken(12, words) || "",
    made: made(held),
    digest: bytes(held.get(14), 16),
  };
}

function numbered(held, on) {
  const told = held.get(0);
  const office = held.has(15) ? written(held.get(15)) : "";
  if (Array.isArray(told)) {
    const [own, serial] = list(told, 2);
    if (held.has(15) || !text(own) || own.includes("/")) throw new RangeError("another way");
    return { number: `${on.slice(0, 4)}/${own}/${number(serial)}`, office: own };
  }
  const split = text(told).split("/");
  const [year, own, serial] = split;
  const plain = split.length === 3 && year === on.slice(0, 4) && own;
  if (plain && /^(0|[1-9][0-9]*)$/.test(serial)) {
    throw new RangeError("another way");
  }
  return { number: told, office };
}

function made(held) {
  if (!held.has(13)) return MADE[0];
  const told = MADE[number(held.get(13))];
  if (!told || told === MADE[0]) throw new RangeError("made for nothing known");
  return told;
}

function named(told, among) {
  if (typeof told === "string") {
    if (!told || among.includes(told)) throw new RangeError("another way");
    return told;
  }
  return demand(among[number(told)]);
}

function renewalCode(told) {
  if (typeof told === "string") {
    if (!told || /^(?:[0-9]+-){6}[0-9]+$/.test(told)) throw new RangeError("another way");
    return told;
  }
  const numbers = list(told).map(number);
  const last = numbers[numbers.length - 1];
  if (!numbers.length || numbers.length > 7 || (!last && numbers.length > 1)) {
    throw new RangeError("another way");
  }
  return [...numbers, 0, 0, 0, 0, 0, 0].slice(0, 7).join("-");
}

function tail(told) {
  if (typeof told === "string") {
    if (!told || /^[0-9]{4}$/.test(told)) throw new RangeError("another way");
    return told;
  }
  if (number(told) > 9999) throw new RangeError("five digits");
  return String(told).padStart(4, "0");
}

const ARABIC_YEH = "\u064a";
const YEH = "\u06cc";
const eastern = new TextDecoder("windows-1256");
const places = new Set(
  Array.from({ length: 256 }, (_, byte) => eastern.decode(Uint8Array.of(byte))),
);

/** Words in a byte a letter; in UTF-8 only where a letter has no place there. */
function words(told) {
  if (told instanceof Uint8Array) {
    if (!told.length) throw new RangeError("no words");
    const said = eastern.decode(told);
    // The byte of another letter that stands for the same is none of ours.
    if (said.includes(YEH)) throw new RangeError("another way");
    return said.split(ARABIC_YEH).join(YEH);
  }
  const own = (letter) => (letter === YEH ? true : letter !== ARABIC_YEH && places.has(letter));
  if (Array.from(written(told)).every(own)) throw new RangeError("another way");
  return told;
}

/** Words that the centre cuts after so many letters. */
function name(told) {
  const said = words(told);
  const whole = said.endsWith(CUT) ? said.slice(0, -1) : said;
  if (Array.from(whole).length > LONGEST_NAME) throw new RangeError("a name that nobody cut");
  return said;
}

function written(told) {
  if (!text(told)) throw new RangeError("no words");
  return told;
}

function text(told) {
  if (typeof told !== "string") throw new RangeError("no text");
  return told;
}

function number(told) {
  if (!Number.isSafeInteger(told) || told < 0) throw new RangeError("no number");
  return told;
}

function list(told, count = null) {
  if (!Array.isArray(told) || (count !== null && told.length !== count)) {
    throw new RangeError("no list");
  }
  return told;
}

function bytes(told, count = null) {
  if (!(told instanceof Uint8Array) || (count !== null && told.length !== count)) {
    throw new RangeError("no bytes");
  }
  return told;
}

/** The value, where there is one. */
export function demand(value) {
  if (value === null || value === undefined) throw new RangeError("nothing known");
  return value;
}

const LINE_DAY = /^1(?:[34][0-9]{2}|500)(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/;

/** What an earlier program wrote: a line of ASCII and a signature; null for what is none. */
function readLine(told) {
  return readEarly(fromBase32(told.slice(0, 768)));
}

/** A line and its signature of 64 bytes; null for what is none. */
export function readEarly(whole) {
  if (!whole || whole.length < 66 || whole.length > 192) return null;
  const line = whole.subarray(0, -64);
  const ascii = String.fromCharCode(...line);
  const fields = ascii.split("|");
  if (fields.length !== 11 || fields[0] !== "1" || !/^[ -~]*$/.test(ascii)) return null;
  const [, keyId, own, on, office, service, outcome, renewal, until, ownerTail, digest] = fields;
  if (!LINE_DAY.test(on) || !(until === "" || LINE_DAY.test(until))) return null;
  if (!/^[A-Za-z0-9_-]{21}[AQgw]$/.test(digest)) return null;
  return {
    line,
    signature: whole.subarray(-64),
    keyId,
    number: own,
    issued: on,
    office,
    service,
    outcome,
    renewalCode: renewal,
    validUntil: until,
    ownerTail,
    owner: "",
    purpose: "",
    made: MADE[0],
    digest: fromBase64(`${digest.replaceAll("-", "+").replaceAll("_", "/")}==`),
  };
}
