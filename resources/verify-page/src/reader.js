// Codes in pictures, by the reader that is packed in this script.
import { inflateSync } from "fflate";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { fromBase64 } from "./bytes.js";

/* global PACKED_READER */
// A paper of A4 at 400 dots an inch.
const LARGEST_SIDE = 4700;
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
  await prepare();
  const found = await readBarcodes(picture, {
    formats: ["QRCode"],
    tryHarder: true,
    tryRotate: true,
    tryInvert: false,
  });
  return found.filter((each) => each.isValid).map((each) => each.text);
}

/** As `readPicture`, of a file. */
export async function readFile(file) {
  return readDrawn(await createImageBitmap(file));
}

/** As `readPicture`, of an image or a canvas: at the second try its grain is smoothed. */
export async function readDrawn(image) {
  await prepare();
  const canvas = document.createElement("canvas");
  const scale = Math.min(1, LARGEST_SIDE / Math.max(image.width, image.height));
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  for (const filter of ["none", "blur(0.7px)"]) {
    pen.filter = filter;
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const texts = await readPicture(pen.getImageData(0, 0, canvas.width, canvas.height));
    if (texts.length) return texts;
  }
  return [];
}
