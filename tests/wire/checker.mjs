// A second checker of letters of the municipality, written from resources/letter/SPEC.md alone.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const demand = (condition, what) => { if (!condition) throw new RangeError(what); };
const attempt = (read) => { try { return read(); } catch { return null; } };
const isBytes = (value, size = value?.length) => Buffer.isBuffer(value) && value.length === size;
const isList = (value, size = value?.length) => Array.isArray(value) && value.length === size;
const isMap = (value) => value instanceof Map;
const isText = (value) => typeof value === 'string';
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isCounts = (value, length) => isList(value, length) && value.every(isCount);
const hasKeys = (value, keys) =>
  isMap(value) && value.size === keys.length && keys.every((key) => value.has(key));

// CBOR: what is read is written again in the one way of RFC 8949, section 4.2.1, and must be the
// same. Numbers from 2^53 on are no count of anything.
function encode(value) {
  if (typeof value === 'number') return value < 0 ? written(1, -1 - value) : written(0, value);
  if (isText(value)) return written(3, Buffer.byteLength(value), Buffer.from(value));
  if (isBytes(value)) return written(2, value.length, value);
  if (isList(value)) return written(4, value.length, ...value.map(encode));
  const pairs = [...value].map((pair) => pair.map(encode)).sort(([a], [b]) => a.compare(b));
  return written(5, value.size, ...pairs.flat());
}

function written(major, number, ...content) {
  const size = [24, 2 ** 8, 2 ** 16, 2 ** 32, Infinity].findIndex((limit) => number < limit);
  const head = Buffer.of(major * 32 + (size ? 23 + size : number));
  const digits = size ? number.toString(16).padStart(2 ** size, '0') : '';
  return Buffer.concat([head, Buffer.from(digits, 'hex'), ...content]);
}

function decode(bytes) {
  let at = 0;
  const take = (count) => {
    demand(at + count <= bytes.length, 'cut short');
    return bytes.subarray(at, (at += count));
  };
  const value = () => {
    const [major, info] = [take(1)[0] >> 5, bytes[at - 1] & 31];
    demand(major < 6 && info < 28, 'a tag, a simple value, a fraction or no length');
    const digits = info < 24 ? [info] : take(2 ** (info - 24));
    const number = digits.reduce((sum, byte) => sum * 256 + byte, 0);
    if (major < 2) return major ? -1 - number : number;
    if (major < 4) return major === 2 ? take(number) : take(number).toString();
    const items = [];
    while (items.length < number) items.push(major === 4 ? value() : [value(), value()]);
    return major === 4 ? items : new Map(items);
  };
  const whole = value();
  demand(encode(whole).equals(bytes), 'something behind the value, or written in another way');
  return whole;
}

// Days: whether a month has as many is not asked. The 33-year arithmetic holds from 1300 to 1500.
const partsOf = (day) => [1300 + Math.floor(day / 512), Math.floor(day / 32) % 16, day % 32];
const isDay = (day) => isCount(day) && day < 201 * 512 && day % 32 >= 1
  && partsOf(day)[1] >= 1 && partsOf(day)[1] <= 12;

function dayNumber(day) {
  const [year, month, date] = partsOf(day);
  const leaps = Math.floor((8 * year + 21) / 33);
  return 365 * year + leaps + (month - 1) * 30 + Math.min(month - 1, 6) + date;
}

function readDay(digits) {
  const [, year, month, date] = /^(1[3-5]\d\d)(0\d|1[0-2])([0-2]\d|3[01])$/.exec(digits) ?? [];
  const day = (year - 1300) * 512 + month * 32 + Number(date);
  demand(isDay(day), 'no day');
  return day;
}

// What is signed: files of keys, lists and letters.
const HALF_ORDER = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
const NOTHING = Buffer.alloc(0);
const sha256 = (data) => createHash('sha256').update(data).digest();
const signsFiles = (file) => (key) => key.kid === file.kid && !key.revoked && file.signedBy(key);
const WHY = ['void', 'replaced', 'recalled'];

