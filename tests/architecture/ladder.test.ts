import { describe, expect, test } from "vitest";
import { ladder } from "./rules/ladder.ts";

const importing = (path: string, text: string) => ladder([{ path, text }]).map(({ message }) => message);
const one = (path: string, target: string) => importing(path, `import { x } from "${target}";`);
const type = (path: string, target: string) => importing(path, `import type { X } from "${target}";`);

describe("allowed", () => {
  test.each([
    ["src/cli.ts", "./main.ts"],
    ["src/cli/ask.ts", "../app.ts"],
    ["src/main.ts", "./config.ts"],
    ["src/app.ts", "./config.ts"],
    ["src/app.ts", "../agents/planner.ts"],
    ["src/app.ts", "./plant/sensors/embedded-sensor-store.ts"],
    ["src/config.ts", "./core/errors.ts"],
    ["src/http/routes/ask.ts", "../../runtime/ask.ts"],
    ["src/tools/find-parts.ts", "../plant/mes-store.ts"],
    ["src/tools/find-parts.ts", "../plant/mes/catalogue.ts"],
    ["src/plant/mes/upsert-rows.ts", "../sensors/append-readings.ts"],
    ["src/db/client.ts", "drizzle-orm"],
    ["src/web/main.tsx", "./ask.tsx"],
    ["agents/index.ts", "./planner.ts"],
  ])("%s imports %s", (path, target) => {
    expect(one(path, target)).toEqual([]);
  });

  test("agents and the page take types", () => {
    expect(type("agents/planner.ts", "../src/runtime/agent.ts")).toEqual([]);
    expect(type("src/web/ask.tsx", "../core/evidence.ts")).toEqual([]);
    expect(type("src/web/ask.tsx", "../http/contract.ts")).toEqual([]);
  });
});

describe("refused", () => {
  test.each([
    ["src/core/errors.ts", "../db/client.ts", "stands above"],
    ["src/knowledge/search.ts", "../tools/search-knowledge.ts", "stands above"],
    ["src/runtime/ask.ts", "../http/app.ts", "stands above"],
    ["src/main.ts", "./cli.ts", "stands above"],
    ["src/app.ts", "./main.ts", "stands above"],
    ["src/http/app.ts", "../channels/slack/events.ts", "siblings"],
    ["src/plant/mes-store.ts", "../knowledge/search.ts", "siblings"],
    ["src/llm/models.ts", "../auth/roles.ts", "siblings"],
    ["src/db/client.ts", "../observability/logger.ts", "siblings"],
    ["src/db/client.ts", "../config.ts", "take the value as a parameter"],
    ["src/config.ts", "./db/client.ts", "core only"],
    ["src/runtime/ask.ts", "../../agents/planner.ts", "only src/app.ts"],
    ["src/main.ts", "../agents/planner.ts", "only src/app.ts"],
    ["src/tools/read-sensors.ts", "../plant/sensors/memory-sensor-store.ts", "imports the adapter"],
    ["src/plant/import/run.ts", "../embedded-plant-writer.ts", "imports the adapter"],
    ["agents/planner.ts", "../src/runtime/agent.ts", "types only"],
    ["src/web/main.tsx", "../core/errors.ts", "import type"],
    ["src/http/app.ts", "../web/main.tsx", "does not know the page"],
    ["src/app.ts", "./launch/bundle.js", "the launcher stands apart"],
    ["src/tools/x.ts", "../../tests/fakes/clock.ts", "nothing imports tests"],
    ["src/billing/x.ts", "../core/errors.ts", "not on the ladder"],
  ])("%s does not import %s", (path, target, reason) => {
    expect(one(path, target)).toEqual([expect.stringContaining(reason)]);
  });

  test("a type counts as an import between rungs", () => {
    expect(type("src/core/x.ts", "../db/client.ts")).toHaveLength(1);
    expect(type("src/web/ask.tsx", "../runtime/ask.ts")).toHaveLength(1);
  });
});

describe("every form of import is seen", () => {
  test.each([
    `import "../http/app.ts";`,
    `import app from "../http/app.ts";`,
    `import * as app from '../http/app.ts'`,
    `import {\n  one,\n  type Two,\n} from "../http/app.ts";`,
    `export { app } from "../http/app.ts";`,
    `export * from "../http/app.ts";`,
    `const app = await import("../http/app.ts");`,
    `type App = typeof import("../http/app.ts");`,
    `export const a = 1; import { b } from "../http/app.ts";`,
    `/* first */ import { b } from "../http/app.ts";`,
    `const url = "https://example.com"; // a comment\nimport { b } from "../http/app.ts";`,
  ])("%s", (text) => {
    expect(importing("src/core/x.ts", text)).toHaveLength(1);
  });

  test("an import in a comment or in prose is none", () => {
    expect(
      importing("src/core/x.ts", `// import { a } from "../http/app.ts";\n/* import("../http/app.ts") */`),
    ).toEqual([]);
  });
});
