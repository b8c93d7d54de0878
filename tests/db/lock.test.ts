import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readLock, setLockInfo, takeLock } from "../../src/db/embedded/lock.ts";
import { openDatabase } from "../../src/db/open-database.ts";
import { startEmbeddedChild } from "../support/child-process.ts";
import { temporaryFolder } from "../support/data-folder.ts";

const startedAt = new Date("2026-03-02T02:40:00Z");
const url = "http://127.0.0.1:3000";

/** Leaves a socket file whose listener was killed, as a crashed server does. */
function leaveDeadSocket(path: string): void {
  const listenAndDie = `require("node:net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
  spawnSync(process.execPath, ["-e", listenAndDie, path]);
  expect(existsSync(path)).toBe(true);
}

describe("the lock of a data folder", () => {
  it("tells others who holds the folder and where its server is", async () => {
    const folder = temporaryFolder();
    expect(await readLock(folder)).toBeNull();
    const lock = await takeLock(folder, startedAt);
    setLockInfo(folder, { url });
    expect(await readLock(folder)).toEqual({ pid: process.pid, startedAt: startedAt.toISOString(), url });
    await lock.release();
    expect(await readLock(folder)).toBeNull();
  });

  it("refuses a second taker with the pid, the start and the address of the first", async () => {
    const folder = temporaryFolder();
    const lock = await takeLock(folder, startedAt);
    setLockInfo(folder, { url });
    await expect(takeLock(folder, new Date())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`process ${process.pid}, running since 2026-03-02T02:40:00.000Z at ${url}`),
      fix: expect.stringContaining(url),
    });
    await lock.release();
  });

  it("lets exactly one of many that start at once take over from a dead process", async () => {
    const folder = temporaryFolder();
    const socket = join(folder, "run/lock.sock");
    mkdirSync(join(folder, "run"));
    leaveDeadSocket(socket);
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid: 999_999, startedAt, socket }));
    expect(await readLock(folder)).toBeNull();
    const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(folder, new Date())));
    const winners = takers.filter((taker) => taker.status === "fulfilled");
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
  });

  it("gets past the guard of a process that died while it took the lock", async () => {
    const folder = temporaryFolder();
    const guard = join(folder, ".taking-lock");
    mkdirSync(guard);
    utimesSync(guard, new Date(0), new Date(0));
    const lock = await takeLock(folder, startedAt);
    await lock.release();
    expect(existsSync(guard)).toBe(false);
  });

  it("moves the sockets to a short private folder where the data folder's path is too long for them", async () => {
    const folder = join(temporaryFolder(), "a".repeat(60), "b".repeat(60));
    const lock = await takeLock(folder, startedAt);
    onTestFinished(() => lock.release());
    expect(Buffer.byteLength(lock.sockets.postgres)).toBeLessThanOrEqual(107);
    expect(statSync(join(lock.sockets.lock, "..")).mode & 0o777).toBe(0o700);
    expect(await readLock(folder)).toMatchObject({ pid: process.pid });
    await expect(takeLock(folder, new Date())).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("two processes on one data folder", () => {
  it("refuses the second, naming the first, and takes over once the first was killed", async () => {
    const folder = temporaryFolder();
    const first = startEmbeddedChild(folder, "hold");
    await first.said(1);
    await expect(openDatabase({ dataDir: folder })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(`process ${first.pid}, running since `),
    });
    await first.kill();
    const second = await openDatabase({ dataDir: folder });
    expect((await second.pool.query("SELECT count(*)::int AS n FROM kept")).rows).toEqual([{ n: 0 }]);
    await second.close();
  });
});
