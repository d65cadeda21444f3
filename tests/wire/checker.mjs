// A second checker of letters of the municipality, written from resources/letter/SPEC.md alone.
import { isUtf8 } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

class Unreadable extends Error {}
const demand = (condition, what) => {
  if (!condition) throw new Unreadable(what);
};
const isBytes = (value, size = value?.length) => Buffer.isBuffer(value) && value.length === size;
const isList = (value, size = value?.length) => Array.isArray(value) && value.length === size;
const isText = (value) => typeof value === 'string';
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isCounts = (value, length) => isList(value, length) && value.every(isCount);
const hasKeys = (value, keys) =>
  value instanceof Map && value.size === keys.length && keys.every((key) => value.has(key));

// CBOR in the one way of RFC 8949, section 4.2.1. Numbers from 2^53 on are no count of anything.
function decode(bytes) {
  let at = 0;
  const take = (count, isRight = isBytes) => {
    const part = bytes.subarray(at, at + count);
    demand(part.length === count && isRight(part), 'cut short, or no UTF-8');
    at += count;
    return part;
  };
  const argument = (info) => {
    if (info < 24) return info;
    demand(info < 28, 'no length');
    const digits = take(1 << (info - 24));
    const upper = digits.subarray(0, digits.length / 2);
    demand(info === 24 ? digits[0] >= 24 : upper.some((byte) => byte > 0), 'not the shortest');
    return digits.reduce((sum, byte) => sum * 256 + byte, 0);
  };
  const list = (count, item) => {
    const items = [];
    while (items.length < count) items.push(item());
    return items;
  };
  const map = (count) => {
    let before = Buffer.alloc(0);
    return new Map(list(count, () => {
      const start = at;
      const key = value();
      const written = bytes.subarray(start, at);
      demand(Buffer.compare(before, written) < 0, 'keys out of order');
      before = written;
      return [key, value()];
    }));
  };
  const value = () => {
    const first = take(1)[0];
    const number = argument(first & 31);
    switch (first >> 5) {
      case 0: return number;
      case 1: return -1 - number;
      case 2: return take(number);
      case 3: return take(number, isUtf8).toString();
      case 4: return list(number, value);
      case 5: return map(number);
      default: throw new Unreadable('a tag, a simple value or a fraction');
    }
  };
  const whole = value();
  demand(at === bytes.length, 'something behind the value');
  return whole;
}

function encode(value) {
  const content = isList(value) ? Buffer.concat(value.map(encode)) : Buffer.from(value);
  const length = isList(value) ? value.length : content.length;
  const size = length < 24 ? 0 : length < 256 ? 1 : length < 65536 ? 2 : 4;
  const major = isList(value) ? 0x80 : isText(value) ? 0x60 : 0x40;
  const head = Buffer.alloc(1 + size, major + (size ? 24 + Math.log2(size) : length));
  if (size) head.writeUIntBE(length, 1, size);
  return Buffer.concat([head, content]);
}

// Days: whether a month has as many is not asked. The 33-year arithmetic holds from 1300 to 1500.
const partsOf = (day) => [1300 + Math.floor(day / 512), Math.floor(day / 32) % 16, day % 32];
const isMonth = (month) => month >= 1 && month <= 12;
const isDay = (day) => isCount(day) && isMonth(partsOf(day)[1]) && day % 32 >= 1;

function dayNumber(day) {
  const [year, month, date] = partsOf(day);
  const leapsBefore = Math.floor((8 * year + 21) / 33);
  return 365 * year + leapsBefore + (month - 1) * 30 + Math.min(month - 1, 6) + date;
}

function readDay(digits) {
  const [, year, month, date] = /^(1[3-9]\d\d)(0\d|1[0-2])([0-2]\d|3[01])$/.exec(digits) ?? [];
  const day = (year - 1300) * 512 + month * 32 + Number(date);
  demand(isDay(day), 'no day');
  return day;
}

// What is signed: files of keys, lists and letters.
const HALF_ORDER = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
const TAG_18 = 0xd2;
const NOTHING = Buffer.alloc(0);
const WHY = ['void', 'replaced', 'recalled'];

