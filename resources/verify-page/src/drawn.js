// What a PDF shows: the pages drawn, their words, what was put on them. A script of its own, packed
// in the page and unpacked when a file asks for it.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { WorkerMessageHandler } from "pdfjs-dist/legacy/build/pdf.worker.mjs";

// Found here, the library works in the page itself: a worker would be a file of its own.
globalThis.pdfjsWorker = { WorkerMessageHandler };

// More pages than any letter has, and larger than A3: anybody may bring any file.
const MOST_PAGES = 60;
const MOST_POINTS = 1200;
// Dots an inch on paper, of which a PDF has 72 units.
const SCALE = 200 / 72;

/** `{ pages, words, annotated, canvases }` of a PDF, each page's canvas drawn when it is asked for;
 * rejects for what is no PDF, and for what is no letter by its size. */
globalThis.drawnPdf = async (bytes) => {
  const file = await getDocument({
    data: bytes.slice(),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    stopAtErrors: false,
    enableXfa: false,
    verbosity: 0,
  }).promise;
  if (file.numPages > MOST_PAGES) throw new RangeError("a book");
  const numbers = Array.from({ length: file.numPages }, (_, at) => at + 1);
  const pages = await Promise.all(numbers.map((number) => file.getPage(number)));
  const large = ({ view }) => Math.max(view[2] - view[0], view[3] - view[1]) > MOST_POINTS;
  if (pages.some(large)) throw new RangeError("a plan");
  const told = await Promise.all(pages.map((page) => page.getTextContent()));
  const put = await Promise.all(pages.map((page) => page.getAnnotations()));
  return {
    pages: pages.length,
    words: told.flatMap(({ items }) => items.map((item) => item.str || "")).join(" "),
    annotated: put.some((each) => each.length > 0),
    canvases: () => drawn(pages),
  };
};

async function* drawn(pages) {
  for (const page of pages) {
    const viewport = page.getViewport({ scale: SCALE });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    const canvasContext = canvas.getContext("2d", { willReadFrequently: true });
    await page.render({ canvasContext, viewport, background: "white" }).promise;
    yield canvas;
  }
}
