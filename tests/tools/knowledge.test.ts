import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { ingestPaths } from "../../src/knowledge/ingest-paths.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { createBuiltinEmbedder } from "../../src/llm/embeddings/builtin.ts";
import { openTestDatabase } from "../support/database.ts";
import { openPlant } from "./plant.ts";

const mill = `---
title: VM-9 설명서
kind: manual
language: ko
models: [VM-9]
---
# VM-9 설명서
## 알람
| 알람 | 의미 | 원인 | 조치 | 등급 |
|---|---|---|---|---|
| 2042 | 주축 진동 높음 | 베어링 마모; 공구 불균형 | 1) 공구를 빼고 다시 잰다 2) 베어링을 점검한다 | 중대 |
| 3010 | 절삭유 부족 | 누유 | 1) 보충한다 | 경미 |
## 주축 베어링 교체
1. 카트리지 볼트를 40 N·m로 조인다.
2. 두 시간 동안 길들이기 운전을 한다.
`;
const press = `---
title: HX-2 manual
kind: manual
language: en
models: [HX-2]
---
# HX-2 manual
## Alarms
| Alarm | Meaning | Cause | Remedy | Severity |
|---|---|---|---|---|
| 2042 | Oil level low | leak | 1) Top up | major |
`;
const card = `---
id: CARD-900
title: {ko: 진동 재는 때, en: When to measure}
models: [VM-9]
component: spindle
failure_mode: vibration
alarms: ["2042"]
symptom: {ko: 주축 진동이 높다, en: spindle vibration is high}
cue: {ko: 우는 소리, en: a whine}
claim: {ko: 진동은 식은 뒤 다시 재야 한다., en: Measure the vibration again once it is cold.}
steps: {ko: [한 시간 세운다, 다시 잰다], en: [Wait an hour, Measure again]}
expert: P-1
recorded: 2026-03-01
status: published
review_due: 2027-03-01
confidence: high
---
식기 전에는 믿지 마라.
`;

let database: Database;
let knowledge: Knowledge;
const folder = mkdtempSync(join(tmpdir(), "sunbae-tools-"));

beforeAll(async () => {
  database = await openTestDatabase();
  knowledge = { database, embedder: createBuiltinEmbedder() };
  mkdirSync(join(folder, "knowledge/manuals"), { recursive: true });
  mkdirSync(join(folder, "knowledge/tribal"), { recursive: true });
  writeFileSync(join(folder, "knowledge/manuals/vm-9-ko.md"), mill);
  writeFileSync(join(folder, "knowledge/manuals/hx-2-en.md"), press);
  writeFileSync(join(folder, "knowledge/tribal/measure-cold.md"), card);
  const report = await ingestPaths(openPlant().context.ctx, knowledge, {
    paths: [join(folder, "knowledge")],
    root: folder,
  });
  expect(report.failed).toBe(0);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("look_up_alarm", () => {
  it("tells the asked machine's entry first and marks another model's", async () => {
    const { evidence, output } = await openPlant({ knowledge }).run("look_up_alarm", {
      code: "알람 2042",
      equipment: "MILL-01",
    });
    expect(output).toMatchObject({
      model: "VM-9",
      entries: [
        { models: ["VM-9"], applies: true },
        { models: ["HX-2"], applies: false },
      ],
    });
    expect(evidence[0]?.text).toContain(
      "2042 (VM-9): 주축 진동 높음\n원인: 베어링 마모; 공구 불균형\n조치: 1) 공구를 빼고 다시 잰다 2) 베어링을 점검한다",
    );
    expect(evidence[0]).toMatchObject({
      kind: "alarm-entry",
      equipmentId: "MILL-01",
      source: { path: "knowledge/manuals/vm-9-ko.md" },
      data: { found: true, applies: true },
    });
    expect(evidence[1]?.text).toContain("다른 기종의 항목입니다");
    expect(evidence[1]?.equipmentId).toBeUndefined();
  });

  it("says that a code does not exist, with the nearest there are", async () => {
    const { evidence, output } = await openPlant({ knowledge, language: "en" }).run("look_up_alarm", {
      code: "2043",
      equipment: "MILL-01",
    });
    expect(output).toMatchObject({ entries: [], nearest: [{ code: "2042" }, { code: "3010" }] });
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.text).toContain("There is no code 2043 in the code lists of VM-9.");
    expect(evidence[0]?.text).toContain("2042 (VM-9: 주축 진동 높음)");
    expect(evidence[0]?.data).toMatchObject({ found: false });
  });

  it("says that the machine's own list lacks a code that another model has", async () => {
    const { evidence } = await openPlant({ knowledge }).run("look_up_alarm", { code: "3010", equipment: "HPR-01" });
    expect(evidence[0]?.text).toContain(
      "코드 3010은 HX-2 알람표에 없습니다.\n같은 코드가 다른 기종에는 있습니다: VM-9.",
    );
    expect(evidence[1]?.data).toMatchObject({ found: true, applies: false });
  });

  it("explains a failure code of the plant's own list, with what it is under", async () => {
    const { evidence } = await openPlant({ knowledge }).run("look_up_alarm", { code: "vib-1" });
    expect(evidence).toMatchObject([
      { kind: "code", text: "VIB-1: 베어링 마모\n상위 코드: VIB 진동 과다", source: { store: "failure_codes" } },
    ]);
  });
});

describe("search_knowledge", () => {
  it("finds cards with their expert before passages of the machine's model", async () => {
    const { evidence, output } = await openPlant({ knowledge }).run("search_knowledge", {
      query: "주축 진동이 높다",
      equipment: "MILL-01",
    });
    expect(evidence[0]).toMatchObject({
      kind: "card",
      trust: "reviewed",
      source: { expert: "김선배", label: "CARD-900 · 김선배" },
      equipmentId: "MILL-01",
    });
    expect(evidence[0]?.text).toContain("진동은 식은 뒤 다시 재야 한다.\n알아보는 법: 우는 소리\n1) 한 시간 세운다");
    expect(output).toMatchObject({ cards: [{ id: "CARD-900" }] });
    expect(evidence.filter((one) => one.kind === "card")).toHaveLength(1);
  });

  it("quotes passages with their place", async () => {
    const { evidence } = await openPlant({ knowledge }).run("search_knowledge", { query: "베어링 교체 볼트 토크" });
    const passage = evidence.find((one) => one.kind === "passage");
    expect(passage?.text).toContain("40 N·m");
    expect(passage?.source).toMatchObject({
      path: "knowledge/manuals/vm-9-ko.md",
      heading: expect.stringContaining("주축 베어링 교체"),
    });
  });

  it("says that the documents hold nothing", async () => {
    const { evidence, output } = await openPlant({ knowledge, language: "en" }).run("search_knowledge", {
      query: "holiday allowance for apprentices",
    });
    expect(output).toMatchObject({ passages: [], cards: [] });
    expect(evidence).toMatchObject([{ data: { found: false } }]);
    expect(evidence[0]?.text).toContain("The documents hold nothing on “holiday allowance for apprentices”.");
  });
});
