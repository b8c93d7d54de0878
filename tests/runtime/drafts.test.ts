import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { createScriptedRuntime, type ScriptedRuntime } from "../support/scripted-runtime.ts";

let database: Database;
let bakery: ScriptedRuntime;
beforeAll(async () => {
  database = await openTestDatabase();
  bakery = createScriptedRuntime(database);
});
afterAll(() => database.close());

const ask = async (question: string) => (await bakery.turn(question)).answer;
/** Lines under each heading of the answer. */
function sections(text: string): Map<string, string[]> {
  const out = new Map<string, string[]>();
  let current: string[] = [];
  for (const row of text.split("\n").filter((one) => one.trim() !== "")) {
    const heading = /^\*\*([^*]+)\*\*$/.exec(row)?.[1];
    if (heading) out.set(heading, (current = []));
    else current.push(row);
  }
  return out;
}

describe("an 8D report", () => {
  it("has all disciplines in order, each with a gap for people", async () => {
    const found = sections((await ask("8D report for OV-01 alarm E21"))?.answer ?? "");
    const disciplines = [...found].filter(([heading]) => /^D\d/.test(heading));
    expect(disciplines.map(([heading]) => heading.slice(0, 2))).toEqual([
      "D0",
      "D1",
      "D2",
      "D3",
      "D4",
      "D5",
      "D6",
      "D7",
      "D8",
    ]);
    for (const [heading, rows] of disciplines)
      expect(
        rows.some((row) => row.includes("☐")),
        heading,
      ).toBe(true);
  });

  it("cites what it states, and a gap cites nothing", async () => {
    const answer = await ask("OV-01 알람 E21 8D 보고서 써줘");
    const rows = (answer?.answer ?? "").split("\n").filter((row) => row.startsWith("- "));
    for (const row of rows) expect(/\[E\d+\]$/.test(row), row).toBe(!row.includes("☐"));
    expect(rows.some((row) => !row.includes("☐"))).toBe(true);
  });

  it("calls causes candidates, never proven", async () => {
    const found = sections((await ask("8D report for OV-01 alarm E21"))?.answer ?? "");
    const [, causes] = [...found].find(([heading]) => heading.startsWith("D4")) ?? [];
    expect(causes?.[0]).toContain("candidates");
  });

  it("asks what it is about where neither machine nor lot is named", async () => {
    const answer = await ask("8D 써줘");
    expect([answer?.abstained, answer?.evidence]).toEqual([true, []]);
  });
});

describe("a shift handover", () => {
  it("leaves to people what no record holds", async () => {
    const found = sections((await ask("shift handover of OV-01 for today"))?.answer ?? "");
    const rows = found.get("For people to fill in") ?? [];
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every((row) => row.includes("☐"))).toBe(true);
  });
});

describe("work orders that could be bundled", () => {
  it("are counted by the tool, with the gap that was asked for", async () => {
    const { events } = await bakery.turn("bundle the work orders of OV-01 with at most 7 days between them");
    const used = events.flatMap((event) => (event.type === "tool-started" ? [event] : []));
    expect(used.find(({ tool }) => tool === "bundle_work_orders")?.input).toMatchObject({
      equipment: "OV-01",
      max_gap_days: 7,
    });
  });
});
