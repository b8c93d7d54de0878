import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readRepository } from "./read-repository.ts";
import { rules } from "./rules.ts";

const files = readRepository(fileURLToPath(new URL("../..", import.meta.url)));

test("the repository is read whole", () => {
  const paths = files.map((file) => file.path);
  expect(paths).toContain("package.json");
  expect(paths).toContain("src/launch/sunbae.js");
  expect(paths.some((path) => path.includes("node_modules/"))).toBe(false);
});

test.each(Object.entries(rules))("the repository keeps the rule: %s", (_, rule) => {
  expect(rule(files)).toEqual([]);
});
