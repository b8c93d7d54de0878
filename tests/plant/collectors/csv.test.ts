import { appendFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createCollectorCounts } from "../../../src/plant/collectors/collector-counts.ts";
import { createFolderReader } from "../../../src/plant/collectors/csv/look-through-folder.ts";
import { csvCollectorSettings } from "../../../src/plant/collectors/csv/csv-settings.ts";
import { compileFileName } from "../../../src/plant/collectors/csv/file-names.ts";
import { openCsvCollector } from "../../../src/plant/collectors/csv/open-csv-collector.ts";
import type { HeardReading } from "../../../src/plant/collectors/reading-intake.ts";
import { createZone } from "../../../src/plant/import/values/zoned-time.ts";
import { createLogger } from "../../../src/observability/logger.ts";
import { createFakePlantWriter } from "../../fakes/plant-writer.ts";
import { temporaryFolder } from "../../support/data-folder.ts";

const now = Date.parse("2026-03-10T05:00:00Z");

/** A folder that is looked through with the notes of before, as after a restart, each time `look` is called. */
function open(given: object = {}) {
  const folder = temporaryFolder();
  const settings = csvCollectorSettings.parse({
    name: "logger",
    kind: "csv",
    folder,
    time: "time",
    equipment: "M1",
    ...given,
  });
  const notes = new Map<string, unknown>();
  const counts = createCollectorCounts("logger", () => new Date(now));
  const memory = {
    recall: async () => notes,
    remember: async (_name: string, given: object) => {
      for (const [key, note] of Object.entries(given)) notes.set(key, note);
    },
  };
  const look = async () => {
    const heard: HeardReading[] = [];
    const reader = createFolderReader(settings, {
      ...{
        counts,
        memory,
        now: () => new Date(now),
        zone: createZone("Asia/Seoul"),
        signal: new AbortController().signal,
      },
      intake: { take: async (readings) => void heard.push(...readings) },
    });
    await reader.look();
    return heard.map(({ tag, atMs, value }) => [tag.id, new Date(atMs).toISOString().slice(11, 19), value]);
  };
  const old = now / 1000 - 60;
  const write = (name: string, text: string | Uint8Array, settled = true) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    utimesSync(path, old, settled ? old : now / 1000);
  };
  const append = (name: string, text: string, settled = true) => {
    const path = join(folder, name);
    appendFileSync(path, text);
    utimesSync(path, old, settled ? old + text.length : now / 1000);
  };
  return { folder, look, write, append, counts };
}

it("reads columns of numbers as tags, with their units, and texts as none", async () => {
  const { write, look } = open();
  write("a.csv", "time,Temp [°C],state,load\n2026-03-10 13:00:00,21.5,RUN,80\n2026-03-10 13:00:01,21.6,STOP,\n");
  expect(await look()).toEqual([
    ["M1.Temp", "04:00:00", 21.5],
    ["M1.load", "04:00:00", 80],
    ["M1.Temp", "04:00:01", 21.6],
  ]);
});

it("reads what was added to a file, and nothing twice; a line without its end waits until it is whole", async () => {
  const { write, append, look } = open();
  write("a.csv", "time,x\n2026-03-10T04:00:00Z,1\n2026-03-10T04:00:01Z,2", false);
  expect((await look()).map(([, , value]) => value)).toEqual([1]);
  expect(await look()).toEqual([]);
  append("a.csv", "5\n2026-03-10T04:00:02Z,3", false);
  expect((await look()).map(([, , value]) => value)).toEqual([25]);
  append("a.csv", "0");
  expect((await look()).map(([, , value]) => value)).toEqual([30]);
  expect(await look()).toEqual([]);
});

it("reads a file anew where another has taken its place", async () => {
  const { write, look, folder } = open();
  write("a.csv", "time,x\n2026-03-10T04:00:00Z,1\n2026-03-10T04:00:01Z,2\n");
  expect(await look()).toHaveLength(2);
  renameSync(join(folder, "a.csv"), join(folder, "a.old"));
  write("a.csv", "time,x\n2026-03-10T04:00:03Z,5\n2026-03-10T04:00:04Z,6\n2026-03-10T04:00:05Z,7\n");
  expect((await look()).map(([, , value]) => value)).toEqual([5, 6, 7]);
  write("a.csv", "time,y\n2026-03-10T04:00:05Z,9\n");
  expect((await look()).map(([, , value]) => value)).toEqual([9]);
});

