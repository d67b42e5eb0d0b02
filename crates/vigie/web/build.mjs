// Builds dist/: one script, one style sheet, the basemap and the licences of what is inside. Same inputs, same bytes.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { basemap } from "./basemap.mjs";

const here = (path) => new URL(path, import.meta.url);

await mkdir(here("dist"), { recursive: true });

const shared = { bundle: true, minify: true, metafile: true, legalComments: "none", charset: "utf8", absWorkingDir: here(".").pathname };
const script = await build({
  ...shared,
  entryPoints: ["src/vigie.ts"],
  outfile: "dist/vigie.js",
  format: "esm",
  target: "es2022",
});
await build({
  ...shared,
  entryPoints: ["src/islands.css"],
  outfile: "dist/islands.css",
  // Leaflet's pictures are for controls and markers that these pages do not use; empty ones spare requests and relaxed policies.
  loader: { ".png": "empty" },
});

const packages = new Set();
for (const input of Object.keys(script.metafile.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.add(found[1]);
}
// The data of the basemap are public domain; the package that carries them has a licence of its own.
packages.add("world-atlas");

let licences = "Code of others in vigie.js, islands.css and basemap.json, with its licences.\n";
for (const name of [...packages].sort()) {
  const { version } = JSON.parse(await readFile(here(`node_modules/${name}/package.json`), "utf8"));
  const text = await readFile(here(`node_modules/${name}/LICENSE`), "utf8");
  licences += `\n${"=".repeat(80)}\n${name} ${version}\n${"=".repeat(80)}\n${text.trim().replaceAll("\r\n", "\n")}\n`;
}
await writeFile(here("dist/LICENSES.txt"), licences);
await writeFile(here("dist/basemap.json"), await basemap());
