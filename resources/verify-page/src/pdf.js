// The value that a letter's PDF carries of itself (SPEC.md §4), also where it was written anew.
import { Inflate, inflateSync } from "fflate";
import { fromHex, joined, toHex, utf8 } from "./bytes.js";
import { readCode, readEarly } from "./letter.js";
import { sha256, signed } from "./signing.js";

const LARGEST = 16000000;
const LONGEST_VALUE = 1000000;
const MOST_STREAMS = 2000;
const MOST_VALUES = 20;
// Keys are in order: an earlier program's value begins with its copy.
const BEGINS = ['{"code":', '{"copy":'];
const SEALED = "code layout release seal text";
const EARLY = "copy essence layout release signature text";
const PRINTED = "by on stamp title";
const STEP = 64;
const BLANK = "0".repeat(128);
const TRAINING = "، آموزشی";

/** What the file carries: `{ value }`, null for what is no letter, or carries two; `empty` where
 * nothing in it begins as such a value does. */
export function carried(file) {
  const whole = latin(file.subarray(0, 5)) === "%PDF-" && latin(file.slice(-1024)).includes("%%EOF");
  const found = file.length <= LARGEST ? values(file) : [];
  const one = found.length <= MOST_VALUES && new Set(found).size === 1;
  return { value: whole && one ? valueOf(found[0]) : null, empty: !found.length };
}

function values(file) {
  const found = [];
  for (const stream of streams(file)) {
    const begins = latin(stream.subarray(0, BEGINS[0].length));
    if (BEGINS.includes(begins)) found.push(latin(stream));
    // Of more than these nobody asks.
    if (found.length > MOST_VALUES) break;
  }
  return found;
}

function valueOf(text) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(text)));
    const { layout, release } = value;
    const told = isEarly(value) ? [value.essence, value.signature] : [value.code, value.seal];
    const known = hasKeys(value, isEarly(value) ? EARLY : SEALED) && (layout === 1 || layout === 2);
    const ours = known && value.text && hasKeys(release, PRINTED) && isDay(release.on);
    const texts = [...told, ...Object.values(ours ? release : {})];
    const written = ours && texts.every((each) => typeof each === "string");
    return written && bytewise(canonical(value)) === text ? value : null;
  } catch (_fault) {
    return null;
  }
}

/** Whether an earlier program wrote the letter: whatever drew it since, it has no code. */
export const isEarly = (value) => !("code" in value);

const hasKeys = (told, keys) => Object.keys(told || {}).sort().join(" ") === keys;

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text);
}

function* streams(file) {
  const text = latin(file);
  let seen = 0;
  let end = -1;
  for (let at = text.indexOf("stream"); at >= 0; at = text.indexOf("stream", at + 6)) {
    const begin = text.startsWith("\r\n", at + 6) ? at + 8 : at + 7;
    const opens = text[begin - 1] === "\n" && text.slice(at - 3, at) !== "end";
    if (!opens) continue;
    // Looked for once, however many begin before it.
    if (end < begin) end = text.indexOf("endstream", begin);
    if (end < 0 || (seen += 1) > MOST_STREAMS) return;
    if (end - begin >= LONGEST_VALUE) continue;
    const held = file.subarray(begin, end);
    yield held.subarray(0, lineEnd(held));
    const inflated = inflate(held);
    if (inflated) yield inflated;
  }
}

function lineEnd(bytes) {
  let end = bytes.length;
  while (end && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end -= 1;
  return end;
}

function inflate(bytes) {
  // Zlib's two bytes say how the rest is packed; what is longer than a value of ours is none.
  if ((bytes[0] & 15) !== 8 || ((bytes[0] << 8) | bytes[1]) % 31) return null;
  try {
    return inflateSync(bytes.subarray(2), { out: new Uint8Array(LONGEST_VALUE) });
  } catch (_fault) {
    return beginning(bytes.subarray(2));
  }
}

/** What comes first of a stream that can't be unpacked whole: a value there is none, and is there. */
function beginning(bytes) {
  let told = null;
  const unpacking = new Inflate((piece) => {
    told = told && told.length ? told : piece.slice(0, BEGINS[0].length);
  });
  try {
    for (let at = 0; at < bytes.length && !(told && told.length); at += STEP) {
      unpacking.push(bytes.subarray(at, at + STEP), false);
    }
  } catch (_fault) {
    // Nothing of it can be read further on.
  }
  return told;
}

function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

const bytesOf = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const bytewise = (text) => latin(utf8(text));

/** JSON with its keys in the order of their letters, without spaces. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const told = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${told.join(",")}}`;
  }
  return JSON.stringify(value);
}

/** The letter's code that the value carries; null for none. */
export function codeIn(value) {
  if (!isEarly(value)) return readCode(value.code);
  const [line, signature] = [value.essence, value.signature].map(fromHex);
  return line && signature && signature.length === 64 ? readEarly(joined(line, signature)) : null;
}

/** Whether the words that the file carries are those which the letter's code is over. */
export function sameWords(value, letter) {
  const { text } = value;
  const made = isTraining(value) ? "training" : text.sample ? "sample" : "earnest";
  const digest = toHex(sha256(utf8(canonical(text))).subarray(0, 16));
  // An earlier program's code does not say what it was made for.
  return (isEarly(value) || made === letter.made) && digest === toHex(letter.digest);
}

/** Whether its head says that the letter is one for training. */
export function isTraining({ text }) {
  return String(text.head && text.head.organisation).endsWith(TRAINING);
}

/** Whether the releaser's seal is over these very bytes. */
export async function sealed(file, value, letter, releaser) {
  if (!/^[0-9a-f]{128}$/.test(value.seal)) return false;
  const text = latin(file);
  const place = text.indexOf(`"seal":"${value.seal}"`);
  if (place < 0) return false;
  const begin = place + 8;
  const blank = joined(file.subarray(0, begin), utf8(BLANK), file.subarray(begin + 128));
  const said = ["pishkhan", 1, "seal", "", "", letter.number, letter.copy, toHex(sha256(blank))];
  const seal = Uint8Array.from(value.seal.match(/../g), (pair) => parseInt(pair, 16));
  return signed(releaser.point, seal, utf8(JSON.stringify(said)));
}
