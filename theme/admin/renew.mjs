// Renew the files of third parties in `vendor/`: `node theme/admin/renew.mjs [version of Sveltia CMS]`.
//
// The packages are installed in a temporary folder, bundled by esbuild, and copied with their
// licences. The npm build of Sveltia CMS asks nothing of another server, but is made for a bundler:
// it names other packages. What the form never uses is left out: languages other than French,
// syntax colours, maps, the codecs of HEIC and WebP, SVGO, EXIF, Turndown.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SVELTIA = process.argv[2] ?? "0.221.1";
const YAML = "2.9.1";
const ESBUILD = "0.28.2";

// In Go's syntax, which has no lookahead.
const LEFT_OUT =
  /^(@shikijs\/|leaflet|terra-draw|svgo|turndown|exifr)|\/(heic|webp_enc|webp_enc_simd|shiki-engine)-[^\/]*\.js$|\/locales\/([a-eg-z].|f[^r])[^\/]*\.json$/;

// Words of the interface that mean nothing to an editor who does not know git.
const WORDS = {
  work_with_local_repo: "Ouvrir le dossier du site",
  work_with_local_repo_description:
    "Le navigateur demande un dossier\u00a0: choisissez celui du site sur cet ordinateur, qui contient «\u00a0content\u00a0», puis autorisez les modifications.",
  working_with_local_repo: "Dossier de cet ordinateur",
};

const here = import.meta.dirname;
const vendor = join(here, "vendor");
const work = mkdtempSync(join(tmpdir(), "formulaire-"));
try {
  const packages = [`@sveltia/cms@${SVELTIA}`, `yaml@${YAML}`, `esbuild@${ESBUILD}`];
  execFileSync("npm", ["install", "--silent", "--no-save", "--prefix", work, ...packages]);
  const modules = join(work, "node_modules");
  const words = join(modules, "@sveltia/cms/locales/fr.json");
  writeFileSync(words, JSON.stringify({ ...JSON.parse(readFileSync(words)), ...WORDS }));

  rmSync(vendor, { recursive: true, force: true });
  mkdirSync(join(vendor, "assets"), { recursive: true });
  const { build } = createRequire(join(work, "package.json"))("esbuild");
  await build({
    entryPoints: {
      sveltia: join(modules, "@sveltia/cms/npm/index.js"),
      yaml: join(modules, "yaml/browser/index.js"),
    },
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    outdir: vendor,
    plugins: [
      {
        name: "left out",
        setup(build) {
          build.onResolve({ filter: LEFT_OUT }, () => ({ path: "left-out", namespace: "none" }));
          build.onLoad({ filter: /.*/, namespace: "none" }, () => ({
            contents: 'throw new Error("not in this bundle: see renew.mjs");',
          }));
        },
      },
    ],
  });

  // The style sheet names the fonts of another server, even where ours take their place.
  const bundle = join(vendor, "sveltia.js");
  const fonts = readdirSync(join(modules, "@sveltia/cms/npm/assets"));
  const own = readFileSync(bundle, "utf8").replaceAll(
    /https:\/\/cdn\.jsdelivr\.net\/fontsource\/fonts\/([\w-]+)(?::vf)?@[\d.]+\/([\w-]+)\.woff2/g,
    (_, family, subset) => `vendor/assets/${fonts.find((f) => f.startsWith(`${family}-${subset}`))}`,
  );
  writeFileSync(bundle, own);

  const assets = join(modules, "@sveltia/cms/npm/assets");
  for (const name of readdirSync(assets)) {
    if (/\.woff2$|LICENSE/.test(name)) cpSync(join(assets, name), join(vendor, "assets", name));
  }
  for (const name of ["@sveltia/cms", "yaml", "immutable"]) {
    const licence = readdirSync(join(modules, name)).find((file) => /^licen[cs]e/i.test(file));
    const copy = `${name.replace("@", "").replace("/", "-")}.LICENSE.txt`;
    cpSync(join(modules, name, licence), join(vendor, copy));
  }
  writeFileSync(
    join(vendor, "versions.json"),
    `${JSON.stringify({ "@sveltia/cms": SVELTIA, yaml: YAML, esbuild: ESBUILD }, null, 2)}\n`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
