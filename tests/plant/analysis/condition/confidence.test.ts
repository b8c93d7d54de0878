import { describe, expect, it } from "vitest";
import { confidenceOf } from "../../../../src/plant/analysis/condition/confidence.ts";
import type { Doubt } from "../../../../src/plant/analysis/condition/doubt.ts";

const clear = { verdict: "abnormal" as const, deviation: 6, warnings: [] };
const doubt = (weight: Doubt["weight"]): Doubt => ({ kind: "spiky", weight, since: null, reason: { ko: "", en: "" } });

describe("confidence in a verdict", () => {
  it("is high where nothing weakens it", () => {
    expect(confidenceOf(clear, [], null)).toEqual({ level: "high", reasons: [] });
  });

  it("is low where the sensor is in grave doubt or there is little to compare", () => {
    expect(confidenceOf(clear, [doubt("grave")], null)).toEqual({ level: "low", reasons: ["grave_doubt"] });
    expect(confidenceOf({ ...clear, warnings: ["few_baseline_points"] }, [], null).level).toBe("low");
  });

  it("is medium where a doubt is small, states are mixed, or the deviation is near a threshold", () => {
    expect(confidenceOf(clear, [doubt("some")], null)).toEqual({ level: "medium", reasons: ["doubt"] });
    const mixed = { state: "running" as const, share: 0.9, baselineCount: 3, mixed: true };
    expect(confidenceOf(clear, [], mixed).reasons).toEqual(["states_mixed"]);
    expect(confidenceOf({ ...clear, deviation: -3.4 }, [], null).reasons).toEqual(["near_threshold"]);
  });

  it("lets a passed alarm limit stand by itself, but not a doubtful sensor", () => {
    const alarm = { verdict: "alarm" as const, deviation: 2, warnings: ["few_baseline_points" as const] };
    expect(confidenceOf(alarm, [], null).level).toBe("high");
    expect(confidenceOf(alarm, [doubt("grave")], null).level).toBe("low");
  });
});
