// Whether a PDF that another program wrote anew still shows what was signed, as far as a page can
// tell: its code, its words and its numbers; the eye does the rest.
import { inflateSync } from "fflate";
import { fromBase64, toHex } from "./bytes.js";
import { shortCode } from "./files.js";
import { readCode } from "./letter.js";
import { isEarly } from "./pdf.js";
import { readDrawn } from "./reader.js";

/* global PACKED_DRAWN */
let unpacked = null;

/** The PDF as `drawn.js` has it; rejects for what is none. */
async function draw(bytes) {
  if (!unpacked) {
    unpacked = document.createElement("script");
    unpacked.textContent = new TextDecoder().decode(inflateSync(fromBase64(PACKED_DRAWN)));
    document.head.append(unpacked);
  }
  return globalThis.drawnPdf(bytes);
}

/** What the PDF shows, with the texts of its `codes`, each once; null for what is no PDF. */
export async function shown(bytes) {
  try {
    const file = await draw(bytes);
    const codes = new Set();
    for await (const canvas of file.canvases()) {
      for (const text of await readDrawn(canvas)) codes.add(text);
    }
    return { ...file, codes: [...codes] };
  } catch (_fault) {
    return null;
  }
}

/** Whether that is the letter of the value which the file carries, and nothing beside; `letter` is
 * what the value's code says. */
export function saysSame(seen, value, letter) {
  if (seen.annotated || seen.codes.length !== 1 || !isCodeOf(seen.codes[0], value)) return false;
  const face = counted(pieces(seen.words));
  for (const [piece, count] of counted(signedPieces(value.text))) {
    if ((face.get(piece) || 0) < count) return false;
  }
  const known = new Set(pieces(told(value, letter, seen.pages)).filter(isNumber));
  return [...face.keys()].every((piece) => !isNumber(piece) || known.has(piece));
}

function isCodeOf(text, value) {
  if (!isEarly(value)) return text === value.code;
  const { line, signature } = readCode(text) || {};
  return Boolean(line) && toHex(line) === value.essence && toHex(signature) === value.signature;
}

const isNumber = (piece) => /^[0-9]+$/.test(piece);

function signedPieces(text) {
  const facts = text.facts ? text.facts.rows.flat() : [];
  const cells = text.table ? [text.table.columns, ...text.table.rows].flat() : [];
  const { addressee, subject, paragraphs, closing } = text;
  return pieces([addressee, subject, ...paragraphs, ...facts, ...cells, ...closing].join(" "));
}

/** All from which a number on the paper may be. */
function told(value, letter, pages) {
  const days = [letter.issued, letter.validUntil, letter.on].filter(Boolean);
  const parts = days.flatMap((day) => [day.slice(0, 4), day.slice(4, 6), day.slice(6)]);
  const short = shortCode(letter.number);
  const groups = [short.slice(0, 4), short.slice(4, 8), short.slice(8)];
  const numbers = Array.from({ length: pages }, (_, at) => at + 1);
  return [letter.number, letter.copy, ...parts, ...groups, ...numbers, JSON.stringify(value)].join(" ");
}

/** Words and numbers without marks, however a program cut and joined them; numbers apart at their
 * dashes, points and strokes, which some give in another order. */
function pieces(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function counted(all) {
  const counts = new Map();
  for (const piece of all) counts.set(piece, (counts.get(piece) || 0) + 1);
  return counts;
}
