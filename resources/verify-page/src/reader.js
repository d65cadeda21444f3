// Codes in pictures, by the reader that is packed in this script.
import { inflateSync } from "fflate";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { fromBase64 } from "./bytes.js";

/* global PACKED_READER */
/** A picture is looked at from afar first, its longer side so many dots: that is quick, and grain
 * melts. A paper of A4 has 1600 at 137 dots an inch, 4700 at 400. */
const LOOKS = [1600, 2000, 3000, 4700];
/** A letter's code has 69 dots a side: where each has two and a half of the picture, a code of
 * another letter in it would have been read as well. */
const CLEAR = 2.5 * 69;
let ready = null;

/** Loads the reader; rejects in a browser that has no WebAssembly, or may not use it. */
export function prepare() {
  if (!ready) {
    const wasmBinary = inflateSync(fromBase64(PACKED_READER)).buffer;
    ready = prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  }
  return ready;
}

/** The text of each code in a picture (ImageData). */
export async function readPicture(picture) {
  return [...new Set((await codesIn(picture)).map((each) => each.text))];
}

/** As `readPicture`, of a file. */
export async function readFile(file) {
  return readDrawn(await createImageBitmap(file));
}

/** As `readPicture`, of an image or a canvas of any size. */
export async function readDrawn(image) {
  const texts = new Set();
  for (const side of LOOKS) {
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const found = await codesIn(drawn(image, scale));
    for (const { text } of found) texts.add(text);
    if (scale === 1 || (found.length && found.every(isClear))) break;
  }
  return [...texts];
}

function drawn(image, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

async function codesIn(picture) {
  await prepare();
  const found = await readBarcodes(picture, {
    formats: ["QRCode"],
    tryHarder: true,
    tryRotate: true,
    tryInvert: false,
  });
  return found.filter((each) => each.isValid);
}

function isClear({ position: { topLeft, topRight } }) {
  return Math.hypot(topRight.x - topLeft.x, topRight.y - topLeft.y) >= CLEAR;
}
