import { describe, expect, test } from "vitest";
import { cycles } from "./rules/cycles.ts";
import { documentPaths } from "./rules/document-paths.ts";
import { environment } from "./rules/environment.ts";
import { machinePaths, registries } from "./rules/machine.ts";
import { names } from "./rules/names.ts";
import { size } from "./rules/size.ts";
import type { Rule } from "./source-file.ts";

const check = (rule: Rule, files: Record<string, string>) =>
  rule(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
    ({ path, line, message }) => `${path}${line ? `:${line}` : ""} ${message}`,
  );

describe("cycles", () => {
  test("a cycle of three files is told once, as the way it takes", () => {
    const found = check(cycles, {
      "src/tools/a.ts": `import { b } from "./b.ts";`,
      "src/tools/b.ts": `export { c } from "./c.ts";`,
      "src/tools/c.ts": `const a = await import("./a.ts");`,
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("src/tools/a.ts → src/tools/b.ts → src/tools/c.ts → src/tools/a.ts");
  });

  test("a cycle of types and a file that imports itself count too", () => {
    expect(
      check(cycles, {
        "src/core/a.ts": `import type { B } from "./b.ts";`,
        "src/core/b.ts": `import type { A } from "./a.ts";`,
      }),
    ).toHaveLength(1);
    expect(check(cycles, { "src/core/a.ts": `import "./a.ts";` })).toHaveLength(1);
  });

  test("two ways to one file are no cycle", () => {
    const found = check(cycles, {
      "src/tools/a.ts": `import "./b.ts";\nimport "./c.ts";`,
      "src/tools/b.ts": `import "./c.ts";`,
      "src/tools/c.ts": ``,
    });
    expect(found).toEqual([]);
  });
});

test("a file of 301 lines is too long, one of 300 is not", () => {
  expect(check(size, { "src/core/long.ts": "x\n".repeat(301) })[0]).toContain("301 lines");
  expect(check(size, { "src/core/long.ts": "x\n".repeat(300) })).toEqual([]);
  expect(check(size, { "tests/core/long.ts": "x\n".repeat(900) })).toEqual([]);
});

describe("environment", () => {
  test.each([
    `const url = process.env.URL;`,
    `const url = process?.env["URL"];`,
    `const url = process["env"].URL;`,
    `const { env } = process;`,
    `import { env } from "node:process";`,
    `const dev = import.meta.env.DEV;`,
  ])("%s is read in src/config.ts only", (text) => {
    expect(check(environment, { "src/db/client.ts": `\n${text}` })[0]).toMatch(/client\.ts:2 reads the environment/);
    expect(check(environment, { "src/config.ts": text, "src/launch/x.ts": text, "tests/x.ts": text })).toEqual([]);
  });

  test("a comment may speak of it", () => {
    expect(check(environment, { "src/db/client.ts": `// not process.env here\n/* process.env */` })).toEqual([]);
  });
});

describe("names", () => {
  test.each([
    "src/plant/utils.ts",
    "src/plant/helpers/dates.ts",
    "src/common/x.ts",
    "src/llm/model-manager.ts",
    "src/plant/service.ts",
    "agents/base-agent.ts",
    "src/core/readEnv.ts",
    "src/db/Client.ts",
  ])("%s is refused", (path) => {
    expect(check(names, { [path]: "" })).toHaveLength(1);
  });

  test("plain kebab-case names pass", () => {
    expect(
      check(names, { "src/plant/sensor-store.ts": "", "src/core/base64.ts": "", "src/ARCHITECTURE.md": "" }),
    ).toEqual([]);
  });

  test("an index file in src is refused, and so is any file that only passes on exports", () => {
    expect(check(names, { "src/plant/index.ts": "export const a = 1;" })[0]).toContain("index file");
    const barrel = `// all of it\nexport * from "./a.ts";\nexport type { B } from "./b.ts";\n`;
    expect(check(names, { "src/plant/all.ts": barrel })[0]).toContain("only passes on");
    expect(check(names, { "agents/index.ts": barrel })[0]).toContain("only passes on");
  });

  test("the list of the agents may be called index", () => {
    const list = `import { planner } from "./planner.ts";\nexport const agents = [planner];`;
    expect(check(names, { "agents/index.ts": list })).toEqual([]);
  });
});

describe("paths in documents", () => {
  const there = { "src/core/errors.ts": "", "package.json": "", "tests/evals/run.ts": "" };

  test("a path that does not exist is told with its line", () => {
    const found = check(documentPaths, {
      ...there,
      "README.md": "First.\nSee `src/core/gone.ts` and `src/core/errors.ts`.",
    });
    expect(found).toEqual(["README.md:2 names src/core/gone.ts, which does not exist: correct the path."]);
  });

  test("the architecture page may name paths from src, folders and lines", () => {
    const page = "`core/` and `core/errors.ts:12`, `src/core`, `errors.ts`, but `jobs/` and [x](../gone.md) are gone";
    const found = check(documentPaths, { ...there, "src/ARCHITECTURE.md": page });
    expect(found.map((text) => text.split(" ")[2])).toEqual(["jobs/,", "../gone.md,"]);
  });

  test("commands, routes, patterns, placeholders, generated folders and code blocks are no paths", () => {
    const text = [
      "`npm start`, `/api/ask`, `tests/**/*.test.ts`, `MAPPING.yaml`, `src/{a,b}.ts`, `dist/cli.js`, `.env`, `@scope/name`",
      "[site](https://example.com/x) [here](#there)",
      "```\n`src/gone.ts`\n```",
    ].join("\n");
    expect(check(documentPaths, { ...there, "README.md": text })).toEqual([]);
  });
});

test("a path of one machine is refused, a route or an address of that name is not", () => {
  const folder = (name: string) => `cd "/${name}/me/sunbae"`;
  for (const name of ["work", "home", "root"]) {
    expect(check(machinePaths, { "docs.md": folder(name) })).toHaveLength(1);
  }
  expect(check(machinePaths, { "docs.md": `dir C:${"\\"}Users${"\\"}me` })).toHaveLength(1);
  expect(
    check(machinePaths, { "docs.md": "https://example.com/home/x, src/work/x, ./home/x and /homework/x" }),
  ).toEqual([]);
});

test("a lock that names a registry is refused", () => {
  const lock = (entry: object) => JSON.stringify({ packages: { "node_modules/zod": entry } }, null, 2);
  const named = lock({ version: "4.6.7", resolved: "https://registry.example/zod.tgz" });
  expect(check(registries, { "package-lock.json": named })[0]).toContain("omit-lockfile-registry-resolved");
  expect(check(registries, { "src/launch/runtime/package-lock.json": named })).toHaveLength(1);
  expect(check(registries, { "package-lock.json": lock({ funding: { url: "https://example.com" } }) })).toEqual([]);
  expect(check(registries, { ".npmrc": "fund=false\nregistry=https://registry.example" })[0]).toContain(".npmrc:2");
  expect(check(registries, { ".npmrc": "omit-lockfile-registry-resolved=true" })).toEqual([]);
});
