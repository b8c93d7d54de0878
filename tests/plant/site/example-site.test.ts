import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSite } from "../../../src/plant/site/read-site.ts";

const path = join(import.meta.dirname, "../../../src/plant/site/example.site.yaml");
const text = readFileSync(path, "utf8");
const names = [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map((match) => match[1]!);
const values = Object.fromEntries(names.map((name) => [name, "secret"]));

test("the example site file is right, and shows every section", () => {
  const { site, faults } = checkSite({ path, text, values });
  expect(faults).toEqual([]);
  for (const [section, value] of Object.entries(site!)) expect(value, section).not.toEqual([]);
  expect(Object.values(site!)).not.toContain(null);
});

test("the example site file needs its secrets from the environment", () => {
  const { faults } = checkSite({ path, text, values: {} });
  expect(faults.map((one) => one.message).join("\n")).toMatch(/INFLUX_TOKEN.*\n[^]*MES_PASSWORD[^]*QUALITY_TOKEN/);
});

test("the README's site file is right", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
  const shown = /```yaml\n(time_zone[^]*?)```/.exec(readme)?.[1] ?? "";
  const known = [...shown.matchAll(/\$\{([A-Z_]+)\}/g)].map((match) => [match[1]!, "secret"] as const);
  const { site, faults } = checkSite({ path: "README", text: shown, values: Object.fromEntries(known) });
  expect(faults).toEqual([]);
  expect(site?.mesStores).toHaveLength(2);
});
