// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LaunchError, step } from "./say.js";
import { isFresh, stampOf } from "./stamp.js";
import { takeTurn } from "./turn.js";

/** Loaded only by who collects from such a source: a start without them shall not read their code. */
const collectors = [
  "mqtt",
  "sparkplug-payload",
  "modbus-serial",
  "node-opcua-client",
  "node-opcua-certificate-manager",
];

/** What cannot be bundled: WASM and data files beside the code, worker files, optional native parts. */
const external = ["@electric-sql/*", "@hyzyla/pdfium", "pino", "pg-native", "esbuild", ...collectors];

/** CommonJS packages inside the ES module bundle still ask for `require`. */
const banner = `import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);`;

/**
 * Builds dist/cli.js (with the worker files it names) and dist/web/ where their sources changed.
 * @param {string} root the package's folder
 */
export async function ensureBundles(root) {
  const server = readdirSync(path.join(root, "src")).filter((name) => !["web", "launch"].includes(name));
  const parts = [
    "agents",
    "prompts",
    "package-lock.json",
    "src/launch/bundle.js",
    ...server.map((name) => `src/${name}`),
  ];
  await ensure(root, "cli", parts, buildCli);
  if (existsSync(path.join(root, "src", "web", "main.tsx"))) await ensurePage(root);
}

/**
 * Builds dist/web/ where its sources changed.
 * @param {string} root the package's folder
 */
export async function ensurePage(root) {
  await ensure(root, "web", ["src/web", "src/core", "src/launch/bundle.js", "package-lock.json"], buildWeb);
}

/** @param {string} root @param {string} name @param {string[]} parts @param {(root: string, files: string[]) => Promise<void>} build */
async function ensure(root, name, parts, build) {
  const record = path.join(root, "dist", `${name}.stamp.json`);
  if (isFresh(stampOf(root, parts), record)) return;
  await takeTurn(root, "build", async () => {
    // Read before the build, so that a file saved meanwhile makes the next start build again.
    const stamp = stampOf(root, parts);
    if (isFresh(stamp, record)) return;
    const made = { times: stamp.read("times"), contents: stamp.read("contents") };
    await step(`Building ${name === "web" ? "the page" : "Sunbae"}`, () => build(root, stamp.files));
    writeFileSync(record, JSON.stringify(made));
  });
}

const workerReference = /new URL\(\s*(["'])(\.\.?\/[^"']+)\.ts\1,\s*import\.meta\.url\s*,?\s*\)/g;

/** @param {string} root @param {string[]} files */
async function buildCli(root, files) {
  await write(path.join(root, "dist"), {
    absWorkingDir: root,
    entryPoints: { cli: "src/cli.ts", ...workersIn(root, files) },
    outdir: "dist",
    platform: "node",
    format: "esm",
    target: "node22",
    banner: { js: banner },
    external,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    plugins: [flatWorkers(root)],
  });
}

/** @param {string} root */
async function buildWeb(root) {
  await write(path.join(root, "dist", "web"), {
    absWorkingDir: root,
    entryPoints: ["src/web/main.tsx", "src/web/index.html", "src/web/icon.svg"],
    outdir: "dist/web",
    platform: "browser",
    format: "esm",
    target: "chrome109",
    jsx: "automatic",
    jsxImportSource: "preact",
    splitting: true,
    minify: true,
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".html": "copy", ".svg": "copy", ".png": "file", ".woff2": "file" },
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
  });
}

/**
 * Every file named as `new URL("./x.ts", import.meta.url)`, the form in which a worker thread is started, becomes an
 * entry of its own beside cli.js, and the reference is turned to it.
 * @param {string} root @param {string[]} files
 */
function workersIn(root, files) {
  /** @type {Record<string, string>} */
  const entries = {};
  for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
    for (const [, , target = ""] of readFileSync(file, "utf8").matchAll(workerReference)) {
      entries[workerName(root, file, target)] = path.resolve(path.dirname(file), `${target}.ts`);
    }
  }
  return entries;
}

/** "db-embedded-worker" for src/db/embedded/worker.ts. @param {string} root @param {string} file @param {string} target */
function workerName(root, file, target) {
  const place = path.relative(path.join(root, "src"), path.resolve(path.dirname(file), target));
  return place.split(path.sep).join("-");
}

/** @param {string} root @returns {import("esbuild").Plugin} */
const flatWorkers = (root) => ({
  name: "flat-workers",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      const contents = text.replaceAll(workerReference, (_, __, target) => {
        return `new URL("./${workerName(root, file, target)}.js", import.meta.url)`;
      });
      return contents === text ? undefined : { contents, loader: "ts" };
    });
  },
});

/**
 * Builds in memory and puts each file in place by a rename, so that nobody ever reads half a file.
 * @param {string} folder @param {import("esbuild").BuildOptions} options
 */
async function write(folder, options) {
  const { build, stop } = await import("esbuild");
  const { outputFiles = [] } = await build({ ...options, bundle: true, write: false, logLevel: "silent" })
    .catch((/** @type {Error} */ error) => {
      throw new LaunchError(`The build failed; npm run verify shows more.\n${error.message}`);
    })
    .finally(() => stop());
  mkdirSync(folder, { recursive: true });
  // The entry comes last: what it refers to is there before it.
  const isEntry = (/** @type {{ path: string }} */ file) => Number(/^(cli|main)\.js$/.test(path.basename(file.path)));
  for (const file of outputFiles.sort((a, b) => isEntry(a) - isEntry(b))) {
    mkdirSync(path.dirname(file.path), { recursive: true });
    writeFileSync(`${file.path}.new`, file.contents);
    renameSync(`${file.path}.new`, file.path);
  }
  const kept = new Set(outputFiles.map((file) => path.basename(file.path)));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && /\.(js|css|map|new)$/.test(entry.name) && !kept.has(entry.name)) {
      rmSync(path.join(folder, entry.name), { force: true });
    }
  }
}