function signer(signature, data) {
  demand(isBytes(signature, 64), 'no signature');
  return ({ key }) => signature.toString('hex', 32) <= HALF_ORDER
    && verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function readHeader(bytes, keys = [1, 4]) {
  const header = decode(bytes);
  demand(hasKeys(header, keys) && header.get(1) === -7 && isBytes(header.get(4), 4), 'no kid');
  return [header.get(4).toString('hex'), header.get(keys[2])];
}

function readSigned(bytes, claim, labels) {
  demand(bytes[0] === 0xd2, 'no tag 18');
  const outer = decode(bytes.subarray(1));
  demand(isList(outer, 4) && isBytes(outer[2]), 'no COSE_Sign1');
  const [guarded, beside, payload, signature] = outer;
  const [kid] = readHeader(guarded);
  const claims = decode(payload);
  demand(hasKeys(claims, [claim]) && hasKeys(beside, labels), 'of another kind');
  const signedBy = signer(signature, encode(['Signature1', guarded, NOTHING, payload]));
  return { kid, guarded, beside, payload, signature, signedBy, content: claims.get(claim) };
}

function readKey(entry) {
  const [point, ...days] = isList(entry, 5) ? entry.slice(0, 4) : [];
  demand(isBytes(point, 64) && days.every((day) => day === 0 || isDay(day)), 'no key');
  const [since, until, revoked] = days;
  const [x, y] = [[0, 32], [32, 64]].map((part) => point.toString('base64url', ...part));
  const compressed = Buffer.concat([Buffer.of(2 + (point[63] & 1)), point.subarray(0, 32)]);
  const kid = sha256(compressed).toString('hex', 0, 4);
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  return { kid, key, since, until, revoked };
}

function readKeys(bytes, trusted) {
  const file = readSigned(bytes, -65539, []);
  demand(isList(file.content, 8) && isDay(file.content[2]), 'no file of keys');
  const [, centre, day, made, own, releasers] = file.content;
  const keys = own.map(readKey);
  demand((trusted ?? keys).some(signsFiles(file)), 'signed by a key that is not trusted');
  return { centre, day, made, keys, releasers: releasers.map(readKey) };
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

function readList(bytes, keys) {
  const file = readSigned(bytes, -65538, []);
  demand(isList(file.content, 5) && keys.some(signsFiles(file)), 'no list');
  const [day, serial, , packs, others] = file.content;
  const marks = new Map(others.map(([number, why]) => [number, WHY[why]]));
  packs.forEach((years, office) =>
    years.forEach((pack, year) => readPack(marks, `${year}/${office}`, pack)));
  demand(isDay(day) && [...marks.values()].every(isText), 'no day or no reason');
  return { day, serial, marks };
}

// What becomes of a file that is brought (sections 5 and 6).
function renewal(bytes, { keys, list }) {
  const other = attempt(() => readList(bytes, keys.keys));
  if (other) return (other.day - list.day || other.serial - list.serial) < 0 ? 'older' : 'taken';
  const newer = attempt(() => readKeys(bytes, keys.keys));
  if (newer?.centre !== keys.centre || newer.made !== keys.made) return 'refused';
  return newer.day < keys.day ? 'older' : 'taken';
}

// A letter.
const SERVICES = `no-violation building-permit completion inquiry transfer excavation subdivision
  land-use-change clearance minor-repairs permit-renewal permit-amendment reissue demolition walling
  scaffold street-occupation water electricity gas objection`.split(/\s+/);
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const EASTERN = [...new TextDecoder('windows-1256').decode(BYTES).replace('\u064a', '\u06cc')];
const isWords = (value) => value.length > 0
  && (isBytes(value) || (isText(value) && [...value].some((letter) => !EASTERN.includes(letter))));
const isName = (value) => isWords(value)
  && [...value].length - [0x85, '…'].includes([...value].at(-1)) <= 40;
const textUnless = (form, other) => (value) =>
  (isText(value) ? value !== '' && !form.test(value) : other(value));
const below = (limit) => (value) => isCount(value) && value < limit;
const KINDS = ['answer', 'refuse', 'debt', 'minutes', 'consultation'];
const namedUnless = (names) => textUnless(RegExp(`^(${names.join('|')})$`), below(names.length));
const isCode = (value) => isCounts(value) && value.length >= 1 && value.length <= 7
  && (value.length === 1 || value.at(-1) > 0);

const CLAIMS = [
  (value) => isText(value) || (isList(value, 2) && isText(value[0]) && isCount(value[1])),
  isDay, namedUnless(SERVICES), namedUnless(KINDS), textUnless(/^\d+(-\d+){6}$/, isCode),
  (value) => isCounts(value, 3), isDay, textUnless(/^\d{4}$/, below(10000)), isName,
  isCount, isCount, isCount, isWords,
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
  const { guarded, beside, payload, signature, content } = signed;
  demand(isMap(content) && isList(beside.get(11), 3), 'no letter');
  demand([0, 1, 3, 14].every((key) => content.has(key)), 'too little');
  demand([...content].every(([key, value]) => isCount(key) && CLAIMS[key]?.(value)), 'no claim');
  const [release, empty, second] = beside.get(11);
  const [releaser, on] = readHeader(release, [1, 4, -65537]);
  demand(hasKeys(empty, []) && isCounts(on, 2) && isDay(on[0]) && on[1] >= 1, 'no release');
  const data = encode(['CounterSignatureV2', guarded, release, NOTHING, payload, [signature]]);
  const [day, until, sample, digest] = [1, 6, 13, 14].map((key) => content.get(key));
  const number = readNumber(content.get(0), partsOf(day)[0], content.get(15));
  const released = { kid: releaser, day: on[0], copy: on[1], signedBy: signer(second, data) };
  return { ...signed, number, day, until, sample, digest, released };
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

function readText(text, keys) {
  const content = text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, '');
  const dense = content.replaceAll(' ', '');
  const isEarlier = /^GF6[A-P][A-Z2-7]{0,304}$/i.test(dense); // In base32 1| is GF6 and up to P.
  return isEarlier ? readEarlier(base32(dense), keys) : readLetter(base45(content));
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

function verdict(letter, { keys, list, today }) {
  const [{ released }, now] = [letter, Math.max(readDay(today), list?.day ?? 0)];
  const isFresh = list && dayNumber(now) - dayNumber(list.day) <= 7;
  return doubt(letter, keys.keys)
    ?? (keys.made === 0 ? null : 'sample')
    ?? (released?.day < letter.day ? 'false' : null)
    ?? (released ? doubt(released, [...keys.releasers, ...keys.keys]) : null)
    ?? list?.marks.get(letter.number)
    ?? (letter.until < now ? 'expired' : null)
    ?? (!released ? 'unproven' : isFresh ? 'valid' : 'old-list');
}

// A letter's file (section 4), though none of an earlier program's, by a checker that draws none.
function judgeFile(file, given) {
  const parts = file.toString('latin1').matchAll(/(?<!end)stream\r?\n([^]*?)\r?\n?endstream/g);
  const streams = [...parts].map(([, part]) => Buffer.from(part, 'latin1'));
  const opened = streams.flatMap((part) => [part, attempt(() => inflateSync(part)) ?? NOTHING]);
  const [value, ...others] = new Set(opened.map(String).filter((each) => /^{"code":/.test(each)));
  const { code, seal, text } = JSON.parse(others.length ? '' : value);
  const letter = readText(code, given.keys);
  const digest = sha256(JSON.stringify(text)).subarray(0, 16);
  const sample = text.head.organisation.endsWith('، آموزشی') ? 2 : text.sample ? 1 : undefined;
  demand(letter.digest.equals(digest) && letter.sample === sample, 'other words');
  const word = verdict(letter, given);
  return word === 'valid' && !isSealed(file, seal, letter, given.keys) ? 'unsealed' : word;
}

function isSealed(file, seal, { number, released }, { keys, releasers }) {
  const blank = file.toString('latin1').replace(`"seal":"${seal}"`, `"seal":"${'0'.repeat(128)}"`);
  const hash = sha256(Buffer.from(blank, 'latin1')).toString('hex');
  const data = JSON.stringify(['pishkhan', 1, 'seal', '', '', number, released.copy, hash]);
  return /^[0-9a-f]{128}$/.test(seal) && [...releasers, ...keys].some((key) =>
    key.kid === released.kid && signer(Buffer.from(seal, 'hex'), Buffer.from(data))(key));
}

// Says of what it is given, as vectors/letters.json and vectors/papers.json have it, what it is.
const asked = JSON.parse(readFileSync(0, 'utf8'));
const keys = readKeys(Buffer.from(asked.keys, 'hex'));
const list = readList(Buffer.from(asked.list, 'hex'), keys.keys);
const given = ({ today, listed }) => ({ keys, today, list: listed === false ? null : list });
const judged = (judge) => (each) => attempt(() => judge(each, given(each))) ?? 'false';
console.log(JSON.stringify({
  letters: asked.letters?.map(judged(({ text }, own) => verdict(readText(text, keys), own))),
  files: asked.files?.map((each) => renewal(Buffer.from(each.file, 'hex'), { keys, list })),
  papers: asked.papers?.map(judged(({ file }, own) => judgeFile(readFileSync(file), own))),
}));