function signer(signature, data) {
  demand(isBytes(signature, 64), 'no signature');
  return ({ key }) => signature.toString('hex', 32) <= HALF_ORDER
    && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function readHeader(bytes, keys = [1, 4]) {
  demand(isBytes(bytes), 'no header');
  const header = decode(bytes);
  demand(hasKeys(header, keys) && header.get(1) === -7 && isBytes(header.get(4), 4), 'no kid');
  return [header.get(4).toString('hex'), header.get(keys[2])];
}

function readSigned(bytes, claim, labels) {
  const outer = decode(bytes.subarray(1));
  demand(bytes[0] === TAG_18 && isList(outer, 4) && isBytes(outer[2]), 'no COSE_Sign1');
  const [guarded, beside, payload, signature] = outer;
  const [kid] = readHeader(guarded);
  const claims = decode(payload);
  demand(hasKeys(claims, [claim]) && hasKeys(beside, labels), 'of another kind');
  const signedBy = signer(signature, encode(['Signature1', guarded, NOTHING, payload]));
  return { kid, guarded, beside, payload, signature, signedBy, content: claims.get(claim) };
}

function readKey(entry) {
  const [point, since, until, revoked] = entry;
  demand(isBytes(point, 64) && isList(entry, 5) && isCounts([since, until, revoked]), 'no key');
  const [x, y] = [[0, 32], [32, 64]].map((part) => point.toString('base64url', ...part));
  const hash = createHash('sha256').update(Buffer.of(2 + (point[63] & 1)));
  const kid = hash.update(point.subarray(0, 32)).digest('hex').slice(0, 8);
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  return { kid, key: createPublicKey({ key: jwk, format: 'jwk' }), since, until, revoked };
}

const signsFiles = (file) => (key) => key.kid === file.kid && !key.revoked && file.signedBy(key);

export function readKeys(bytes) {
  const file = readSigned(bytes, -65539, []);
  const [, centre, , made, keys, releasers] = file.content;
  const read = { centre, made, keys: keys.map(readKey), releasers: releasers.map(readKey) };
  demand(isList(file.content, 8) && read.keys.some(signsFiles(file)), 'no file of keys');
  return read;
}

function readPack(marks, prefix, bytes) {
  const runs = bytes.toString('latin1').match(/[\x80-\xff]*[\x00-\x7f]/g) ?? [];
  const above = (sum, byte) => sum * 128 + byte % 128;
  const numbers = runs.map((run) => Buffer.from(run, 'latin1').reduceRight(above, 0));
  for (let serial = 0, at = 0; at < numbers.length; at += numbers[at + 1] % 4 === 1 ? 3 : 2) {
    serial += numbers[at];
    marks.set(`${prefix}/${serial}`, WHY[numbers[at + 1] % 4]);
  }
}

export function readList(bytes, keys) {
  const file = readSigned(bytes, -65538, []);
  demand(isList(file.content, 5) && keys.keys.some(signsFiles(file)), 'no list');
  const [day, , , packs, others] = file.content;
  const marks = new Map(others.map(([number, why]) => [number, WHY[why]]));
  packs.forEach((years, office) =>
    years.forEach((pack, year) => readPack(marks, `${year}/${office}`, pack)));
  demand(isDay(day) && [...marks.values()].every(isText), 'no reason');
  return { day, marks };
}

// A letter.
const SERVICES = `no-violation building-permit completion inquiry transfer excavation subdivision
  land-use-change clearance minor-repairs permit-renewal permit-amendment reissue demolition walling
  scaffold street-occupation water electricity gas objection`.split(/\s+/);
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const LETTERS = new Set(new TextDecoder('windows-1256').decode(BYTES).replace('\u064a', '\u06cc'));
const isForeign = (letter) => !LETTERS.has(letter);
const isWords = (value) => value.length > 0
  && (isBytes(value) || (isText(value) && [...value].some(isForeign)));
const textUnless = (form, other) => (value) =>
  (isText(value) ? value !== '' && !form.test(value) : other(value));
const below = (limit) => (value) => isCount(value) && value < limit;
const KINDS = /^(answer|refuse|debt|minutes|consultation)$/;
const KNOWN = new RegExp(`^(${SERVICES.join('|')})$`);
const SEVEN = /^\d+(-\d+){6}$/;
const isCode = (value) => isCounts(value) && value.length >= 1 && value.length <= 7
  && (value.length === 1 || value.at(-1) > 0);

const CLAIMS = [
  (value) => isText(value) || (isList(value, 2) && isText(value[0]) && isCount(value[1])),
  isDay,
  textUnless(KNOWN, below(SERVICES.length)),
  textUnless(KINDS, below(5)),
  textUnless(SEVEN, isCode),
  (value) => isCounts(value, 3), isDay, textUnless(/^\d{4}$/, below(10000)),
  isWords, isCount, isCount, isCount, isWords,
  (value) => value === 1 || value === 2, (value) => isBytes(value, 16), textUnless(/^$/),
];

function readNumber(number, year, office) {
  const text = isList(number) ? `${year}/${number.join('/')}` : number;
  const isPair = new RegExp(`^${year}/[^/]+/(0|[1-9]\\d*)$`).test(text);
  demand(isPair === isList(number) && !(isPair && office !== undefined), 'in another way');
  return text;
}

function readLetter(bytes) {
  demand(bytes.length <= 290, 'too long');
  const signed = readSigned(bytes, -65537, [11]);
  const { kid, guarded, beside, payload, signature, signedBy, content } = signed;
  demand(content instanceof Map && isList(beside.get(11), 3), 'no letter');
  demand([0, 1, 3, 14].every((key) => content.has(key)), 'too little');
  demand([...content].every(([key, value]) => isCount(key) && CLAIMS[key]?.(value)), 'no claim');
  const [release, empty, second] = beside.get(11);
  const [releaser, on] = readHeader(release, [1, 4, -65537]);
  demand(hasKeys(empty, []) && isCounts(on, 2) && isDay(on[0]) && on[1] >= 1, 'no release');
  const data = encode(['CounterSignatureV2', guarded, release, NOTHING, payload, [signature]]);
  const [day, until, sample] = [content.get(1), content.get(6), content.has(13)];
  const number = readNumber(content.get(0), partsOf(day)[0], content.get(15));
  const released = { kid: releaser, day: on[0], signedBy: signer(second, data) };
  return { kid, signedBy, number, day, until, sample, released };
}

function readEarlier(bytes, { centre }) {
  const [line, signature] = [bytes.subarray(0, -64), bytes.subarray(-64)];
  const frame = JSON.stringify(['pishkhan', 1, 'letter', centre, '', line.toString('hex')]);
  demand(line.length <= 128 && /^1(\|[ -{}~]*){10}$/.test(line.toString('latin1')), 'no line');
  const [, kid, number, day, , , , , until] = line.toString('latin1').split('|');
  const signedBy = signer(signature, Buffer.from(frame));
  return { kid, number, day: readDay(day), until: until ? readDay(until) : undefined, signedBy };
}

// The text of a QR.
function base45(text) {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  demand(text.length <= 435 && text.length % 3 !== 1, 'no base45');
  return Buffer.from(text.replace(/..?.?/gsu, (group) => {
    const places = [...group].map((letter) => digits.indexOf(letter));
    const number = places.reduceRight((sum, place) => sum * 45 + place, 0);
    demand(!places.includes(-1) && number < 256 ** (places.length - 1), 'no base45');
    return number.toString(16).padStart(2 * places.length - 2, '0');
  }), 'hex');
}

function base32(text) {
  const place = (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter.toUpperCase());
  const bits = text.replace(/./g, (letter) => place(letter).toString(2).padStart(5, '0'));
  demand(/^(.{8})*0{0,4}$/.test(bits), 'no base32');
  return Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
}

// The verdict, by the rows of section 7: first 2 to 6 or 9 to 11 of them, then all.
function doubt(part, keys) {
  const named = keys.filter((key) => key.kid === part.kid);
  const signers = named.filter(part.signedBy);
  if (named.length > 0 && signers.length === 0) return 'false';
  if (part.sample) return 'sample';
  if (named.length === 0) return 'unknown-key';
  const inTime = signers.filter(({ since, until, revoked }) =>
    since <= part.day && part.day <= (until || Infinity) && part.day < (revoked || Infinity));
  if (inTime.length === 0) return 'false';
  return inTime.every((key) => key.revoked) ? 'unknown-key' : null;
}

function verdict(letter, keys, list, today) {
  const { released } = letter;
  const now = Math.max(today, list?.day ?? 0);
  const isFresh = list && dayNumber(now) - dayNumber(list.day) <= 7;
  return doubt(letter, keys.keys)
    ?? (keys.made === 0 ? null : 'sample')
    ?? (released?.day < letter.day ? 'false' : null)
    ?? (released ? doubt(released, [...keys.releasers, ...keys.keys]) : null)
    ?? list?.marks.get(letter.number)
    ?? (letter.until < now ? 'expired' : null)
    ?? (!released ? 'unproven' : isFresh ? 'valid' : 'old-list');
}

export function check(text, { keys, list, today }) {
  const day = readDay(today);
  const content = text.replace(/[\r\n]+$/, '');
  const dense = content.replaceAll(' ', '');
  const isEarlier = /^GF6[A-P][A-Z2-7]{0,304}$/i.test(dense); // In base32 1| is GF6 and up to P.
  try {
    const letter = isEarlier ? readEarlier(base32(dense), keys) : readLetter(base45(content));
    return verdict(letter, keys, list, day);
  } catch (error) {
    if (error instanceof Unreadable) return 'false';
    throw error;
  }
}

if (process.argv[1] === import.meta.filename) {
  const [mode, keysHex, listHex, today] = process.argv.slice(2);
  const input = readFileSync(mode === '--stdin' ? 0 : mode, 'utf8');
  const lines = mode === '--stdin' ? input.split('\n').filter((line) => line) : null;
  const letters = lines?.map((line) => ({ text: JSON.parse(line), today, listed: true }));
  const vectors = letters ? { keys: keysHex, list: listHex, letters } : JSON.parse(input);
  const keys = readKeys(Buffer.from(vectors.keys, 'hex'));
  const list = vectors.list ? readList(Buffer.from(vectors.list, 'hex'), keys) : null;
  const said = vectors.letters.map((letter) =>
    check(letter.text, { keys, list: letter.listed ? list : null, today: letter.today }));
  console.log(said.map((word, index) => (lines ? word : `${index} ${word}`)).join('\n'));
}
