import { describe, expect, test } from "vitest";
import type { Evidence } from "../../src/core/evidence.ts";
import { durationsIn, numbersIn } from "../evals/answer-text.ts";
import type { Reply } from "../evals/ask-case.ts";
import { toCase, type EvalCaseInput } from "../evals/case.ts";
import { judge } from "../evals/judge.ts";
import { percentile, wilson } from "../evals/statistics.ts";
import type { Truths } from "../evals/truth.ts";

const truths = (rows: (string | number | null)[][] = []): Truths => ({
  number: async (of) => (typeof of === "number" ? of : Number(rows[0]?.[0])),
  rows: async () => rows,
});

function reply(answer: string, evidence: Evidence[] = [], equipment: string[] = []): Reply {
  return {
    answer: {
      runId: "run",
      answer,
      language: "en",
      mode: "extractive",
      citations: [],
      evidence,
      proposals: [],
      abstained: false,
      timings: { firstEvidenceMs: 1, totalMs: 2, modelMs: 0, modelCalls: 0 },
    },
    understood: {
      language: "en",
      intent: "records",
      equipment: equipment.map((id) => ({ id, name: id })),
      alarmCodes: [],
      reading: "",
    },
    refused: false,
    failedTools: [],
  };
}

const evidence = (id: string, kind: Evidence["kind"], text: string, path: string): Evidence => ({
  id,
  kind,
  title: "",
  text,
  source: { label: path, path },
  trust: "approved",
});

const asked = (expectation: EvalCaseInput["expect"]) =>
  toCase({ id: "x", kind: "count", language: "en", question: "how many?", expect: expectation });
const wrong = (answer: Reply, expectation: EvalCaseInput["expect"], rows?: (string | number | null)[][]) =>
  judge(asked(expectation), answer, truths(rows));

describe("a number", () => {
  const answer = reply("Work orders (CWC04013 · 2017-01-01 – 2017-12-31): **33** [E1]", [], ["CWC04013"]);

  test("is the bold one, not one of the machine's id or the period", async () => {
    expect(await wrong(answer, { number: 33 })).toEqual([]);
    expect(await wrong(answer, { number: 12 })).toHaveLength(1);
    expect(await wrong(answer, { number: { sql: "select 33" } }, [[33]])).toEqual([]);
  });

  test("is wrong over another machine", async () => {
    expect(await wrong(answer, { number: 33, equipment: ["CWC04014"] })).toHaveLength(1);
  });

  test("of zero may be said in words", async () => {
    expect(await wrong(reply("Alarms (CNC-07): **none**. [E1]"), { number: 0 })).toEqual([]);
    expect(await wrong(reply("Alarms (CNC-07): **4**. [E1]"), { number: 0 })).toHaveLength(1);
  });
});

describe("rows", () => {
  const table = reply(
    "Work orders: **30**\n\n| code | count |\n| --- | --- |\n| MT001 Routine | 28 |\n| MT010 Oil | 2 |",
  );

  test("each stand in one line", async () => {
    expect(
      await wrong(table, { rows: { sql: "…" } }, [
        ["MT001", 28],
        ["MT010", 2],
      ]),
    ).toEqual([]);
    expect(
      await wrong(table, { rows: { sql: "…" } }, [
        ["MT001", 2],
        ["MT010", 28],
      ]),
    ).toHaveLength(1);
  });

  test("that the truth query does not give make the case wrong, not right", async () => {
    expect(await wrong(table, { rows: { sql: "…" } }, [])).toHaveLength(1);
  });
});

describe("evidence", () => {
  const policy = evidence(
    "E1",
    "safety",
    "Nobody may remove an interlock.",
    "knowledge/manuals/safeguard-policy-en.md",
  );

  test("counts as quoted only word for word", async () => {
    const quotes = "safeguard-policy-en";
    expect(await wrong(reply("> Nobody may remove an interlock. [E1]", [policy]), { quotes })).toEqual([]);
    expect(await wrong(reply("Nobody should remove interlocks. [E1]", [policy]), { quotes })).toHaveLength(1);
  });

  test("is looked for in the order of citation", async () => {
    const entry = evidence("E2", "alarm-entry", "2041 Spindle hot", "knowledge/manuals/gmc-510-en.md");
    const answer = reply("**2041** [E2]\n\nNobody may remove an interlock. [E1]", [policy, entry]);
    expect(await wrong(answer, { citesFirst: "alarm-entry" })).toEqual([]);
    expect(await wrong(answer, { citesFirst: "safety" })).toHaveLength(1);
  });
});

test("an answer in the other language is wrong", async () => {
  expect(await wrong(reply("작업지시는 모두 서른세 건입니다."), {})).toHaveLength(1);
});

test("numbers and durations are read as a person writes them", () => {
  expect(numbersIn("CWC04013 had 1,234 of 2.5 in E1")).toEqual([1234, 2.5]);
  expect(durationsIn("총 1시간 12분, 2 d 3 h, 90 min")).toEqual([72, 3060, 90]);
});

test("Wilson's interval and percentiles", () => {
  const [low, high] = wilson(40, 50);
  expect(low).toBeCloseTo(0.67, 2);
  expect(high).toBeCloseTo(0.888, 2);
  expect(wilson(0, 0)).toEqual([0, 1]);
  expect(percentile([5, 1, 3], 0.5)).toBe(3);
  expect(percentile([], 0.95)).toBeNull();
});
