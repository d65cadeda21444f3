// Codes in pictures, by the reader that is packed in this script.
import { inflateSync } from "fflate";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { fromBase64 } from "./bytes.js";

/* global PACKED_READER */
let ready = null;

/** Loads the reader; rejects in a browser that has no WebAssembly, or may not use it. */
export function prepare() {
  if (!ready) {
    const wasmBinary = inflateSync(fromBase64(PACKED_READER)).buffer;
    ready = prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  }
  return ready;
}

/** The text of the code in a picture (ImageData or a file); null where none is seen. */
export async function readPicture(picture, { harder = true } = {}) {
  await prepare();
  const found = await readBarcodes(picture, {
    formats: ["QRCode"],
    tryHarder: harder,
    tryRotate: harder,
    tryInvert: false,
    maxNumberOfSymbols: 1,
  });
  const code = found.find((each) => each.isValid);
  return code ? code.text : null;
}
