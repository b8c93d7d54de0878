import { cpSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox } from "./sandbox.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

let sandbox: ReturnType<typeof createSandbox>;
beforeEach(() => {
  sandbox = createSandbox();
  cpSync(path.join(repository, "package-lock.json"), path.join(sandbox.root, "package-lock.json"));
  symlinkSync(path.join(repository, "node_modules"), path.join(sandbox.root, "node_modules"), "junction");
  sandbox.write("src/cli.ts", `import { greet } from "./core/greet.ts"; greet(process.argv.slice(2));`);
  sandbox.write(
    "src/core/greet.ts",
    `export const greet = (names: string[]) => console.log("hello", names.join(" "));`,
  );
});
afterEach(() => {
  rmSync(path.join(sandbox.root, "node_modules"), { force: true });
  sandbox.remove();
});

const sunbae = (...args: string[]) => sandbox.start("sunbae.js", args).ended;

test("the command line is built once and runs with its arguments; stdout is its own", async () => {
  const first = await sunbae("a", "b c");
  expect(first).toMatchObject({ code: 0, stdout: "hello a b c\n" });
  expect(first.stderr).toMatch(/Building Sunbae … done/);
  expect(await sunbae("d")).toMatchObject({ code: 0, stdout: "hello d\n", stderr: "" });
});

test("a change of a source builds again, a touch or a copy does not", async () => {
  await sunbae();
  const file = path.join(sandbox.root, "src/core/greet.ts");
  utimesSync(file, new Date(), new Date());
  expect((await sunbae()).stderr).toBe("");
  sandbox.write("src/core/greet.ts", sandbox.read("src/core/greet.ts").replace("hello", "good evening"));
  utimesSync(file, new Date(0), new Date(0));
  expect(await sunbae()).toMatchObject({ stdout: "good evening \n", stderr: expect.stringContaining("Building") });
});

test("a removed source builds again and what fails to build is told by file and line", async () => {
  await sunbae();
  renameSync(path.join(sandbox.root, "src/core/greet.ts"), path.join(sandbox.root, "src/core/greeting.ts"));
  const ended = await sunbae();
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/The build failed[\s\S]*src\/cli\.ts:1:\d+: ERROR: Could not resolve/);
});

test("an error's stack names the source, not the bundle", async () => {
  sandbox.write(
    "src/core/greet.ts",
    `type A = string;\n\nexport const greet = (names: A[]) => { throw new Error("no " + names[0]); };`,
  );
  const ended = await sunbae("one");
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(path.join("src", "core", "greet.ts:3"));
});

test("a worker named by its source file runs from the bundle", async () => {
  sandbox.write(
    "src/db/engine-worker.ts",
    `import { parentPort } from "node:worker_threads"; const a: string = "engine"; parentPort?.postMessage(a);`,
  );
  sandbox.write(
    "src/cli.ts",
    `import { Worker } from "node:worker_threads";
     new Worker(new URL("./db/engine-worker.ts", import.meta.url)).on("message", (text) => console.log("heard", text));`,
  );
  expect(await sunbae()).toMatchObject({ code: 0, stdout: "heard engine\n" });
});

test("the page is built beside it, in parts, and only when its own sources change", async () => {
  sandbox.write(
    "src/web/main.tsx",
    `import { render } from "preact"; import "./page.css"; render(<p>hi</p>, document.body); void import("./lazy.ts");`,
  );
  sandbox.write("src/web/lazy.ts", `export const late = 1;`);
  sandbox.write("src/web/index.html", `<div id="app"></div>`);
  sandbox.write("src/web/icon.svg", `<svg xmlns="http://www.w3.org/2000/svg" />`);
  sandbox.write("src/web/page.css", `p { inset: 0 }`);
  expect((await sunbae()).stderr).toMatch(/Building Sunbae[\s\S]*Building the page/);
  expect(sandbox.read("dist/web/main.js")).toContain("lazy-");
  expect(sandbox.has("dist/web/main.css")).toBe(true);
  sandbox.write("src/web/page.css", `p { inset: 1px }`);
  const again = await sunbae();
  expect(again.stderr).toContain("Building the page");
  expect(again.stderr).not.toContain("Building Sunbae");
});
