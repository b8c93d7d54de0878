import { describe, expect, it } from "vitest";
import { mergeFailures, timesBetween } from "../../../../src/plant/analysis/prognosis/failures.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const record = (equipmentId: string, hours: number, minutes: number | null = 30) => ({
  equipmentId,
  at: new Date(start + hours * 3_600_000),
  minutes,
  cause: null,
  causeLabel: null,
});

describe("failures of records", () => {
  it("takes neighbours of one machine for one failure, chains included, and adds their times", () => {
    const found = mergeFailures(
      [record("B", 10), record("A", 40), record("A", 0), record("A", 20, null), record("A", 100)],
      24,
    );
    expect(found.map(({ equipmentId, records, minutes }) => [equipmentId, records, minutes])).toEqual([
      ["A", 3, 60],
      ["A", 1, 30],
      ["B", 1, 30],
    ]);
  });

  it("merges nothing where nothing is asked to be merged", () => {
    expect(mergeFailures([record("A", 0), record("A", 0)], 0)).toHaveLength(2);
  });

  it("counts the time since the last failure of each machine as still running", () => {
    const failures = mergeFailures([record("A", 0), record("A", 100), record("B", 50)], 1);
    expect(timesBetween(failures, new Date(start + 130 * 3_600_000))).toEqual([
      { time: 100, failed: true },
      { time: 30, failed: false },
      { time: 80, failed: false },
    ]);
    expect(timesBetween([], new Date())).toEqual([]);
  });
});
