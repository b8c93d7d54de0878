import { describe, expect, it } from "vitest";
import { chanceOfHits, driftBefore } from "../../../../src/plant/analysis/condition/drift.ts";
import { randomNumbers } from "../random.ts";

const hour = 3_600_000;
const event = new Date("2026-11-10T00:00:00Z");
/** Ten days every ten minutes up to the event; `hours` is how long before it. */
function series(valueOf: (hours: number) => number) {
  return Array.from({ length: 1440 }, (_, index) => {
    const hours = (1440 - index) / 6;
    return { at: new Date(event.getTime() - hours * hour), value: valueOf(hours) };
  });
}

describe("what drifted before an event", () => {
  const { normal } = randomNumbers(21);

  it("finds a rise, its side and roughly its beginning", () => {
    const found = driftBefore(
      series((hours) => 10 + normal() + (hours < 8 ? 6 : 0)),
      event,
      { lookbackHours: 24 },
    );
    expect(found).toMatchObject({ drifted: true, direction: "high", ordinary: { hits: 0 } });
    expect(found.deviation).toBeGreaterThan(4.5);
    expect(found.ordinary.windows).toBeGreaterThan(15);
    expect(Math.abs((event.getTime() - (found.changedAt?.getTime() ?? 0)) / hour - 8)).toBeLessThan(0.7);
  });

  it("finds none in more of the same, nor in what went back before the event", () => {
    expect(
      driftBefore(
        series(() => 10 + normal()),
        event,
        { lookbackHours: 24 },
      ),
    ).toMatchObject({
      drifted: false,
      direction: null,
      changedAt: null,
    });
    const back = series((hours) => 10 + normal() + (hours < 20 && hours > 9 ? 6 : 0));
    expect(driftBefore(back, event, { lookbackHours: 24 }).drifted).toBe(false);
  });

  it("does not let a fault that grew for days become its own normal, and says when it began", () => {
    const points = series((hours) => 10 + normal() + (hours < 96 ? (96 - hours) / 8 : 0));
    const found = driftBefore(points, event, { lookbackHours: 24 });
    expect(found).toMatchObject({ drifted: true, direction: "high" });
    expect(found.normalLevel).toBeCloseTo(10, 0);
    const hoursBefore = (event.getTime() - (found.changedAt?.getTime() ?? 0)) / hour;
    expect(hoursBefore).toBeGreaterThan(50);
    expect(hoursBefore).toBeLessThan(110);
  });

  it("counts how often ordinary windows are as far off", () => {
    const restless = series((hours) => 10 + normal() + (hours > 24 && Math.floor(hours / 6) % 5 === 0 ? 9 : 0));
    const found = driftBefore(restless, event, { lookbackHours: 24 });
    expect(found.ordinary.hits).toBeGreaterThan(1);
    expect(chanceOfHits(1, 1, found.ordinary)).toBeGreaterThan(0.1);
  });

  it("does not take a standstill for a drift, nor what came after the event", () => {
    const stands = (at: Date) => at.getTime() > event.getTime() - 4 * hour;
    const points = series((hours) => (hours < 4 ? 0 : 10 + normal()));
    expect(driftBefore(points, event, { lookbackHours: 24 }).drifted).toBe(true);
    expect(driftBefore(points, event, { lookbackHours: 24, running: (at) => !stands(at) }).drifted).toBe(false);
    const after = [...series(() => 10 + normal()), { at: new Date(event.getTime() + 1), value: 1e9 }];
    expect(driftBefore(after, event, { lookbackHours: 24 }).drifted).toBe(false);
  });

  it("says nothing of too little: no points, NaN, a constant, a short history", () => {
    for (const points of [[], series(() => NaN), series(() => 4), series(() => normal()).slice(-20)])
      expect(driftBefore(points, event, { lookbackHours: 24 })).toMatchObject({ deviation: null, drifted: false });
  });

  it("weighs hits by chance", () => {
    // binom.sf(2, 3, 1/22)
    expect(chanceOfHits(3, 3, { hits: 0, windows: 20 })).toBeCloseTo((1 / 22) ** 3, 9);
    expect(chanceOfHits(0, 3, { hits: 0, windows: 20 })).toBe(1);
    expect(chanceOfHits(1, 1, { hits: 0, windows: 0 })).toBeNull();
  });
});
