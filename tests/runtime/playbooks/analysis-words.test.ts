import { describe, expect, it } from "vitest";
import { triedLimit } from "../../../src/runtime/playbooks/analysis/alarm-limit.ts";
import { chartWords } from "../../../src/runtime/playbooks/analysis/chart-words.ts";
import { eventsAsked } from "../../../src/runtime/playbooks/analysis/drift.ts";
import { statedLimit } from "../../../src/runtime/playbooks/analysis/forecast.ts";
import { directionAsked } from "../../../src/runtime/playbooks/analysis/genealogy.ts";
import { mendSpelling } from "../../../src/runtime/understand/spelling.ts";

describe("the number of stops looked at", () => {
  it.each([
    ["what drifted before the last three stops", 3],
    ["before the last 5 alarms", 5],
    ["지난 두 번 멈추기 전에", 2],
    ["최근 4회 정지 전에", 4],
    ["before the last stop", 1],
    ["마지막으로 서기 전에", 1],
    ["what announces its stops", 3],
    ["stops of the last 7 days", 3],
    ["before the last 40 stops", 10],
  ])("of %j is %d", (question, count) => expect(eventsAsked(question)).toBe(count));
});

describe("the limit to reach", () => {
  it.each([
    ["when will it reach 4.5 mm/s", 4.5],
    ["응축 압력 언제 38 넘어?", 38],
    ["when will OV-02 pass the alarm", null],
    ["when does it exceed its limit in 3 days", null],
    ["OV-02 언제 알람 넘어", null],
  ])("of %j is %j", (question, limit) => expect(statedLimit(question)).toBe(limit));
});

describe("the limit to try out", () => {
  it.each([
    ["what if the limit were 5", 5],
    ["기준을 5.2로 하면 어때", 5.2],
    ["알람 기준값 다시 잡아줘", null],
  ])("of %j is %j", (question, limit) => expect(triedLimit(question)).toBe(limit));
});

describe("the chart", () => {
  it.each([
    ["EWMA with lambda 0.1", { chart: "ewma", lambda: 0.1 }],
    ["p 관리도", { chart: "p" }],
    ["np chart of the scrap", { chart: "np" }],
    ["X-bar S chart by Western Electric", { chart: "xbar_s", rules: "western_electric" }],
    ["처음 20개로 한계 잡아서 쿠섬", { chart: "cusum", phase_one: 20 }],
    ["first 25 subgroups as phase I, Nelson rules", { phase_one: 25, rules: "nelson" }],
    ["is it in control", {}],
    ["Cpk with USL 35.05 and LSL 34.95", { usl: 35.05, lsl: 34.95 }],
    ["Cpk of the diameter, spec 73.95 to 74.05", { lsl: 73.95, usl: 74.05 }],
    ["규격 73.95~74.05 공정능력", { lsl: 73.95, usl: 74.05 }],
    ["Cpk, spec limits 73.95-74.05 mm", { lsl: 73.95, usl: 74.05 }],
    ["상한 35.05 하한 34.95로 Cpk", { usl: 35.05, lsl: 34.95 }],
    ["규격 상한은 35.05야, Ppk는?", { usl: 35.05 }],
    ["Cpk at 74 ± 0.05 mm", { lsl: 73.95, usl: 74.05 }],
    ["공차 74 mm +/- 0.05 Cpk", { lsl: 73.95, usl: 74.05 }],
    ["Cpk with spec -0.5 to 0.5", { lsl: -0.5, usl: 0.5 }],
    ["관리 상한 12 넘은 점", {}],
    ["points beyond ±3 sigma", {}],
    ["CUSUM chart with target 325, sigma 0.635", { chart: "cusum", target: 325, sigma: 0.635 }],
    ["cusum k=0.25 h=8, center 10", { chart: "cusum", k: 0.25, h: 8, center: 10 }],
    ["누적합 목표값 325 시그마는 0.635", { chart: "cusum", target: 325, sigma: 0.635 }],
    ["EWMA, λ = 0.3, L = 2.7", { chart: "ewma", lambda: 0.3, L: 2.7 }],
    ["c chart with 2-sigma limits", { chart: "c", L: 2 }],
    ["is Cpk above 1.33", {}],
  ])("of %j is %j", (question, words) => expect(chartWords(question)).toEqual(words));
});

describe("the way that a lot is traced", () => {
  it.each([
    ["where did lot A-1 go", "forward"],
    ["이 자재 쓴 로트", "forward"],
    ["what went into lot A-1", "back"],
    ["A-1 로트 뭐로 만들었어", "back"],
    ["trace lot A-1", null],
  ])("of %j is %j", (question, way) => expect(directionAsked(question)).toBe(way));
});

describe("a word typed in a hurry", () => {
  it.each([
    ["waht drfited befor the stops", "what drifted before the stops"],
    ["필터 언재 막켜", "필터 언제 막혀"],
    ["relability", "reliability"],
    ["the oven and its belt", "the oven and its belt"],
  ])("in %j is read as %j", (written, meant) => expect(mendSpelling(written)).toBe(meant));
});
