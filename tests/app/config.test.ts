import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { SunbaeError } from "../../src/core/errors.ts";
import { temporaryFolder } from "../support/data-folder.ts";

const read = (environment: Record<string, string>, folder = temporaryFolder()) =>
  readConfig({ environment, folder, packageRoot: folder });

function refusal(environment: Record<string, string>): SunbaeError {
  try {
    read(environment);
  } catch (error) {
    return error as SunbaeError;
  }
  throw new Error("It was accepted.");
}

it("has a safe default for every setting", () => {
  const folder = temporaryFolder();
  expect(read({}, folder)).toMatchObject({
    dataDir: join(folder, ".sunbae"),
    host: "127.0.0.1",
    port: 8080,
    portIsSet: false,
    llm: "auto",
    embeddings: "builtin",
    egress: "none",
    sample: true,
    warnings: [],
  });
});

it("reads .env, below the environment", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, ".env"), 'PORT=9000\nSUNBAE_LLM="none" # no model\nSUNBAE_SAMPLE=\n');
  expect(read({ PORT: "9001" }, folder)).toMatchObject({ port: 9001, portIsSet: true, llm: "none", sample: true });
});

it.each([
  [{ PORT: "http" }, /PORT is "http": must be a number/],
  [{ PORT: "70000" }, /65535/],
  [{ DATABASE_URL: "mysql://x" }, /postgres:\/\//],
  [{ SUNBAE_LLM: "gpt-5" }, /auto, none, ollama:<model> or openai:<model>/],
  [{ SUNBAE_LLM: "openai:gpt-5" }, /OPENAI_API_KEY is missing/],
  [{ SUNBAE_EMBEDDINGS: "big" }, /builtin/],
  [{ SUNBAE_SAMPLE: "yes" }, /on or off/],
  [{ SUNBAE_TIME_ZONE: "Seoul" }, /Asia\/Seoul/],
  [{ SUNBAE_LOG_LEVEL: "loud" }, /trace, debug/],
  [{ SUNBAE_API_TOKEN: "short" }, /16 characters/],
])("refuses %j with a sentence that says the fix", (environment, message) => {
  const error = refusal(environment);
  expect(error.code).toBe("invalid_input");
  expect(error.message).toMatch(message);
  expect(error.fix).toContain(".env.example");
});

it("tells all wrong settings at once, and no secret", () => {
  const error = refusal({ PORT: "x", SUNBAE_SAMPLE: "maybe", SUNBAE_API_TOKEN: "hunter2" });
  expect(error.details.map((detail) => detail.path)).toEqual(["PORT", "SUNBAE_SAMPLE", "SUNBAE_API_TOKEN"]);
  expect(JSON.stringify(error.details)).not.toContain("hunter2");
});

it("warns where it is opened to the network without a token", () => {
  expect(read({ SUNBAE_HOST: "0.0.0.0" }).warnings[0]).toContain("SUNBAE_API_TOKEN");
  expect(read({ SUNBAE_HOST: "0.0.0.0", SUNBAE_API_TOKEN: "0123456789abcdef" }).warnings).toEqual([]);
});

it("reads the site file with those settings that it mentions, and no others", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "site.yaml"), "time_zone: ${ZONE}\n# ${NOT_SET}\n");
  writeFileSync(join(folder, ".env"), "ZONE=Asia/Tokyo\nOTHER=secret\n");
  const { site } = read({ SUNBAE_SITE_FILE: "site.yaml" }, folder);
  expect(site).toMatchObject({ path: join(folder, "site.yaml"), values: { ZONE: "Asia/Tokyo" } });
  expect(() => read({ SUNBAE_SITE_FILE: "none.yaml" }, folder)).toThrow(/none\.yaml can't be read/);
});

it("documents every setting in .env.example", () => {
  const example = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
  const source = readFileSync(join(import.meta.dirname, "../../src/config/settings.ts"), "utf8");
  const names = [...source.matchAll(/^ {4}([A-Z][A-Z_]+):/gm)].map((match) => match[1]!);
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) expect(example).toMatch(new RegExp(`^# ?${name}=`, "m"));
});

it("a plant with a site file starts without the sample, unless it is asked for", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "site.yaml"), "time_zone: Asia/Seoul\n");
  const withSite = { SUNBAE_SITE_FILE: "site.yaml" };
  expect(read({}, folder).sample).toBe(true);
  expect(read(withSite, folder).sample).toBe(false);
  expect(read({ ...withSite, SUNBAE_SAMPLE: "on" }, folder).sample).toBe(true);
});
