// Makes one script of src/, without an import and with the reader of codes packed inside.
//   npm ci && node build.mjs OUT.js
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
const packed = deflateRawSync(await readFile(wasm), { level: 9 }).toString("base64");

const made = await build({
  entryPoints: [join(here, "src", "page.js")],
  bundle: true,
  minify: true,
  format: "iife",
  // Browsers of five years: what they lack is written otherwise, or stops the build.
  target: ["chrome96", "firefox95", "safari15.4"],
  charset: "utf8",
  legalComments: "inline",
  define: { PACKED_READER: JSON.stringify(packed) },
  // Only Node has these; a page asks for none.
  external: ["module", "fs", "path"],
  write: false,
});
// Inside a script's text only its end is markup.
const text = made.outputFiles[0].text.replaceAll("</script", "<\\/script");
await writeFile(process.argv[2], text);
