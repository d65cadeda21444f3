// The city's file of keys and its list of letters that no longer hold (SPEC.md §5 and §6).
import { utf8 } from "./bytes.js";
import { read } from "./cbor.js";
import { spelt } from "./days.js";
import { demand, issued, keyIdIn, parts } from "./letter.js";
import { keyId, sha256, signed } from "./signing.js";

const KEYS = -65539;
const LIST = -65538;
const MADE = ["earnest", "sample", "training"];
export const WHY = ["void", "replaced", "recalled"];

/** A file taken apart: what it says, and whether one of these keys signed it; null for none. */
export async function open(bytes, keysOf) {
  let told;
  try {
    told = taken(bytes);
  } catch (_fault) {
    return null;
  }
  const trusted = keysOf(told).filter((key) => key.id === told.keyId && !key.revoked);
  const message = issued(told.protectedPart, told.payload);
  for (const key of trusted) {
    if (await signed(key.point, told.signature, message)) return told.list ? inTerm(told, key) : told;
  }
  return null;
}

/** A list is of a day on which its key counts. */
function inTerm(told, key) {
  const { day } = told.list;
  const counts = key.since <= day && (!key.until || day <= key.until);
  return counts ? { ...told, list: { ...told.list, signer: key.id } } : null;
}

function taken(bytes) {
  const [protectedPart, beside, payload, signature] = parts(read(bytes), 4);
  if (!(beside instanceof Map) || beside.size) throw new RangeError("another header");
  const claims = read(payload);
  if (!(claims instanceof Map) || claims.size !== 1) throw new RangeError("other claims");
  const said = { protectedPart, payload, signature, keyId: keyIdIn(protectedPart, 2) };
  if (claims.has(KEYS)) return { ...said, keys: keys(claims.get(KEYS)) };
  return { ...said, list: list(claims.get(LIST)) };
}

function keys(told) {
  const [city, centre, day, made, own, releasers, services, checkAt] = told;
  return {
    city,
    centre,
    day: demand(spelt(day)),
    made: demand(MADE[made]),
    own: own.map(key),
    releasers: releasers.map(key),
    services: Object.fromEntries(services),
    checkAt,
  };
}

function key([point, since, until, revoked, name]) {
  const day = (number) => (number === 0 ? "" : demand(spelt(number)));
  return {
    id: keyId(point),
    point,
    since: day(since),
    until: day(until),
    revoked: day(revoked),
    name,
  };
}

function list([day, serial, base, packs, others]) {
  const ended = new Map();
  for (const [office, years] of packs) {
    for (const [year, pack] of years) unpack(ended, office, year, pack, base);
  }
  for (const [number, why, since, by] of others) {
    ended.set(number, { number, why: demand(WHY[why]), day: demand(spelt(since)), by });
  }
  return { day: demand(spelt(day)), serial, ended };
}

function unpack(ended, office, year, pack, base) {
  const numbers = varints(pack);
  let serial = 0;
  while (numbers.length) {
    serial += numbers.shift();
    const told = numbers.shift();
    const why = demand(WHY[told % 4]);
    const by = why === "replaced" ? `${year}/${office}/${serial + numbers.shift()}` : "";
    const number = `${year}/${office}/${serial}`;
    ended.set(number, { number, why, day: demand(spelt(base + Math.floor(told / 4))), by });
  }
}

function varints(pack) {
  const numbers = [];
  let held = 0;
  let shift = 1;
  for (const byte of pack) {
    held += (byte & 127) * shift;
    shift *= 128;
    if (!(byte & 128)) {
      numbers.push(held);
      held = 0;
      shift = 1;
    }
  }
  return numbers;
}

/** The ten digits of the short code of a number (SPEC.md §5). */
export function shortCode(number) {
  const digest = sha256(utf8(`pishkhan short code 1:${number}`)).subarray(0, 8);
  let digits = 0;
  for (const byte of digest) digits = (digits * 256 + byte) % 100000000;
  return `${String(digits).padStart(8, "0")}${String(check(digits)).padStart(2, "0")}`;
}

/** Ten digits of what was typed; empty where two of them are in the other's place, or one wrong. */
export function readShortCode(typed) {
  const digits = latin(typed).replace(/[\s\p{Cf},٬/–‐‑−-]/gu, "");
  if (!/^[0-9]{10}$/.test(digits)) return "";
  return check(+digits.slice(0, 8)) === +digits.slice(8) ? digits : "";
}

function check(digits) {
  return 98 - ((digits * 100) % 97);
}

function latin(text) {
  return text
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
}

/** What the list says of the letter with that short code; null where it has none. */
export function endedBy(list, code) {
  for (const entry of list.ended.values()) {
    if (shortCode(entry.number) === code) return entry;
  }
  return null;
}
