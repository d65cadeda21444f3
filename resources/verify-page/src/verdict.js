// What is said of a letter: one table for every checker (SPEC.md §7 and §8).
import { toHex, utf8 } from "./bytes.js";
import { count } from "./days.js";
import { issued, readCode, released } from "./letter.js";
import { signed } from "./signing.js";

const FRESH_DAYS = 7;
const FALSE = { verdict: "false" };

/** What is said of the text of a QR on a day, by the keys and the list (null: none at hand). */
export function judge(text, keys, list, today) {
  return judgeRead(readCode(text), keys, list, today);
}

/** The same of what was read of it; null where it was no code. */
export async function judgeRead(letter, keys, list, today) {
  if (!letter) return { ...FALSE, why: "unreadable" };
  const own = keys.own.filter((each) => each.id === letter.keyId);
  if (letter.line) return judgeLine(letter, own, keys, list, today);
  const { protectedPart, claims, signature } = letter;
  const key = await signer(own, signature, issued(protectedPart, claims));
  if (own.length && !key) return { ...FALSE, why: "unsigned", claimed: letter.number };
  if (letter.made !== "earnest") {
    return { verdict: "sample", why: letter.made, letter: key ? letter : null };
  }
  if (!key) return { verdict: "unknown-key", why: "unknown-key", claimed: letter.number };
  const against = worn(key, letter.issued);
  if (against) return { ...against, claimed: letter.number };
  if (keys.made !== "earnest") return { verdict: "sample", why: keys.made, letter };
  if (letter.on < letter.issued) return { ...FALSE, why: "early", claimed: letter.number };
  return judgeRelease(letter, keys, list, today);
}

/** The one of them that signed; null where none did. */
async function signer(own, signature, message) {
  for (const key of own) {
    if (await signed(key.point, signature, message)) return key;
  }
  return null;
}

async function judgeRelease(letter, keys, list, today) {
  const claimed = letter.number;
  const own = [...keys.own, ...keys.releasers].filter((each) => each.id === letter.releaser);
  if (!own.length) return { verdict: "unknown-key", why: "unknown-releaser", claimed };
  const message = released(letter);
  const by = [];
  for (const key of own) {
    if (await signed(key.point, letter.countersignature, message)) by.push(key);
  }
  if (!by.length) return { ...FALSE, why: "unreleased", claimed };
  const releaser = by.find((key) => !worn(key, letter.on));
  if (!releaser) {
    const against = by.map((key) => worn(key, letter.on));
    return { ...(against.find(({ verdict }) => verdict !== "false") || against[0]), claimed };
  }
  return held({ verdict: "valid", letter, releaser }, list, today);
}

/** Why nothing that the key signed on the day counts; null where it does. */
function worn(key, day) {
  if (key.revoked && day >= key.revoked) return { ...FALSE, why: "not-trusted" };
  if (day < key.since || (key.until && day > key.until)) return { ...FALSE, why: "not-then" };
  return key.revoked ? { verdict: "unknown-key", why: "not-trusted" } : null;
}

/** A true letter by the list and the calendar. */
function held(judged, list, today) {
  const { number, validUntil } = judged.letter;
  const over = (day) => validUntil && validUntil < day;
  if (!list) {
    return over(today)
      ? { ...judged, verdict: "expired" }
      : { ...judged, verdict: "old-list", why: "no-list" };
  }
  const told = { ...judged, listDay: list.day };
  const ended = list.ended.get(number);
  if (ended) return { ...told, verdict: ended.why, ended };
  // A clock that is behind the list is wrong: the day is at least the list's.
  const day = today > list.day ? today : list.day;
  if (over(day)) return { ...told, verdict: "expired" };
  return isFresh(list, today) ? told : { ...told, verdict: "old-list", why: "old-list" };
}

/** Whether the list still says that what is not on it holds. */
export function isFresh(list, today) {
  return count(today) - count(list.day) <= FRESH_DAYS;
}

/** What an earlier program issued: its release is in no code. */
async function judgeLine(letter, own, keys, list, today) {
  const claimed = letter.number;
  if (!own.length) return { verdict: "unknown-key", why: "unknown-key", claimed };
  const frame = ["pishkhan", 1, "letter", keys.centre, "", toHex(letter.line)];
  const key = await signer(own, letter.signature, utf8(JSON.stringify(frame)));
  if (!key) return { ...FALSE, why: "unsigned", claimed };
  const against = worn(key, letter.issued);
  if (against) return { ...against, claimed };
  if (keys.made !== "earnest") return { verdict: "sample", why: keys.made, letter };
  const told = held({ verdict: "valid", letter }, list, today);
  const open = told.verdict === "valid" || told.verdict === "old-list";
  return open ? { ...told, verdict: "unproven", why: "unproven" } : told;
}
