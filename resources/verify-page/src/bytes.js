// Bytes and the texts that they are written in.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The bytes of base45 (RFC 9285); null for a text that is none. */
export function fromBase45(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3);
    const size = group.length - 1;
    let number = 0;
    for (let place = size; place >= 0; place -= 1) {
      const digit = ALPHABET.indexOf(group[place]);
      if (digit < 0) return null;
      number = number * 45 + digit;
    }
    if (size < 1 || number >= 256 ** size) return null;
    if (size === 2) bytes.push(number >> 8);
    bytes.push(number & 255);
  }
  return Uint8Array.from(bytes);
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes of base32 without padding, in any case, spaces left out; null for none. */
export function fromBase32(text) {
  const bytes = [];
  let held = 0;
  let bits = 0;
  for (const letter of text.replace(/\s/g, "").toUpperCase()) {
    const digit = BASE32.indexOf(letter);
    if (digit < 0) return null;
    held = ((held << 5) | digit) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  // What is left over is not there: the last letter has one way to be written.
  if (bits >= 5 || held & ((1 << bits) - 1)) return null;
  return Uint8Array.from(bytes);
}

/** The bytes of base64. */
export function fromBase64(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  // By itself: letter by letter through an iterator a megabyte takes a tenth of a second.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** Lower hex digits. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of lower hex digits; null for a text that is none. */
export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

/** Whether both are the same. */
export function same(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** All of them, one after the other. */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bytes of a text. */
export function utf8(text) {
  return new TextEncoder().encode(text);
}