it("leaves out bad rows with their reason and reads the others", async () => {
  const { write, look, counts } = open({ tag_column: "tag", value_column: "value" });
  const rows = [
    "soon,x,1",
    "2026-03-10T04:00:00Z,x,ERR",
    '2026-03-10T04:00:00Z,"x,1',
    "2027-01-01T00:00:00Z,x,1",
    "2026-03-10T04:00:01Z,x,2",
  ];
  write("a.csv", `time,tag,value\n${rows.join("\n")}\n`);
  expect(await look()).toEqual([["M1.x", "04:00:01", 2]]);
  expect(counts.status().leftOut.map(({ count, example }) => [count, example.slice(0, 13)])).toEqual([
    [1, "a.csv, line 2"],
    [1, "a.csv, line 3"],
    [1, "a.csv, line 4"],
    [1, "a.csv, line 5"],
  ]);
});

it("a file that can't be read keeps no other from being read", async () => {
  const { write, look, counts } = open();
  write("a.csv", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0));
  write("b.csv", "when,x\n2026-03-10T04:00:00Z,1\n");
  write("c.csv", "time,x\n2026-03-10T04:00:00Z,1\n");
  expect(await look()).toHaveLength(1);
  expect(counts.status().problem).toMatch(
    /a\.csv can't be read: .*Excel.*b\.csv can't be read: has no column "time"; there are when, x/s,
  );
});

it("reads Korean text in CP949, a decimal comma, and the machine in the file's name", async () => {
  const { write, look } = open({
    files: "{equipment}_*.txt",
    equipment: undefined,
    time: ["날짜", "시각"],
    decimal: ",",
    delimiter: ";",
  });
  // 날짜;시각;온도 in CP949.
  const header = Uint8Array.of(
    0xb3,
    0xaf,
    0xc2,
    0xa5,
    0x3b,
    0xbd,
    0xc3,
    0xb0,
    0xa2,
    0x3b,
    0xbf,
    0xc2,
    0xb5,
    0xb5,
    0x0a,
  );
  write("CNC-07_0310.txt", Buffer.concat([header, Buffer.from("2026.03.10;13:00:00;21,5\n")]));
  write("other.txt", "x\n");
  expect(await look()).toEqual([["CNC-07.온도", "04:00:00", 21.5]]);
});

it("fits names of files whatever their case", () => {
  const nameOf = compileFileName("{equipment}_*.csv");
  expect(nameOf("CNC-07_2026.CSV")).toEqual({ equipment: "CNC-07" });
  expect(nameOf("CNC-07.csv")).toBeNull();
});

it("tells that its folder is gone and goes on when it is back, and is looked at without writing", async () => {
  const folder = join(temporaryFolder(), "drop");
  const { writer, readings, calls } = createFakePlantWriter();
  const memory = {
    recall: async () => new Map(),
    remember: async () => {},
    knownElsewhere: async () => [],
    newest: async () => new Map(),
  };
  const settings = csvCollectorSettings.parse({
    ...{ name: "logger", kind: "csv", folder, time: "time", equipment: "M1", poll_s: 0.1, settle_s: 0, batch_ms: 10 },
  });
  const deps = {
    logger: createLogger({ level: "silent" }),
    now: () => new Date(),
    timeZone: "Asia/Seoul",
    mayReach: () => {},
    dataDir: "",
  };
  const collector = openCsvCollector(settings, { ...deps, writer, memory });
  expect(await collector.probe()).toMatchObject({ ok: false, problem: expect.stringMatching(/no folder/) });
  collector.start();
  await expect.poll(() => collector.status().problem).toMatch(/no folder/);
  mkdirSync(folder);
  writeFileSync(join(folder, "a.csv"), "time,x\n2026-03-10T04:00:00Z,1");
  expect(calls).toEqual([]);
  expect(await collector.probe()).toMatchObject({ ok: true, tags: 1 });
  await expect.poll(() => readings.get("M1.x")?.size).toBe(1);
  expect(collector.status()).toMatchObject({ state: "connected", readings: 1, problem: null });
  rmSync(folder, { recursive: true });
  await expect.poll(() => collector.status().state).toBe("disconnected");
  await collector.close();
});
