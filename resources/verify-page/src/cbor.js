// CBOR in the one way of RFC 8949 §4.2.1: whatever is written otherwise is refused.
import { joined, utf8 } from "./bytes.js";

const DEEPEST = 16;

/** A value under a tag. */
export class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

/** The one value in the bytes: whole numbers, bytes, texts, lists, maps, tags. Throws RangeError. */
export function read(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new RangeError("more behind it");
  return value;
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(count) {
    if (this.at + count > this.bytes.length) throw new RangeError("cut off");
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** The number behind the first byte, in as few bytes as it needs. */
  count(few) {
    if (few < 24) return few;
    const sizes = { 24: 1, 25: 2, 26: 4, 27: 8 };
    const size = sizes[few];
    if (!size) throw new RangeError("no length");
    let number = 0;
    for (const byte of this.take(size)) number = number * 256 + byte;
    const least = size === 1 ? 24 : 256 ** (size / 2);
    if (number < least || !Number.isSafeInteger(number)) throw new RangeError("a longer way");
    return number;
  }

  value(depth) {
    if (depth > DEEPEST) throw new RangeError("nested too deep");
    const first = this.take(1)[0];
    const count = this.count(first & 31);
    switch (first >> 5) {
      case 0:
        return count;
      case 1:
        return -1 - count;
      case 2:
        return this.take(count).slice();
      case 3:
        return this.text(count);
      case 4:
        return this.list(count, depth);
      case 5:
        return this.map(count, depth);
      case 6:
        return new Tagged(count, this.value(depth + 1));
      default:
        throw new RangeError("no such value");
    }
  }

  text(count) {
    const bytes = this.take(count);
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text;
  }

  list(count, depth) {
    const values = [];
    for (let at = 0; at < count; at += 1) values.push(this.value(depth + 1));
    return values;
  }

  map(count, depth) {
    const values = new Map();
    let before = null;
    for (let at = 0; at < count; at += 1) {
      const begin = this.at;
      const key = this.value(depth + 1);
      const written = this.bytes.subarray(begin, this.at);
      if (before && !isBefore(before, written)) throw new RangeError("keys in another order");
      before = written;
      values.set(key, this.value(depth + 1));
    }
    return values;
  }
}

function isBefore(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) return one[at] < other[at];
  }
  return one.length < other.length;
}

/** The bytes of a value of texts, bytes, lists and whole numbers that are not negative. */
export function write(value) {
  if (typeof value === "string") {
    const text = utf8(value);
    return joined(head(3, text.length), text);
  }
  if (value instanceof Uint8Array) return joined(head(2, value.length), value);
  if (Array.isArray(value)) return joined(head(4, value.length), ...value.map(write));
  return head(0, value);
}

function head(kind, count) {
  if (count < 24) return Uint8Array.of((kind << 5) | count);
  if (count < 256) return Uint8Array.of((kind << 5) | 24, count);
  return Uint8Array.of((kind << 5) | 25, count >> 8, count & 255);
}

