import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/run-command-line.ts";
import { sourceFindings, sourceTable } from "../../src/cli/source-findings.ts";
import type { SourceReport } from "../../src/http/backend.ts";
import { testConfig } from "../http/open-doors.ts";
import { temporaryFolderUntil } from "../support/data-folder.ts";

const folder = temporaryFolderUntil(afterAll);
const now = new Date("2026-11-21T03:00:00Z");

async function doctor(text: string, args: string[] = []) {
  const file = join(folder, "plant.yaml");
  writeFileSync(file, text);
  let stdout = "";
  const code = await runCommandLine(["doctor", ...args.map((one) => (one === "FILE" ? file : one))], {
    stdout: { write: (out) => void (stdout += out) },
    stderr: { write: () => {} },
    config: () => testConfig(join(folder, "data"), { SUNBAE_SITE_FILE: file }),
  });
  return { code, stdout };
}

const dead = (more = "") => `
sensor_stores:
  - name: historian
    kind: influxdb
    url: http://127.0.0.1:9
    database: plant
    series: [{ measurement: m, equipment: machine }]
${more}`;

describe("doctor --site", () => {
  test("shows every fault with its line, without starting", async () => {
    const { code, stdout } = await doctor(
      dead('time_zone: Seoul\nshifts:\n  - { name: a, words: [a], start: "8", end: "20:00" }'),
      ["--site", "FILE"],
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken site file +\S+plant\.yaml:8 .*Asia\/Seoul/);
    expect(stdout).toMatch(/plant\.yaml:10 .*must be a time like "08:00"/);
  });

  test("tries each source, and says what stands in the way of it", async () => {
    const outside = dead(
      "mes_stores:\n  - name: erp\n    kind: postgres\n    url: postgres://u@erp.example.com/d\n    records: { people: { table: p, columns: { id: no } } }\n",
    );
    const { code, stdout } = await doctor(outside, ["--site", "FILE", "--json"]);
    const { findings, sources, ok } = JSON.parse(stdout) as {
      ok: boolean;
      findings: object[];
      sources: SourceReport[];
    };
    expect([code, ok]).toEqual([1, false]);
    expect(findings).toMatchObject([
      { name: "site file", verdict: "ok", saw: expect.stringContaining("1 sensor stores, 1 MES stores") },
      { name: "historian", verdict: "broken", saw: expect.stringContaining("influxdb") },
      { name: "erp", verdict: "broken", fix: expect.stringContaining("SUNBAE_EGRESS=erp.example.com") },
    ]);
    expect(sources.map((one) => one.ok)).toEqual([false, false]);
  });

  test("says that a file can't be read", async () => {
    const { code, stdout } = await doctor("", ["--site", "/nowhere.yaml"]);
    expect(code).toBe(1);
    expect(stdout).toContain("/nowhere.yaml can't be read");
  });
});

describe("doctor", () => {
  test("tries the sources of the plant beside everything else, as findings and as a table", async () => {
    const { code, stdout } = await doctor(dead());
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken historian +influxdb 127\.0\.0\.1:9/);
    expect(stdout).toMatch(/^name +kind +state .*\nhistorian +influxdb +unseen/m);
    expect(stdout).toMatch(/ok +database/);
  }, 60_000);

  test("with faults in the site file tells them and looks at the rest", async () => {
    const { code, stdout } = await doctor("colour: red\n");
    expect(code).toBe(1);
    expect(stdout).toMatch(/plant\.yaml:1 "colour" is not known here/);
    expect(stdout).toMatch(/ok +database/);
  }, 60_000);
});

describe("what a source is told to be", () => {
  const seen = (more: Partial<SourceReport> = {}): SourceReport => ({
    ...{ name: "이력", kind: "influxdb", place: "10.0.0.5:8086/plant", ok: true, problem: null, fix: null, tags: 24 },
    ...{ rows: [{ records: "readings", count: 1_234_567 }], newest: "2026-11-21T02:59:00Z", clockDifferenceMs: 300 },
    ...{ ms: 45, notes: ["read-only session"] },
    ...more,
  });
  const finding = (more: Partial<SourceReport>, language: "ko" | "en" = "en") =>
    sourceFindings([seen(more)], language, now)[0];

  test("its tags, rows, newest value, clock and notes, in both languages", () => {
    expect(finding({})).toEqual({
      name: "이력",
      verdict: "ok",
      saw: "influxdb 10.0.0.5:8086/plant; 24 tags; readings 1,234,567; newest 1 min ago; clock +0.3 s; 45 ms; read-only session",
      fix: undefined,
    });
    expect(finding({}, "ko")?.saw).toContain("태그 24개; readings 1,234,567; 최신 값 1분 전; 시계 차이 +0.3 s");
  });

  test("is noted where its clock is off, its values are old, or from the future", () => {
    expect(finding({ clockDifferenceMs: -240_000 })).toMatchObject({
      verdict: "note",
      saw: expect.stringContaining("clock -4 min"),
      fix: expect.stringMatching(/NTP/),
    });
    expect(finding({ newest: "2026-11-21T00:00:00Z" })).toMatchObject({
      verdict: "note",
      fix: expect.stringMatching(/No new values/),
    });
    expect(finding({ newest: "2026-11-21T04:00:00Z" }, "ko")).toMatchObject({
      verdict: "note",
      fix: expect.stringMatching(/미래/),
    });
  });

  test("the table's columns stand under each other, Korean names too", () => {
    const [head = "", first = "", second = ""] = sourceTable(
      [seen(), seen({ name: "b", ok: false, newest: null })],
      "ko",
      now,
    );
    expect(head).toMatch(/^이름  종류/);
    expect(first.indexOf("influxdb")).toBe(4);
    expect(second).toMatch(/^b {5}influxdb {2}응답 없음/);
  });
});
