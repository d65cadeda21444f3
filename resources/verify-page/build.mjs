// Makes one script of src/, without an import and with the readers of codes and of PDFs packed inside;
// beside it, for the page's policy, the second as it comes out.
//   npm ci && npx eslint src && node build.mjs FOLDER
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { browserslist } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const wasm = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
const packed = (bytes) => deflateRawSync(bytes, { level: 9 }).toString("base64");

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  // Browsers of five years: words of the language that they lack are written otherwise, or stop the
  // build; calls that they lack are what eslint looks for.
  target: browserslist.map((each) => each.replace(" >= ", "")),
  charset: "utf8",
  legalComments: "inline",
  // Only Node has these; a page asks for none.
  external: ["module", "fs", "path", "url", "http", "https", "canvas"],
  write: false,
};
const bundled = async (entry, define) => {
  const made = await build({ ...common, entryPoints: [join(here, "src", entry)], define });
  return made.outputFiles[0].text;
};
// It is packed, as few need it and it is large; the page's policy names what comes out.
const drawn = await bundled("drawn.js", {});
const page = await bundled("page.js", {
  PACKED_READER: JSON.stringify(packed(await readFile(wasm))),
  PACKED_DRAWN: JSON.stringify(packed(Buffer.from(drawn))),
});
// Inside a script's text only its end is markup.
await writeFile(join(process.argv[2], "page.js"), page.replaceAll("</script", "<\\/script"));
await writeFile(join(process.argv[2], "drawn.js"), drawn);
