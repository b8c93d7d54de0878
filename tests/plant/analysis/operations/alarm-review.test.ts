import { findFloods } from "../../../../src/plant/analysis/operations/alarm-floods.ts";
import { describe, expect, it } from "vitest";
import { reviewAlarmLoad, type AlarmRecord } from "../../../../src/plant/analysis/operations/alarm-review.ts";

const second = 1000;
const hour = 3_600_000;
const alarm = (at: number, code = "A", lasts: number | null = 300, machine = "M1"): AlarmRecord => ({
  machine,
  code,
  at: at * second,
  until: lasts === null ? null : (at + lasts) * second,
});
const day = { from: 0, to: 24 * hour };

describe("reviewAlarmLoad", () => {
  it("rates the load per operator against ISA-18.2", () => {
    const alarms = Array.from({ length: 240 }, (_, index) => alarm(index * 360, `C${index}`));
    const review = reviewAlarmLoad(alarms, day);
    expect(review).toMatchObject({ alarms: 240, perHour: 10, verdict: "manageable", floods: [] });
    expect(review.perTenMinutes).toBeCloseTo(10 / 6, 12);
    expect(reviewAlarmLoad(alarms, { ...day, operators: 2 }).verdict).toBe("acceptable");
    expect(reviewAlarmLoad([...alarms, ...alarms.map((one) => ({ ...one, at: one.at + 1 }))], day).verdict).toBe(
      "overloaded",
    );
  });

  it("counts no alarm in two floods", () => {
    const burst = (from: number, count: number, every: number) =>
      Array.from({ length: count }, (_, index) => from + index * every);
    const times = [...burst(0, 11, 1_000), ...burst(540_000, 11, 1_000)];
    const floods = findFloods(times);
    for (const [index, flood] of floods.entries())
      expect(flood.from).toBeGreaterThanOrEqual(floods[index - 1]?.to ?? 0);
    expect(floods.reduce((sum, flood) => sum + flood.count, 0)).toBeLessThanOrEqual(times.length);
  });

  it("has a flood begin with over 10 in ten minutes and end below 5, by hand", () => {
    // 12 alarms 30 s apart (0…330 s), then one a minute until 1,290 s, then none.
    const burst = Array.from({ length: 12 }, (_, index) => alarm(index * 30, `B${index}`));
    const tail = Array.from({ length: 16 }, (_, index) => alarm(390 + index * 60, `T${index}`));
    const review = reviewAlarmLoad([...burst, ...tail], day);
    expect(review.floods).toHaveLength(1);
    const [flood] = review.floods;
    expect(flood).toMatchObject({ from: 0, count: 28 });
    // The last five came at 1050 … 1290; fewer than five remain ten minutes after the first of these.
    expect(flood?.to).toBe((1050 + 600) * second);
    expect(review.peak?.count).toBe(flood?.peak);
    const ten = Array.from({ length: 10 }, (_, index) => alarm(index * 10, `X${index}`));
    expect(reviewAlarmLoad(ten, day).floods).toEqual([]);
  });

  it("tells two floods apart where the alarms calmed down between", () => {
    const burst = (from: number) =>
      Array.from({ length: 15 }, (_, index) => alarm(from + index * 10, `F${from}${index}`));
    const review = reviewAlarmLoad([...burst(0), ...burst(7200)], day);
    expect(review.floods.map(({ count }) => count)).toEqual([15, 15]);
    expect(review.busyShare).toBeCloseTo(2 / 144, 12);
  });

  it("calls three of the same within 60 seconds chattering, not three of different machines", () => {
    const review = reviewAlarmLoad(
      [
        alarm(0),
        alarm(30),
        alarm(60),
        alarm(90),
        alarm(500),
        alarm(1000),
        alarm(1010),
        alarm(1020),
        alarm(0, "B"),
        alarm(20, "B", 300, "M2"),
        alarm(40, "B", 300, "M3"),
      ],
      day,
    );
    expect(review.chattering).toEqual([{ machine: "M1", code: "A", count: 7, episodes: 2, worst: 3 }]);
  });

  it("tells fleeting from chattering, and standing ones by over 24 hours", () => {
    const review = reviewAlarmLoad(
      [alarm(100, "short", 20), alarm(9000, "short", 59), alarm(20_000, "long", 100), alarm(30_000, "open", null)],
      { ...day, carried: [alarm(-90_000, "old", null), alarm(-3000, "cleared", 80_000)] },
    );
    expect(review.fleeting).toEqual([{ machine: "M1", code: "short", count: 2, share: 0.5 }]);
    expect(review.standing?.map(({ code, active }) => [code, active])).toEqual([["old", true]]);
    expect(review.withoutEnd).toBe(1);
  });

  it("can't tell standing or fleeting where no end was ever recorded", () => {
    const review = reviewAlarmLoad([alarm(0, "A", null), alarm(4000, "B", null)], {
      ...day,
      carried: [alarm(-100_000, "C", null)],
    });
    expect(review.standing).toBeNull();
    expect(review.fleeting).toBeNull();
  });

  it("counts a record that was written twice once, and names alarms that always come together", () => {
    const pairs = Array.from({ length: 6 }, (_, index) => [
      alarm(index * 5000, "cause"),
      alarm(index * 5000 + 2, "echo"),
    ]).flat();
    const review = reviewAlarmLoad([...pairs, alarm(0, "cause"), alarm(2, "other")], day);
    expect(review.repeated).toBe(1);
    expect(review.companions).toEqual([
      { first: { machine: "M1", code: "cause" }, second: { machine: "M1", code: "echo" }, together: 6, share: 1 },
    ]);
  });

  it("takes 100,000 events within seconds, in any order", () => {
    const alarms = Array.from({ length: 100_000 }, (_, index) => alarm((index * 7919) % 86_400, `C${index % 200}`));
    const began = performance.now();
    const review = reviewAlarmLoad(alarms, day);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(review.verdict).toBe("overloaded");
  });

  it("has nothing to say of no alarms", () => {
    expect(reviewAlarmLoad([], day)).toMatchObject({
      alarms: 0,
      peak: null,
      top: [],
      topTenShare: 0,
      verdict: "acceptable",
    });
  });
});
