import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeTurn } from "../../src/launch/turn.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "sunbae-turn-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = () => path.join(root, ".launch/build.lock");
const leave = (owner: object | string) => {
  mkdirSync(path.dirname(file()), { recursive: true });
  writeFileSync(file(), typeof owner === "string" ? owner : JSON.stringify(owner));
};
const impatient = { pollMs: 5, silence: { unknownMs: 60, aliveMs: 120 } };
const deadPid = 2 ** 22 + 1;

test("works never overlap, and the turn is given back after a failure", async () => {
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
    throw new Error("made to fail");
  };
  const settled = await Promise.allSettled([1, 2, 3].map(() => takeTurn(root, "build", work, { pollMs: 5 })));
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(existsSync(file())).toBe(false);
});

test("a dead owner's turn is taken over at once", async () => {
  leave({ pids: [deadPid], host: hostname() });
  expect(await takeTurn(root, "build", async () => "done", { pollMs: 5 })).toBe("done");
});

test("an owner is not dead while the npm that it started lives", async () => {
  leave({ pids: [deadPid, process.ppid], host: hostname() });
  const started = Date.now();
  await takeTurn(root, "build", async () => "done", impatient);
  expect(Date.now() - started).toBeGreaterThanOrEqual(120);
});

test.each([
  ["of another machine", { pids: [1], host: "elsewhere" }],
  ["unreadable", "{"],
])("an owner that is %s is waited for until it has been silent", async (_, owner) => {
  leave(owner);
  const started = Date.now();
  expect(await takeTurn(root, "build", async () => "done", impatient)).toBe("done");
  expect(Date.now() - started).toBeGreaterThanOrEqual(60);
});
