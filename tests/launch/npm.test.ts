import { mkdtempSync, rmSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { explainNpmFailure } from "../../src/launch/npm.js";
import { findMissing } from "../../src/launch/packages.js";

test.each([
  ["npm error code ENOTFOUND\nnpm error network request failed", /registry cannot be reached.*proxy or mirror/],
  ["npm error code ENOSPC", /disk is full/],
  ["npm error code EACCES\nnpm error syscall mkdir", /not writable/],
  ["npm error code SELF_SIGNED_CERT_IN_CHAIN", /NODE_EXTRA_CA_CERTS/],
  ["npm error code EUSAGE\nnpm error `npm ci` can only install packages when …", /Run npm install and commit/],
  ["npm error code EINTEGRITY", /npm cache clean/],
  ["npm error code E404", /registry in your npm settings/],
  ["something else", /npm could not install the packages\.\n {2}something else/],
])("%j is explained", (output, expected) => {
  expect(explainNpmFailure(output)).toMatch(expected);
});

test("npm's first telling lines follow, without its prefix, warnings and log file", () => {
  const output =
    "npm warn old\nnpm error code E404\nnpm error\nnpm error 404 zod\nnpm error A complete log of this run …";
  expect(explainNpmFailure(output).split("\n").slice(1)).toEqual(["  code E404", "  404 zod"]);
});

test("packages of other systems and, for the product, of the tools may be missing", () => {
  const root = mkdtempSync(path.join(tmpdir(), "sunbae-packages-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const lock = (entries: object) => JSON.stringify({ packages: entries });
  mkdirSync(path.join(root, "node_modules"));
  const wanted = {
    "": {},
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/other-system": { version: "1.0.0", optional: true },
    "node_modules/tool": { version: "1.0.0", dev: true },
  };
  writeFileSync(path.join(root, "package-lock.json"), lock(wanted));
  const present = { "node_modules/a": wanted["node_modules/a"] };
  expect(findMissing(root, false)).toBe("node_modules");
  writeFileSync(path.join(root, "node_modules/.package-lock.json"), lock(present));
  expect(findMissing(root, false)).toBeUndefined();
  expect(findMissing(root, true)).toBe("node_modules/tool");
  present["node_modules/a"].integrity = "sha512-b";
  writeFileSync(path.join(root, "node_modules/.package-lock.json"), lock(present));
  expect(findMissing(root, false)).toBe("node_modules/a");
});
