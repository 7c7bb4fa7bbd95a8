// Bundles editor.js into the one module that the studio loads, with the licences of all that went into it beside it.
// See README.md for how it is run; the same versions give the same bytes.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const out = new URL("../../webhook/assets/js/vendor/", import.meta.url).pathname;
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));

const { outputFiles, metafile } = await build({
  entryPoints: ["editor.js"], bundle: true, minify: true, format: "esm", target: "es2022", charset: "ascii",
  legalComments: "none", metafile: true, write: false,
});
const body = outputFiles[0].text;
writeFileSync(`${out}codemirror.js`, body);

/** packages are those of which something is in the bundle. */
const packages = [...new Set(Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean))].sort();
const texts = new Map();
for (const name of packages) {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  if (dependencies[name] !== version) throw new Error(`${name} ${version} is not the version that package.json names`);
  const text = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
writeFileSync(`${out}codemirror-LICENSE.txt`, [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`).join("\n\n"));

console.log(`codemirror.js ${body.length} bytes`);
console.log(packages.map((name) => `${name} ${dependencies[name]}`).join(", "));
console.log(`sha256 ${createHash("sha256").update(body).digest("hex")}`);
